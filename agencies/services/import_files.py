"""The uploaded files of an import: stored under a random name, read by the worker, removed.

An export holds far more of a person than is kept. Its content lies in the file store only until the
import is applied or discarded; no address leads to it.
"""

import hashlib
import logging
import secrets
from datetime import timedelta
from pathlib import PurePosixPath

from django.db import transaction
from django.utils import timezone

from netralitas.lib.files import safe_name

from ..choices import RosterFileKind
from ..errors import RosterError
from ..models import RosterFile
from ..roster.sources import (
    MAX_BYTES,
    MAX_FILES,
    MAX_TOTAL_BYTES,
    MEGABYTE,
    Source,
    empty,
    too_large,
)
from ..roster.tables import header_of

logger = logging.getLogger(__name__)

# A content is stored before the transaction that says whose it is.
UPLOADING = timedelta(days=1)
LOST = "Isi berkas {} tidak ada lagi di penyimpanan, atau bukan lagi yang diunggah. Unggah ulang."


def check(files):
    """Check what is to be uploaded: pairs of kind and file. Raises RosterError, with a sentence."""
    if not files:
        raise RosterError("Pilih sekurang-kurangnya satu berkas.", "files")
    if len(files) > MAX_FILES:
        raise RosterError(f"Paling banyak {MAX_FILES} berkas dalam satu impor.", "files")
    kinds = [RosterFileKind(kind) for kind, _ in files]
    if kinds.count(RosterFileKind.UNITS) > 1:
        raise RosterError("Paling banyak satu berkas hierarki unit dalam satu impor.", "units")
    for kind, upload in files:
        field = "units" if kind == RosterFileKind.UNITS else "files"
        if not upload.size:
            raise empty(display_name(upload), field)
        if upload.size > MAX_BYTES:
            raise too_large(display_name(upload), field)
    if sum(upload.size for _, upload in files) > MAX_TOTAL_BYTES:
        most = MAX_TOTAL_BYTES // MEGABYTE
        raise RosterError(f"Berkas-berkas ini bersama-sama lebih besar dari {most} MB.", "files")


def store(files, undo):
    """Store the contents of checked files; returns their unsaved rows, without the import.

    For each stored content a removal is put on the ExitStack `undo`, for the case that the rows
    are not saved in the end. Raises RosterError if a file was given twice.
    """
    rows, names = [], {}
    for kind, upload in files:
        row = RosterFile(
            kind=kind,
            name=_unlike(display_name(upload), names),
            size=upload.size,
            sha256=_digest(upload),
        )
        _check_new(row, rows)
        row.content.save(secrets.token_hex(16), upload, save=False)
        undo.callback(row.content.storage.delete, row.content.name)
        rows.append(row)
    return rows


def source_of(file):
    """The content of a stored file. Raises RosterError if it is gone or not what was uploaded."""
    try:
        with file.content.open("rb") as stored:
            source = Source(file.name, stored.read())
    except (FileNotFoundError, ValueError) as error:
        raise RosterError(LOST.format(file.name)) from error
    if source.sha256 != file.sha256:
        raise RosterError(LOST.format(file.name))
    return source


def headings_of(file, aliases):
    """The headings of a stored file: those that are asked for, else those that it has.

    Raises RosterError where it has none, or its content is gone.
    """
    return file.headings or header_of(source_of(file), file.kind, aliases)


def remove_contents(roster_import):
    """Remove the contents of an import's files once the transaction is committed.

    A row names its content until that is gone, so that a removal cut short can be done again. The
    header cells go as well: of a file without a header they may be somebody's data.
    """

    def remove():
        for file in roster_import.files.exclude(content=""):
            if _is_removed(file.content.storage, file.content.name):
                RosterFile.objects.filter(pk=file.pk).update(content="")

    roster_import.files.update(headings=[])
    transaction.on_commit(remove)


def remove_unknown():
    """Remove stored contents that belong to no import, unless they may still be uploaded."""
    content = RosterFile._meta.get_field("content")
    stored = _names_in(content.storage, content.upload_to)
    known = set(RosterFile.objects.exclude(content="").values_list("content", flat=True))
    began_before = timezone.now() - UPLOADING
    for name in stored:
        if name not in known and _changed_before(content.storage, name, began_before):
            _is_removed(content.storage, name)


def _is_removed(storage, name):
    """Remove a content; what cannot be is logged, and left to the next housekeeping."""
    try:
        storage.delete(name)
    except OSError:
        logger.exception("The content %s cannot be removed.", name)
        return False
    return True


def _names_in(storage, folder):
    try:
        return [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []


def _changed_before(storage, name, moment):
    """False as well for what another process has removed meanwhile."""
    try:
        return storage.get_modified_time(name) < moment
    except FileNotFoundError:
        return False


def display_name(upload):
    """What messages call an uploaded file: no folder, nothing unprintable, not too long."""
    return safe_name(PurePosixPath((upload.name or "").replace("\\", "/")).name)


def _unlike(name, names):
    """`name`, with a number if another file of the import has it: rows are told by their file."""
    names[name] = names.get(name, 0) + 1
    if names[name] == 1:
        return name
    path = PurePosixPath(name)
    return f"{path.stem} ({names[name]}){path.suffix}"


def _digest(upload):
    sha256 = hashlib.sha256()
    for chunk in upload.chunks():
        sha256.update(chunk)
    return sha256.hexdigest()


def _check_new(row, rows):
    for other in rows:
        if other.sha256 == row.sha256:
            raise RosterError(f"Berkas {row.name} sama isinya dengan {other.name}.", "files")
