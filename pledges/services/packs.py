"""Packs: asked for, made by the worker (pack_work.py), fetched by who asked for a day."""

from django.db import transaction
from django.utils import timezone

from netralitas.lib.task_queue import still_to_do

from .. import tasks
from ..choices import PackState
from ..errors import WrongState
from ..models import Ceremony, Pack
from . import pack_files, stored_files, trail
from .pack_contents import NOBODY, reach_of, readable_by
from .pack_work import scope_of

GONE = "Paket ini tidak tersedia lagi. Minta paket yang baru."
OTHER_RIGHTS = "Hak Anda berubah sejak paket ini disiapkan. Minta paket yang baru."
GAVE_UP = "Paket tidak dapat disiapkan karena galat pada sistem. Minta lagi."


@transaction.atomic
def ask(*, actor, ceremony, opd, kind):
    """A pack of the pacts of `opd` (None: of all agencies) that `actor` may read; the worker makes
    it. Where these are of one OPD alone, though not the whole ceremony, the pack is that OPD's.

    Asked for again while it is being made it is the same; an earlier one is removed. Raises
    WrongState if nobody has signed.
    """
    # Of two who ask at the same moment the second finds what the first has asked for.
    ceremony.refresh_from_db(
        fields=["state"], from_queryset=Ceremony.objects.select_for_update(no_key=True)
    )
    people = readable_by(actor, ceremony, opd)
    count = people.signed().count()
    if not count:
        raise WrongState(NOBODY)
    opd, is_whole = reach_of(ceremony, people, opd)
    mine = Pack.objects.of_asker(actor).filter(ceremony=ceremony, opd=opd, kind=kind)
    same = mine.unfinished().first()
    if same:
        return same
    keys = list(mine.filter(state=PackState.READY).values_list("pk", flat=True))
    earlier = Pack.objects.filter(pk__in=keys)
    pack_files.expire(earlier)
    transaction.on_commit(lambda: stored_files.remove(earlier))
    pack = Pack.objects.create(
        ceremony=ceremony, opd=opd, is_whole=is_whole, kind=kind, asked_by=actor, total=count
    )
    _record("pack.asked", pack, count)
    tasks.make_pack.enqueue(str(pack.uuid))
    return pack


def fetch(*, actor, pack, begins):
    """The open file of a pack for who asked for it, with an event if the fetching begins, as the
    function `begins` says of its size. Raises WrongState.
    """
    if pack.asked_by_id != actor.pk or not is_available(pack):
        raise WrongState(GONE)
    if pack.scope != scope_of(actor):
        raise WrongState(OTHER_RIGHTS)
    try:
        file = pack.content.storage.open(pack.content.name, "rb")
    except OSError as error:
        raise WrongState(GONE) from error
    if begins(file.size):
        with transaction.atomic():
            Pack.objects.filter(pk=pack.pk, fetched_at=None).update(fetched_at=timezone.now())
            _record("pack.downloaded", pack, pack.total - pack.left_out)
    return file


def is_available(pack):
    """Whether its file can be had now."""
    until = available_until(pack)
    return bool(pack.content) and until is not None and timezone.now() < until


def available_until(pack):
    """The moment from which its file cannot be had any more; None if there is none to have."""
    return pack.ready_at + pack_files.WAITS if pack.state == PackState.READY else None


def fail_abandoned():
    """FAILED for the packs whose task there is none of any more; returns how many."""
    queued = still_to_do(tasks.make_pack)
    return sum(
        Pack.objects.unfinished().filter(pk=pack.pk).update(state=PackState.FAILED, reason=GAVE_UP)
        for pack in Pack.objects.unfinished()
        if not queued.filter(args_kwargs__args__0=str(pack.uuid)).exists()
    )


def _record(act, pack, count):
    agency = {"agency": str(pack.opd.uuid)} if pack.opd else {}
    trail.record(pack.asked_by, act, pack.ceremony, {"kind": pack.kind, "count": count} | agency)
