"""The elections of the articles with their real phases, and one that is always still to come."""

from dataclasses import dataclass
from datetime import date, timedelta

from ..choices import ElectionKind, PhaseKind
from ..models import Election
from ..services import elections

DAYS_TO_VOTING = 150
DAYS_OF_CAMPAIGN = 60
WEDNESDAY = 2


@dataclass(frozen=True)
class ElectionPlan:
    """An election as it is entered; `phases` maps a phase to its first and last day."""

    kind: ElectionKind
    name: str
    year: int
    phases: dict


PILKADA_2020 = ElectionPlan(
    ElectionKind.PILKADA,
    "Pilkada Serentak Tahun 2020",
    2020,
    {
        PhaseKind.KAMPANYE: (date(2020, 9, 26), date(2020, 12, 5)),
        PhaseKind.MASA_TENANG: (date(2020, 12, 6), date(2020, 12, 8)),
        PhaseKind.PEMUNGUTAN_SUARA: (date(2020, 12, 9), date(2020, 12, 9)),
    },
)
PHASES_2024 = {
    PhaseKind.KAMPANYE: (date(2023, 11, 28), date(2024, 2, 10)),
    PhaseKind.MASA_TENANG: (date(2024, 2, 11), date(2024, 2, 13)),
    PhaseKind.PEMUNGUTAN_SUARA: (date(2024, 2, 14), date(2024, 2, 14)),
}
PEMILU_2024 = ElectionPlan(ElectionKind.PEMILU, "Pemilu Tahun 2024", 2024, PHASES_2024)
PEMILU_DAN_PEMILIHAN_2024 = ElectionPlan(
    ElectionKind.PEMILU_DAN_PEMILIHAN,
    "Pemilu dan Pemilihan Tahun 2024",
    2024,
    PHASES_2024,
)


def coming_election(today):
    """A Pilkada on a Wednesday about five months from `today`: its campaign has not begun."""
    voting = today + timedelta(days=DAYS_TO_VOTING)
    voting += timedelta(days=(WEDNESDAY - voting.weekday()) % 7)
    quiet = voting - timedelta(days=3)
    campaign = quiet - timedelta(days=DAYS_OF_CAMPAIGN)
    named = campaign - timedelta(days=3)
    return ElectionPlan(
        ElectionKind.PILKADA,
        f"Pilkada Tahun {voting.year}",
        voting.year,
        {
            PhaseKind.PENETAPAN_CALON: (named, named),
            PhaseKind.KAMPANYE: (campaign, quiet - timedelta(days=1)),
            PhaseKind.MASA_TENANG: (quiet, voting - timedelta(days=1)),
            PhaseKind.PEMUNGUTAN_SUARA: (voting, voting),
        },
    )


def enter(plan, root, actor):
    """The election of the government `root`, entered unless it is there."""
    known = Election.objects.filter(government=root, name=plan.name).first()
    if known:
        return known
    election = Election(government=root, kind=plan.kind, name=plan.name, year=plan.year)
    return elections.save_election(actor=actor, election=election, phases=plan.phases)
