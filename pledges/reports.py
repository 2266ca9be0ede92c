"""Numbers about ceremonies: every count that a page or a paper shows comes from here."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Q, Sum
from django.utils import timezone

from agencies.models import Event
from agencies.querysets import below
from agencies.reports import chapters

from .choices import UNCOUNTED, CeremonyState, ParticipantState
from .models import Signature, Tally

COUNTED = ("invited", "signed", "excused", "refused")
IS_ANNULLED = Q(state=ParticipantState.ANNULLED)
DEPARTED = Q(state=ParticipantState.DEPARTED)
IS_UNCOUNTED = Q(state__in=UNCOUNTED)
# Who signed last at one ceremony is looked for among so many of all.
LATEST_LOOKED_AT = 100


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
        return self.invited - self.signed - self.absent

    @property
    def absent(self):
        """From how many none is expected any more: excused or refusing."""
        return self.excused + self.refused

    @property
    def percent(self):
        """Signed of invited, rounded down, so that 100 means everybody."""
        return 100 * self.signed // self.invited if self.invited else 0


def state_counts():
    """The aggregates behind every `Progress`."""
    return {
        "invited": Count("pk", filter=~IS_UNCOUNTED),
        "signed": Count("pk", filter=Q(state=ParticipantState.SIGNED)),
        "excused": Count("pk", filter=Q(state=ParticipantState.EXCUSED)),
        "refused": Count("pk", filter=Q(state=ParticipantState.REFUSED)),
    }


def progress_of(participants, name=""):
    """The progress of one set of participants, in one query."""
    return Progress(name=name, **participants.aggregate(**state_counts()))


def progress_by_opd(participants):
    """The progress of each OPD in the set, the least complete first, in one query.

    An OPD all of whose people have departed is none of them.
    """
    rows = (
        participants.exclude(DEPARTED)
        .order_by()
        .values("opd__uuid", "opd_name")
        .annotate(**state_counts())
        .values_list("opd__uuid", "opd_name", "invited", "signed", "excused", "refused")
    )
    groups = [
        Progress(uuid=uuid, name=name, invited=i, signed=s, excused=e, refused=r)
        for uuid, name, i, s, e, r in rows
    ]
    return sorted(groups, key=lambda group: (group.percent, -group.pending, group.name))


@dataclass(frozen=True)
class OpdRecap:
    """How far an OPD has come, and each unit of it that takes part."""

    total: Progress
    units: list


@dataclass(frozen=True)
class Recap:
    """How far all have come, and each OPD by name; how many signatures of them count no longer."""

    total: Progress
    opds: list
    annulled: int = 0


def recap_of(participants):
    """The `Recap` of a set of participants, in one query. Units stand in the order of the tree."""
    columns = ("opd__uuid", "opd_name", "agency__uuid", "agency_name", "agency__path", *COUNTED)
    rows = list(
        participants.exclude(DEPARTED)
        .order_by()
        .values(*columns[: -len(COUNTED)])
        .annotate(**state_counts(), annulled=Count("pk", filter=IS_ANNULLED))
        .order_by("opd_name", "opd__uuid", "agency__path", "agency_name")
        .values(*columns, "annulled")
    )
    opds = [
        OpdRecap(
            total=_summed(name, units, uuid),
            units=[_summed(row["agency_name"], [row], row["agency__uuid"]) for row in units],
        )
        for (name, uuid), units in _grouped(rows, "opd_name", "opd__uuid")
    ]
    annulled = sum(row["annulled"] for row in rows)
    return Recap(total=_summed("", rows), opds=opds, annulled=annulled)


def counted(name, states):
    """The progress of participants in these states."""
    found = Counter(states)
    return Progress(
        name=name,
        invited=found.total() - sum(found[state] for state in UNCOUNTED),
        signed=found[ParticipantState.SIGNED],
        excused=found[ParticipantState.EXCUSED],
        refused=found[ParticipantState.REFUSED],
    )


def _grouped(rows, *columns):
    """(values of these columns, their rows) of rows sorted by them."""
    return [(key, list(group)) for key, group in groupby(rows, itemgetter(*columns))]


def progress_by_ceremony(participants):
    """The progress of each ceremony, as a dictionary by the ceremony's key, in one query."""
    rows = participants.order_by().values("ceremony_id").annotate(**state_counts())
    return {row.pop("ceremony_id"): Progress(name="", **row) for row in rows}


@dataclass(frozen=True)
class WaveStanding:
    """A wave, whether its turn has come, and how far those are whom the reader may see.

    Of a draft, whose waves hold nobody yet, `planned` is how many would be in it.
    """

    wave: object
    begun: bool
    signed: int
    invited: int
    planned: int


