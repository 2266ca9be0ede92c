"""Who does not sign, and why: excused or refusing. The writer of these two states.

The reason stays with the participant, and beside the trail (`EventReason`) when the note is taken
back. It may tell of somebody's health, so the audit trail itself, which is kept for ever, says only
who noted the absence of whom, and when.
"""

from django.db import transaction

from ..choices import ParticipantState
from ..models import Participant
from . import follow_ups, trail
from .participant_states import changeable, move

PENDING, EXCUSED = ParticipantState.PENDING, ParticipantState.EXCUSED
REFUSED = ParticipantState.REFUSED


@transaction.atomic
def excuse(*, actor, participant, reason):
    """Note that a participant cannot sign. Raises WrongState unless a signature is expected."""
    return _move(actor, participant, "participant.excused", (PENDING,), EXCUSED, reason)


@transaction.atomic
def excuse_all(*, actor, participants, reason):
    """Excuse those of `participants` from whom a signature is expected; returns how many it were.

    Whoever has signed meanwhile, or is noted as absent already, stays as it is. All rows are held
    in the order of their keys, as everywhere: two who do this at once wait for each other.
    """
    expected = changeable(participants, (PENDING,)).order_by("pk").select_for_update(no_key=True)
    keys = set(expected.values_list("pk", flat=True))
    excused = [participant for participant in participants if participant.pk in keys]
    Participant.objects.filter(pk__in=keys).update(state=EXCUSED, reason=reason)
    trail.record_of_each(actor, "participant.excused", excused, reason=reason)
    return len(excused)


@transaction.atomic
def refuse(*, actor, participant, reason):
    """Note that a participant refuses to sign; somebody else is to look at that.

    Raises WrongState unless a signature is expected.
    """
    _move(actor, participant, "participant.refused", (PENDING,), REFUSED, reason)
    follow_ups.refused(actor, participant)
    return participant


@transaction.atomic
def expect_again(*, actor, participant):
    """Take the note back: a signature is expected.

    Raises WrongState for who is not absent, and where a refusal was looked at: then only who may be
    the second person takes it back, so that nobody alone makes another absence of it.
    """
    follow_ups.check_second(actor, participant)
    _move(actor, participant, "participant.expected", (EXCUSED, REFUSED), PENDING, "")
    follow_ups.refusal_over(participant)
    return participant


def _move(actor, participant, act, sources, to, reason):
    so_not = f"tidak dapat dicatat “{ParticipantState(to).label}”"
    move(participant, sources, so_not, state=to, reason=reason)
    trail.record_of(actor, act, participant, reason=reason)
    return participant
