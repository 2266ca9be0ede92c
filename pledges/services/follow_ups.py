"""What is done about those who have not signed: the only writer of `FollowUp`.

The audit trail says who did it, for whom, and to whom it was given; never the note.
"""

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, Role, User
from netralitas.lib.errors import Refusal

from .. import rules
from ..choices import UNSIGNED, ParticipantState
from ..errors import WrongState
from ..models import FollowUp, Participant
from . import trail
from .participant_states import changeable

REFUSED = ParticipantState.REFUSED
NOT_REFUSED = "Hanya penolakan yang belum ditelaah yang dapat ditelaah."
OWN_REFUSAL = "Anda sendiri yang menolak. Penelaahnya harus orang lain."
LOOKED_AT = (
    "Penolakan ini sudah ditelaah. Catatannya hanya dihapus oleh BKPSDM, dan bukan oleh yang "
    "mencatatnya."
)
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
    Refusal for a new assignee who may not invite the participant.
    """
    _hold([participant])
    if not FollowUp.objects.filter(participant=participant, assignee=assignee).exists():
        _check_assignee(assignee, [participant])
    FollowUp.objects.update_or_create(
        participant=participant,
        defaults={"assignee": assignee, "signs_late": signs_late, "note": note},
    )
    trail.record_of(actor, "follow_up.changed", participant, _given_to(assignee))


@transaction.atomic
def assign(*, actor, participants, assignee):
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
    act = "follow_up.assigned" if assignee else "follow_up.released"
    trail.record_of_each(actor, act, participants, _given_to(assignee))


def _given_to(assignee):
    return {"assignee": str(assignee.uuid)} if assignee else {}


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

    Raises WrongState for who noted it and who refused, once it was looked at, if there is no
    refusal, and once the ceremony is over.
    """
    _lock([participant])
    row = FollowUp.objects.filter(participant=participant).first()
    if not changeable([participant], (REFUSED,)).exists() or (row and row.looked_by_id):
        raise WrongState(NOT_REFUSED)
    if participant.employee_id == actor.employee_id:
        raise WrongState(OWN_REFUSAL)
    if row and row.noted_by_id == actor.pk:
        raise WrongState(OWN_NOTE)
    looked = {"looked_by": actor, "looked_at": timezone.now()}
    FollowUp.objects.update_or_create(participant=participant, defaults=looked)
    trail.record_of(actor, "refusal.looked_at", participant)


def check_second(actor, participant):
    """Raises WrongState if a refusal was looked at and `actor` could not be the second person.

    Nobody looks at it before the end of the act: call it inside that.
    """
    _lock([participant])
    row = FollowUp.objects.filter(participant=participant).exclude(looked_by=None).first()
    if row and not may_be_second(actor, participant, row):
        raise WrongState(LOOKED_AT)


def may_be_second(actor, participant, row):
    """Whether `actor` may look at the refusal that `row` keeps, or may take it back after that."""
    concerned = row.noted_by_id == actor.pk or participant.employee_id == actor.employee_id
    return not concerned and rules.may_look_at_refusal(actor.rights, participant.keeper)


def _lock(participants):
    """Hold the rows until the transaction ends."""
    rows = Participant.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(pk__in=[each.pk for each in participants]).values_list("pk"))


def _hold(participants):
    """Raises WrongState unless all are unsigned, on the roster, and of a ceremony not over."""
    _lock(participants)
    if changeable(participants, UNSIGNED).count() < len(participants):
        raise WrongState(OVER)


def _check_assignee(assignee, participants):
    if assignee is None:
        return
    for participant in participants:
        if not rules.may_invite(assignee.rights, participant.keeper):
            raise Refusal(NOT_THEIRS.format(assignee, participant.name), "assignee")