def waves_of(ceremony, paths, planned=None):
    """The `WaveStanding` of each wave in its order, in two queries of a few rows.

    Counted are the OPD within `paths`, by the database's own counts. Nobody's own are counted for
    a role on a unit alone: those counts know no units. `planned` holds numbers by the wave's key.
    """
    now = timezone.now()
    tallies = ceremony.tallies.filter(below(paths, "opd__path")).order_by().values("wave_id")
    counted = tallies.annotate(signed=Sum("signed"), invited=Sum("invited"))
    figures = {row.pop("wave_id"): row for row in counted}
    nobody = {"signed": 0, "invited": 0}
    return [
        WaveStanding(
            wave,
            wave.has_begun(now),
            planned=(planned or {}).get(wave.pk, 0),
            **figures.get(wave.pk, nobody),
        )
        for wave in ceremony.waves.all()
    ]


@dataclass(frozen=True)
class Standing:
    """How far a ceremony has come: in all, each OPD by name, each wave in its order."""

    total: Progress
    opds: list
    waves: list


def standing_of(ceremony):
    """The `Standing` of a frozen ceremony from the database's own counts, in two queries.

    They cost the same however many take part. `waves` are pairs of a wave and its progress.
    """
    columns = ("opd__uuid", "opd__name", "wave_id", *COUNTED)
    rows = list(Tally.objects.filter(ceremony=ceremony, invited__gt=0).order_by().values(*columns))
    names = {row["opd__uuid"]: row["opd__name"] for row in rows}
    opds = [
        _summed(name, [row for row in rows if row["opd__uuid"] == uuid], uuid)
        for uuid, name in sorted(names.items(), key=lambda opd: (opd[1], str(opd[0])))
    ]
    waves = [
        (wave, _summed(wave.name, [row for row in rows if row["wave_id"] == wave.pk]))
        for wave in ceremony.waves.all()
    ]
    return Standing(total=_summed("", rows), opds=opds, waves=waves)


def _summed(name, rows, uuid=None):
    counts = {column: sum(row[column] for row in rows) for column in COUNTED}
    return Progress(name=name, uuid=uuid, **counts)


def latest_signers(ceremony, count):
    """The names of the last `count` who signed at `ceremony`, the latest first, in one query.

    Only those among the latest hundred of the whole installation, so that it never costs more.
    """
    latest = Signature.objects.order_by("-id").values_list(
        "participant__ceremony_id", "participant__state", "participant__name"
    )
    wanted = (ceremony.pk, ParticipantState.SIGNED)
    mine = [name for *of, name in latest[:LATEST_LOOKED_AT] if tuple(of) == wanted]
    return mine[:count]


def slips_by_opd(participants):
    """How many of the unsigned hold a PIN slip that is still valid: a dictionary by OPD's uuid."""
    holders = participants.unsigned().with_slip().order_by().values("opd__uuid")
    return dict(holders.annotate(slips=Count("pk")).values_list("opd__uuid", "slips"))


def missing_slips_by_ceremony(participants):
    """How many of the unsigned hold no valid PIN slip: a dictionary by the ceremony's key."""
    missing = participants.unsigned().without_slip().order_by().values("ceremony_id")
    return dict(missing.annotate(people=Count("pk")).values_list("ceremony_id", "people"))


@dataclass(frozen=True)
class OwnParticipations:
    """The places of one person in ceremonies, by what can be done about them."""

    to_sign: list
    upcoming: list
    signed: list
    missed: list
    absent: list
    annulled: list
    departed: list


def own_participations(participants):
    """The `OwnParticipations` among `participants`, in one query.

    Of a cancelled ceremony only what was signed there is still told, as what was annulled anywhere.
    """
    rows = list(latest_first(participants))
    signed = [row for row in rows if row.state == ParticipantState.SIGNED]
    annulled = [row for row in rows if row.is_annulled]
    others = [
        row
        for row in rows
        if row not in (*signed, *annulled) and row.ceremony.state != CeremonyState.CANCELLED
    ]
    departed = [row for row in others if row.is_departed]
    pending = [row for row in others if row.is_pending]
    return OwnParticipations(
        to_sign=[row for row in pending if row.ceremony.state == CeremonyState.OPEN],
        upcoming=[row for row in pending if row.ceremony.state == CeremonyState.READY],
        missed=[row for row in pending if row.ceremony.closed_at and not row.ceremony.is_open],
        absent=[row for row in others if row.is_absent],
        departed=departed,
        annulled=annulled,
        signed=signed,
    )


def latest_first(participants):
    """With ceremony and signature in the same query, the latest ceremony first."""
    related = ("ceremony__election", "ceremony__organizer", "signature")
    return participants.select_related(*related).order_by("-ceremony__starts_at", "-pk")


def history_of_participant(participant):
    """What was done at the ceremony to one participant, as `history_of`."""
    about = Event.objects.of(participant.ceremony) | Event.objects.of(participant)
    return chapters(about.filter(employee=participant.employee_id))


def history_of(ceremony):
    """What was done to a ceremony, the latest first, repetitions told as one line."""
    return chapters(Event.objects.of(ceremony))
