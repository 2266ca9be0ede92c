"""What the worker does with a pack: puts it together, and keeps it until it is fetched.

It may run twice and be killed anywhere: until the pack is READY nothing is left but how far it is,
and whoever is second to make it READY throws his own away.
"""

import logging
import secrets
import time
from tempfile import TemporaryFile

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from agencies.models import User
from netralitas.lib.errors import Refusal

from ..choices import PackKind, PackState
from ..models import Pack
from ..rules import READERS
from . import pack_files
from .pack_archive import write_archive
from .pack_contents import contents_of, reach_of
from .pack_print import write_print

TOLD_EVERY = 0.5
WRITERS = {PackKind.ARCHIVE: write_archive, PackKind.PRINT: write_print}
NOT_STORED = (
    "Paket tidak dapat disimpan: penyimpanan penuh atau tidak terjangkau. Minta lagi nanti."
)

logger = logging.getLogger(__name__)


def make(pack_uuid):
    """Put together a pack that is QUEUED, or MAKING since another worker was killed.

    It becomes READY, or FAILED with a sentence that says why.
    """
    found = Pack.objects.filter(uuid=pack_uuid).unfinished()
    pack = found.select_related("opd", "ceremony__election", "ceremony__organizer").first()
    if pack is None:
        return
    rows = Pack.objects.filter(pk=pack.pk)
    try:
        _write(pack, rows)
    except Refusal as refusal:
        _fail(rows, refusal.message)
    except OSError:
        logger.exception("The pack %s cannot be stored.", pack.uuid)
        _fail(rows, NOT_STORED)


def scope_of(user):
    """The paths on which `user` may read pacts now."""
    return user.rights.paths(*READERS)


def _write(pack, rows):
    # As they are today: roles may have ended since the asking.
    asker = User.objects.get(pk=pack.asked_by_id)
    contents = contents_of(pack, asker)
    pack.is_whole = not pack.opd and reach_of(pack.ceremony, contents.participants)[1]
    rows.unfinished().update(
        state=PackState.MAKING,
        done=0,
        total=contents.signatures.count(),
        scope=scope_of(asker),
        is_whole=pack.is_whole,
    )
    # Without a name: whatever happens, nothing of it is left.
    with TemporaryFile(dir=settings.DATA_DIR) as target:
        WRITERS[pack.kind](contents, target, _teller(rows))
        _keep(rows, target, len(contents.failures))


def _keep(rows, target, left_out):
    """READY, with the file in the store."""
    storage = Pack._meta.get_field("content").storage
    name = storage.save(f"{pack_files.FOLDER}/{secrets.token_hex(16)}", File(target))
    ready = rows.unfinished().update(
        state=PackState.READY, content=name, left_out=left_out, ready_at=timezone.now()
    )
    if not ready:
        storage.delete(name)


def _fail(rows, reason):
    rows.unfinished().update(state=PackState.FAILED, reason=reason)


def _teller(rows):
    """A function that writes how many pacts are in it, about twice a second."""
    told = time.monotonic()

    def tell(done):
        nonlocal told
        if time.monotonic() - told >= TOLD_EVERY:
            told = time.monotonic()
            rows.update(done=done)

    return tell
