"""What people do with roster imports: upload, say what columns hold, approve, discard, read again.

The work itself is the worker's (import_work.py); each act here leaves it in the queue, in the same
transaction. Who may do it the views ask in rules.py.
"""

from contextlib import ExitStack

from django.db import transaction

from netralitas.lib.errors import Refusal

from .. import tasks
from ..errors import WrongState
from ..models import ColumnAlias, RosterFile, RosterImport
from ..roster.aliases import aliases_of
from ..roster.columns import COLUMNS as FIELDS
from ..roster.columns import ONLY_OF_ASN, header_key, meanings, missing, required_label
from ..roster.history import forget_preview
from . import events, import_files
from .import_states import (
    APPLYING,
    DISCARDED,
    READING,
    READY,
    REFUSED,
    TRANSITIONS,
    UNREAD,
    move,
)

OTHER_PREVIEW = (
    "Pratinjau impor ini bukan lagi yang Anda lihat. "
    "Periksa pratinjau yang baru, lalu setujui lagi."
)
NOT_NOW = "Impor ini sedang atau sudah diterapkan, atau sudah dibuang. Muat ulang halaman ini."

__all__ = [
    "TRANSITIONS",
    "approve",
    "assign_columns",
    "discard",
    "may_assign_columns",
    "may_discard",
    "move",
    "read_again",
    "receive",
]


def receive(*, actor, government, files, partial):
    """A new import of `files`, pairs of RosterFileKind and uploaded file; the worker reads them.

    `partial` says that they do not claim to hold everybody. Raises RosterError with a sentence for
    files too many, too large, empty or given twice. Nothing stays in the file store then, nor if
    the transaction fails; it must be the outermost one, so that this is known here.
    """
    import_files.check(files)
    with ExitStack() as undo:
        # Before the transaction: on SQLite nobody could sign while large files are stored.
        rows = import_files.store(files, undo)
        with transaction.atomic(durable=True):
            roster_import = _begin(actor, government, rows, partial)
        undo.pop_all()
    return roster_import


def _begin(actor, government, rows, partial):
    """The import of stored files, its event, and the task of reading them."""
    roster_import = RosterImport.objects.create(
        government=government, partial=partial, created_by=actor
    )
    for row in rows:
        row.roster_import = roster_import
        row.save()
    data = {
        "files": [{"kind": row.kind, "sha256": row.sha256} for row in rows],
        "bytes": sum(row.size for row in rows),
        "partial": partial,
    }
    _record(actor, "roster.uploaded", roster_import, data)
    tasks.read_import.enqueue(str(roster_import.uuid))
    return roster_import


@transaction.atomic
def assign_columns(*, actor, roster_file, fields):
    """Say what the columns of a file hold: {its heading: a field of roster.columns, or ""}.

    It is remembered for the government's next files, and the import is read again. Raises Refusal
    for a heading or field there is not, a field chosen twice, a required one left out; WrongState
    unless the import asks for columns, or waits for a yes or another try.
    """
    roster_import = roster_file.roster_import
    move(roster_import, READING, **UNREAD)
    file = RosterFile.objects.get(pk=roster_file.pk)
    known = aliases_of(roster_import.government.slug)[file.kind]
    file.headings = import_files.headings_of(file, known)
    _check_fields(file, fields)
    chosen = {**meanings(file.headings, file.kind, known), **fields}
    _check_once(file, chosen)
    aliases = _aliases(file, chosen, known)
    _check_complete(file, {**known, **aliases})
    for heading, field in aliases.items():
        ColumnAlias.objects.update_or_create(
            government=roster_import.government,
            kind=file.kind,
            heading=heading,
            defaults={"field": field},
        )
    data = {"file": file.sha256, "fields": sorted(filter(None, aliases.values()))}
    _record(actor, "roster.columns", roster_import, data)
    tasks.read_import.enqueue(str(roster_import.uuid))
    return roster_import


def may_assign_columns(roster_import):
    """Whether somebody may say what the columns of its files hold: its content is still there, and
    no worker is at it.
    """
    return READING in TRANSITIONS[roster_import.state]


