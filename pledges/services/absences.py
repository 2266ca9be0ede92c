"""Who does not sign, and why: excused or refusing. The writer of these two states.

The reason stays with the participant. It may tell of somebody's health, so the audit trail, which
is kept for ever, says only who noted the absence of whom, and when.
"""

import contextlib

from django.db import transaction

from ..choices import CeremonyState, ParticipantState
from ..errors import WrongState
from ..models import Ceremony, Participant
from . import follow_ups, trail

PENDING, EXCUSED = ParticipantState.PENDING, ParticipantState.EXCUSED
REFUSED = ParticipantState.REFUSED
NOTED_IN = {CeremonyState.READY, CeremonyState.OPEN, CeremonyState.CLOSED}


@transaction.atomic
def excuse(*, actor, participant, reason):
    """Note that a participant cannot sign. Raises WrongState unless a signature is expected."""
    return _move(actor, participant, "participant.excused", (PENDING,), EXCUSED, reason)


@transaction.atomic
def excuse_all(*, actor, participants, reason):
    """Excuse those of `participants` from whom a signature is expected; returns how many it were.

    Whoever has signed meanwhile, or is noted as absent already, stays as it is.
    """
    excused = 0
    for participant in participants:
        with contextlib.suppress(WrongState):
            excuse(actor=actor, participant=participant, reason=reason)
            excused += 1
    return excused


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
    """Take the note back: a signature is expected. Raises WrongState for who is not absent."""
    _move(actor, participant, "participant.expected", (EXCUSED, REFUSED), PENDING, "")
    follow_ups.refusal_over(participant)
    return participant


def _move(actor, participant, act, sources, to, reason):
    """Change the state by conditional update: whoever signs at this moment has signed."""
    ceremonies = Ceremony.objects.order_by().filter(state__in=NOTED_IN)
    rows = Participant.objects.filter(pk=participant.pk, state__in=sources)
    moved = rows.filter(ceremony__in=ceremonies).update(state=to, reason=reason)
    participant.refresh_from_db(fields=["state", "reason"])
    if not moved:
        raise WrongState(
            f"Peserta berstatus “{participant.get_state_display()}”, atau acaranya sudah "
            f"berakhir, sehingga tidak dapat dicatat “{ParticipantState(to).label}”."
        )
    trail.record_of(actor, act, participant)
    return participant
