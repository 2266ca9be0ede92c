"""What is done about those who have not signed: the only writer of `FollowUp`.

The audit trail says who did it, and for how many or whom; never the note, nor a reason.
"""

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, Role, User
from netralitas.lib.errors import Refusal

from .. import rules
from ..choices import CeremonyState, ParticipantState
from ..errors import WrongState
from ..models import FollowUp, Participant
from . import trail

RUNNING = (CeremonyState.READY, CeremonyState.OPEN, CeremonyState.CLOSED)
NOT_REFUSED = "Hanya penolakan yang belum ditelaah yang dapat ditelaah."
OWN_NOTE = "Penolakan ini Anda sendiri yang mencatat. Penelaahnya harus orang lain."
OVER = "Peserta ini sudah menandatangani, tidak lagi dalam daftar, atau acaranya sudah berakhir."
NOT_THEIRS = "{} tidak bertugas mengundang {}. Pilih petugas lain."


def assignable(participants):
    """The accounts that may invite every one of `participants`."""
    users = User.objects.filter(is_active=True)
    for path in {participant.keeper.path for participant in participants}:
        above = [path[:end] for end in range(Agency.steplen, len(path) + 1, Agency.steplen)]
        roles = Role.objects.filter(role__in=rules.INVITERS, agency__path__in=above)
        users = users.filter(pk__in=roles.values("user"))
    return users.order_by("first_name", "pk")


@transaction.atomic
def change(*, actor, participant, assignee, signs_late, note):
    """Keep what is being done about one participant.

    Raises WrongState for whoever has signed or counts no more, and once the ceremony is over;
    Refusal for an assignee who may not invite the participant.
    """
    _hold([participant])
    _check_assignee(assignee, [participant])
    FollowUp.objects.update_or_create(
        participant=participant,
        defaults={"assignee": assignee, "signs_late": signs_late, "note": note},
    )
    trail.record_of(actor, "follow_up.changed", participant)


@transaction.atomic
def assign(*, actor, ceremony, participants, assignee):
    """Let `assignee` (None: nobody) see to all of `participants`, or to none of them.

    Raises as `change` does.
    """
    _hold(participants)
    _check_assignee(assignee, participants)
    FollowUp.objects.bulk_create(
        (FollowUp(participant=participant) for participant in participants), ignore_conflicts=True
    )
    rows = FollowUp.objects.filter(participant__in=participants)
    rows.update(assignee=assignee, changed_at=timezone.now())
    trail.record(actor, "follow_up.assigned", ceremony, {"count": len(participants)})


def refused(actor, participant):
    """Note who noted a refusal: it awaits the look of another. Call it inside that act."""
    fresh = {"noted_by": actor, "looked_by": None, "looked_at": None}
    FollowUp.objects.update_or_create(participant=participant, defaults=fresh)


def refusal_over(participant):
    """The refusal was taken back, or its participant is off the roster. Call it inside that act."""
    over = {"noted_by": None, "looked_by": None, "looked_at": None}
    FollowUp.objects.filter(participant=participant).update(**over)


@transaction.atomic
def look(*, actor, participant):
    """Note that `actor` has looked at a refusal, as the second person.

    Raises WrongState for who noted it, once it was looked at, and if there is no refusal.
    """
    [state] = _states([participant])
    row = FollowUp.objects.filter(participant=participant).first()
    if state != ParticipantState.REFUSED or (row and row.looked_by_id):
        raise WrongState(NOT_REFUSED)
    if row and row.noted_by_id == actor.pk:
        raise WrongState(OWN_NOTE)
    looked = {"looked_by": actor, "looked_at": timezone.now()}
    FollowUp.objects.update_or_create(participant=participant, defaults=looked)
    trail.record_of(actor, "refusal.looked_at", participant)


def _states(participants):
    """Hold the rows until the transaction ends; their states as they are now."""
    rows = Participant.objects.select_for_update(no_key=True).order_by("pk")
    return list(rows.filter(pk__in=[p.pk for p in participants]).values_list("state", flat=True))


def _hold(participants):
    """Raises WrongState unless all are unsigned, on the roster, and of a ceremony not over."""
    ceremonies = {participant.ceremony_id for participant in participants}
    _states(participants)
    rows = Participant.objects.not_signed().filter(pk__in=[each.pk for each in participants])
    followed = rows.filter(ceremony__in=ceremonies, ceremony__state__in=RUNNING)
    if followed.count() < len(participants):
        raise WrongState(OVER)


def _check_assignee(assignee, participants):
    if assignee is None:
        return
    for participant in participants:
        if not rules.may_invite(assignee.rights, participant.keeper):
            raise Refusal(NOT_THEIRS.format(assignee, participant.name), "assignee")
