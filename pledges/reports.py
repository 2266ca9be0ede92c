"""Numbers about ceremonies: every count that a page or a paper shows comes from here."""

from dataclasses import dataclass

from django.db.models import Count, Q

from agencies.models import Event
from agencies.reports import chapters

from .choices import CeremonyState, Channel, ParticipantState


@dataclass(frozen=True)
class Progress:
    """How far a group has come. `invited` is the sum of all the others."""

    name: str
    invited: int
    signed: int
    excused: int
    refused: int
    uuid: object = None

    @property
    def pending(self):
        """From how many a signature is still expected."""
        return self.invited - self.signed - self.excused - self.refused

    @property
    def percent(self):
        """Signed of invited, rounded down, so that 100 means everybody."""
        return 100 * self.signed // self.invited if self.invited else 0


def state_counts():
    """The aggregates behind every `Progress`."""
    return {
        "invited": Count("pk"),
        "signed": Count("pk", filter=Q(state=ParticipantState.SIGNED)),
        "excused": Count("pk", filter=Q(state=ParticipantState.EXCUSED)),
        "refused": Count("pk", filter=Q(state=ParticipantState.REFUSED)),
    }


def progress_of(participants, name=""):
    """The progress of one set of participants, in one query."""
    return Progress(name=name, **participants.aggregate(**state_counts()))


def progress_by_opd(participants):
    """The progress of each OPD in the set, the least complete first, in one query."""
    rows = (
        participants.order_by()
        .values("opd__uuid", "opd_name")
        .annotate(**state_counts())
        .values_list("opd__uuid", "opd_name", "invited", "signed", "excused", "refused")
    )
    groups = [
        Progress(uuid=uuid, name=name, invited=i, signed=s, excused=e, refused=r)
        for uuid, name, i, s, e, r in rows
    ]
    return sorted(groups, key=lambda group: (group.percent, -group.pending, group.name))


def progress_by_ceremony(participants):
    """The progress of each ceremony, as a dictionary by the ceremony's key, in one query."""
    rows = participants.order_by().values("ceremony_id").annotate(**state_counts())
    return {row.pop("ceremony_id"): Progress(name="", **row) for row in rows}


def slips_by_opd(participants):
    """How many of the unsigned hold a PIN slip that is still valid: a dictionary by OPD's uuid."""
    holders = participants.unsigned().filter(
        invitations__channel=Channel.SLIP, invitations__revoked_at=None
    )
    counted = holders.order_by().values("opd__uuid").annotate(slips=Count("pk", distinct=True))
    return dict(counted.values_list("opd__uuid", "slips"))


@dataclass(frozen=True)
class OwnParticipations:
    """The places of one person in ceremonies, by what can be done about them."""

    to_sign: list
    upcoming: list
    signed: list
    missed: list
    absent: list


def own_participations(participants):
    """The `OwnParticipations` among `participants`, in one query.

    Of a cancelled ceremony only what was signed there is still told.
    """
    rows = list(latest_first(participants))
    signed = [row for row in rows if row.state == ParticipantState.SIGNED]
    others = [
        row for row in rows if row not in signed and row.ceremony.state != CeremonyState.CANCELLED
    ]
    pending = [row for row in others if row.is_pending]
    return OwnParticipations(
        to_sign=[row for row in pending if row.ceremony.state == CeremonyState.OPEN],
        upcoming=[row for row in pending if row.ceremony.state == CeremonyState.READY],
        missed=[row for row in pending if row.ceremony.closed_at and not row.ceremony.is_open],
        absent=[row for row in others if not row.is_pending],
        signed=signed,
    )


def latest_first(participants):
    """With ceremony and signature in the same query, the latest ceremony first."""
    related = ("ceremony__election", "ceremony__organizer", "signature")
    return participants.select_related(*related).order_by("-ceremony__starts_at", "-pk")


def history_of(ceremony):
    """What was done to a ceremony, the latest first, repetitions told as one line."""
    return chapters(Event.objects.of(ceremony))