@transaction.atomic
def approve(*, actor, roster_import, plan_digest, deactivate):
    """Say yes to the preview with `plan_digest`, which is what was seen; the worker writes it.

    `deactivate` True or False says what becomes of those who are in no file; it may be None only
    where there is nobody. Raises Refusal without that decision, WrongState unless it is READY and
    its preview is still that one.
    """
    move(
        roster_import,
        APPLYING,
        source=READY,
        deactivates=bool(deactivate),
        applied_by=actor,
        refusal="",
        touched_at=None,
    )
    if not plan_digest or roster_import.plan_digest != plan_digest:
        raise WrongState(OTHER_PREVIEW)
    if deactivate is None and roster_import.counts["left"]:
        raise Refusal("Putuskan apakah pegawai yang keluar dinonaktifkan.", "leavers")
    data = {"plan": roster_import.plan_digest, "deactivates": roster_import.deactivates}
    _record(actor, "roster.approved", roster_import, data)
    tasks.apply_import.enqueue(str(roster_import.uuid))
    return roster_import


def may_discard(roster_import):
    """Whether it can be given up: nothing is written yet, and no worker is about to."""
    is_written = roster_import.state == APPLYING and not roster_import.is_waiting
    return DISCARDED in TRANSITIONS[roster_import.state] and not is_written


@transaction.atomic
def discard(*, actor, roster_import):
    """Give an import up: its preview goes at once, the contents of its files on commit.

    Raises WrongState while it is being applied, and after that. An approval that waits, for its
    turn or for another try, can be taken back: its task finds nothing to do then.
    """
    if not may_discard(roster_import):
        raise WrongState(NOT_NOW)
    move(roster_import, DISCARDED, source=roster_import.state, stage="", done=0, total=0)
    forget_preview(roster_import)
    import_files.remove_contents(roster_import)
    _record(actor, "roster.discarded", roster_import)
    return roster_import


@transaction.atomic
def read_again(*, actor, roster_import):
    """Read the files anew: the stored data has changed, or what stood in the way is gone.

    Raises WrongState unless it is READY or REFUSED.
    """
    source = REFUSED if roster_import.state == REFUSED else READY
    move(roster_import, READING, source=source, **UNREAD)
    _record(actor, "roster.read_again", roster_import)
    tasks.read_import.enqueue(str(roster_import.uuid))
    return roster_import


def _record(actor, act, roster_import, data=None):
    government = roster_import.government
    events.record(actor=actor, act=act, obj=roster_import, government=government, data=data)


def _check_fields(file, fields):
    strange = set(fields) - set(file.headings)
    if strange:
        raise Refusal(f"Kolom “{min(strange)}” tidak ada dalam berkas {file.name}.")
    if not set(fields.values()) <= {"", *FIELDS[file.kind]}:
        raise Refusal("Isi kolom yang dipilih tidak dikenal.")


def _check_once(file, chosen):
    """Two columns with one meaning: which of them counted, nobody would know."""
    holders = {}
    for heading, field in chosen.items():
        if field in holders:
            raise Refusal(
                f"Kolom “{holders[field]}” dan “{heading}” tidak dapat berisi hal yang sama."
            )
        if field:
            holders[field] = heading


def _aliases(file, chosen, known):
    """{header key: field} that have to be remembered: where the choice is not what the names say,
    or something else was remembered before.

    Not that a NIK stands unread beside a NIP: in a file of non-ASN it is read. But that a column
    holds no NIP, where we were in doubt, so that nobody is asked again.
    """
    by_name, before = (meanings(file.headings, file.kind, names) for names in ({}, known))
    fields = set(chosen.values())
    is_beside_nip, was_doubted = bool(fields & ONLY_OF_ASN), "number" in file.missing
    return {
        header_key(heading): field
        for heading, field in chosen.items()
        if field != by_name[heading]
        or header_key(heading) in known
        or (was_doubted and "nik" in fields)
        if not (is_beside_nip and not field and "nik" in (by_name[heading], before[heading]))
    }


def _check_complete(file, aliases):
    read = meanings(file.headings, file.kind, aliases)
    lacking = missing(dict.fromkeys(filter(None, read.values())), file.kind)
    if lacking:
        labels = ", ".join(required_label(field) for field in lacking)
        raise Refusal(f"Tentukan kolom yang berisi {labels}.")
