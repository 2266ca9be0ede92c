"""Sheets of PIN slips: asked for, made by the worker (slip_work.py), handed out to who asked.

The PINs of a sheet become valid when it is handed out, and older ones end then: a sheet that nobody
takes changes nothing. Until then, and for an hour after, it lies sealed in the file store. A single
slip, for whoever has lost one, is made at once.
"""

from django.db import transaction
from django.utils import timezone

from netralitas.lib.task_queue import still_to_do
from netralitas.lib.vault import VaultError

from .. import tasks
from ..choices import BatchState, Channel, SlipOrder, SlipScope
from ..documents.slips import render_slips
from ..errors import WrongState
from ..models import Ceremony, Invitation, SlipBatch
from . import invitations, slip_files, trail
from .slip_work import NOBODY_LEFT, expected_on, opened, participants_of, parts_of

GONE = "Lembar ini tidak tersedia lagi. Minta lembar yang baru."
REPLACED = "Sebagian PIN pada lembar ini sudah diganti. Minta lembar yang baru."
LESS_RIGHTS = "Hak Anda berubah sejak lembar ini diminta. Minta lembar yang baru."
GAVE_UP = "Lembar tidak dapat dibuat karena galat pada sistem. Minta lagi."


@transaction.atomic
def ask(*, actor, ceremony, opd, order, scope):
    """A batch for those of `opd` (None: of all agencies) whom `actor` may invite and who are still
    to sign: for all, or by `scope` for those who hold no valid slip; the worker makes it.

    Asked for again while it is being made it is the same; one that waited to be taken is given up.
    Raises WrongState by the ceremony, and if nobody is left.
    """
    # Of two who ask at the same moment the second finds what the first has asked for.
    ceremony.refresh_from_db(
        fields=["state"], from_queryset=Ceremony.objects.select_for_update(no_key=True)
    )
    invitations.check_invitable(ceremony)
    batch = SlipBatch(ceremony=ceremony, opd=opd, order=order, scope=scope, asked_by=actor)
    batch.total = expected_on(batch, actor).count()
    mine = SlipBatch.objects.of_asker(actor).filter(ceremony=ceremony, opd=opd)
    same = mine.unfinished().filter(order=order, scope=scope).first()
    if same:
        return same
    given_up = mine.filter(state=BatchState.READY)
    keys = list(given_up.values_list("pk", flat=True))
    given_up.update(state=BatchState.EXPIRED)
    transaction.on_commit(lambda: slip_files.remove(SlipBatch.objects.filter(pk__in=keys)))
    batch.save()
    _record("slips.asked", batch, batch.total)
    tasks.make_slips.enqueue(str(batch.uuid))
    return batch


def take(*, actor, batch):
    """The PDF for who asked for it; the first time its PINs become valid and older ones end.

    It can be fetched again for an hour, unless other PINs were issued since. Raises WrongState,
    also if a sheet for those without a slip would take one from somebody.
    """
    if batch.asked_by_id != actor.pk or not is_available(batch):
        raise WrongState(GONE)
    try:
        pins, sheet = opened(batch)
    except (OSError, ValueError, VaultError) as error:
        raise WrongState(GONE) from error
    people = participants_of(batch.ceremony, actor, batch.opd).in_bulk()
    if not pins.keys() <= people.keys():
        raise WrongState(LESS_RIGHTS)
    _hand_out(actor, batch, [invitations.PinSlip(people[key], pin) for key, pin in pins.items()])
    return sheet


def count_replaced(batch, user):
    """How many valid slips end when `user` takes it now."""
    if batch.state != BatchState.READY or batch.scope != SlipScope.ALL:
        return 0
    return participants_of(batch.ceremony, user, batch.opd).unsigned().with_slip().count()


def is_available(batch):
    """Whether its PDF can be had now."""
    until = available_until(batch)
    return bool(batch.content) and until is not None and timezone.now() < until


def available_until(batch):
    """The moment from which its PDF cannot be had any more; None if there is none to have."""
    if batch.state == BatchState.TAKEN:
        return batch.taken_at + slip_files.AGAIN
    return batch.ready_at + slip_files.WAITS if batch.state == BatchState.READY else None


@transaction.atomic
def _hand_out(actor, batch, slips):
    """TAKEN, with valid PINs; of two who come at the same moment the second takes it again.

    Raises WrongState if it was given up since it was looked at.
    """
    ready = SlipBatch.objects.filter(pk=batch.pk, state=BatchState.READY)
    first = ready.update(state=BatchState.TAKEN, taken_at=timezone.now())
    batch.refresh_from_db(fields=["state", "taken_at"])
    if first:
        batch.ceremony.refresh_from_db(fields=["state"])
        invitations.check_invitable(batch.ceremony)
        replace = batch.scope == SlipScope.ALL
        if not invitations.validate_slips(
            actor=actor, ceremony=batch.ceremony, slips=slips, replace=replace
        ):
            raise WrongState(NOBODY_LEFT[SlipScope.ALL])
    elif batch.state != BatchState.TAKEN:
        raise WrongState(GONE)
    elif _are_replaced(batch.ceremony, slips):
        raise WrongState(REPLACED)
    _record("slips.taken", batch, len(slips))


def renew(*, actor, participant):
    """The PDF of one slip that is valid from now on; an older one of `participant` ends.

    Raises WrongState as `invitations.issue_slips`. It is drawn first: what cannot be drawn changes
    nothing, and nobody who signs meanwhile waits for the drawing.
    """
    ceremony = participant.ceremony
    slips = invitations.draw_slips(ceremony, [participant])
    sheet = render_slips(ceremony, parts_of(slips, SlipOrder.UNIT))
    invitations.issue_drawn(actor=actor, ceremony=ceremony, slips=slips)
    return sheet


def _are_replaced(ceremony, slips):
    """Whether somebody on the sheet who has not signed is not let in by its PIN."""
    valid = Invitation.objects.valid().filter(channel=Channel.SLIP, participant__ceremony=ceremony)
    hashes = dict(valid.values_list("participant", "secret_hash"))
    people = ceremony.participants
    done = people.signed() | people.annulled() | people.departed()
    signed = set(done.values_list("pk", flat=True))
    return any(
        hashes.get(slip.participant.pk) not in invitations.hashes_of_pin(slip.participant, slip.pin)
        for slip in slips
        if slip.participant.pk not in signed
    )


def fail_abandoned():
    """FAILED for the batches whose task there is none of any more; returns how many."""
    waiting = SlipBatch.objects.unfinished()
    queued = still_to_do(tasks.make_slips)
    return sum(
        SlipBatch.objects.unfinished()
        .filter(pk=batch.pk)
        .update(state=BatchState.FAILED, reason=GAVE_UP)
        for batch in waiting
        if not queued.filter(args_kwargs__args__0=str(batch.uuid)).exists()
    )


def _record(act, batch, count):
    agency = {"agency": str(batch.opd.uuid)} if batch.opd else {}
    trail.record(batch.asked_by, act, batch.ceremony, {"count": count} | agency)
