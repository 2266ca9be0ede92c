"""Numbers about ceremonies: every count that a page or a paper shows comes from here."""

from dataclasses import dataclass

from django.db.models import Count, Q

from .choices import ParticipantState


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
    return {
        row.pop("ceremony_id"): Progress(name="", **row) for row in rows
    }
