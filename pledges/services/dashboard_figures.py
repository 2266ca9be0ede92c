"""How far a ceremony or a campaign has come, from every side at once.

One query counts all of it, so that whatever is read from it adds up even while people sign: by OPD,
by wave, by kind of employee, by golongan, and by the hour. It reads the index `participant_figures`
alone. These are the recap's figures: the same participants, the same states.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import CharField, Count, Func, IntegerField, Value
from treebeard.mp_tree import MP_Node

from agencies.choices import EmployeeKind

from ..choices import CeremonyState, ParticipantState
from ..models import Participant, Tally
from ..reports import Progress, counted

COLUMNS = ("ceremony_id", "opd_id", "wave_id", "kind", "grade", "state")
OF_OPD = 2 * MP_Node.steplen
PNS = (EmployeeKind.PNS, EmployeeKind.CPNS)
PPPK = (EmployeeKind.PPPK, EmployeeKind.PPPK_PARUH_WAKTU)
LEVELS = ("IV", "III", "II", "I")
PPPK_LEVELS = (
    "XVII XVI XV XIV XIII XII XI X IX VIII VII VI V IV III II I"  # the highest first
).split()
WITHOUT_GRADE = "Tanpa golongan"
GRADES = (
    *(f"PNS golongan {level}" for level in LEVELS),
    *(f"PPPK golongan {level}" for level in PPPK_LEVELS),
    "Golongan lain",
    WITHOUT_GRADE,
)
KINDS = tuple(EmployeeKind.labels)


class HourOf(Func):
    """The hour of a moment in UTC, as "2023-01-11 08": the same words from both databases."""

    output_field = CharField()

    def as_sqlite(self, compiler, connection, **extra):
        """Moments are stored as text in UTC."""
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 13)", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        """Moments know their zone."""
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')"
        return self.as_sql(compiler, connection, template=template, **extra)


@dataclass(frozen=True)
class Figures:
    """The `Progress` in all, of each OPD (the least complete first), and by every other side.

    `hours` are pairs of the moment an hour begins and how many signatures that count it brought;
    together they are `total.signed`. `annulled` is how many count no longer.
    """

    total: Progress
    opds: list
    kinds: list
    grades: list
    waves: list
    hours: list
    annulled: int


def figures_of_ceremony(ceremony, paths):
    """The `Figures` of the participants whom the agencies of `paths` keep, in three queries."""
    rows, hours, names = _counts([ceremony.pk], paths)
    waves = [(wave.pk, wave.name) for wave in ceremony.waves.all()]
    return _figures(rows, hours, names, waves)


def figures_of_campaign(campaign, paths):
    """The same over all ceremonies of a campaign, in which everybody counts once; three queries.

    Of a cancelled ceremony only what was signed there counts: the others sign elsewhere.
    """
    states = dict(campaign.ceremonies.order_by().values_list("pk", "state"))
    rows, hours, names = _counts(list(states), paths)
    ended = {key for key, state in states.items() if state == CeremonyState.CANCELLED}
    still = (ParticipantState.SIGNED, ParticipantState.ANNULLED)
    rows = [row for row in rows if row[0] not in ended or row[5] in still]
    return _figures(rows, hours, names, waves=())


def level_of(kind, grade):
    """The golongan of a participant as a dashboard gathers them: "III/b" of a PNS is golongan III.

    PNS and PPPK count their golongan apart: II of the one is not II of the other.
    """
    level = grade.strip().upper().partition("/")[0]
    if not level:
        return WITHOUT_GRADE
    if kind in PNS and level in LEVELS:
        return f"PNS golongan {level}"
    if kind in PPPK and level in PPPK_LEVELS:
        return f"PPPK golongan {level}"
    return "Golongan lain"


def _counts(ceremonies, paths):
    """(rows of `COLUMNS` and how many, pairs of hour and how many, {OPD's key: (uuid, name)})."""
    tallies = Tally.objects.filter(ceremony__in=ceremonies).order_by()
    found = tallies.values_list("opd_id", "opd__uuid", "opd__name", "opd__path").distinct()
    opds = {key: (uuid, name, path) for key, uuid, name, path in found}
    participants = _kept(Participant.objects.filter(ceremony__in=ceremonies), opds, paths)
    rows, hours = [], []
    for *row, hour, people in _everything(participants):
        if hour:
            hours.append((datetime.strptime(f"{hour}+0000", "%Y-%m-%d %H%z"), people))
        else:
            rows.append((*row, people))
    names = {key: (uuid, name) for key, (uuid, name, _) in opds.items()}
    return rows, sorted((moment.astimezone(UTC), people) for moment, people in hours), names


def _kept(participants, opds, paths):
    """Those of them whom the agencies of `paths` keep, told by OPD wherever that is enough."""
    if any(len(path) > OF_OPD for path in paths):
        return participants.within(paths)
    mine = [key for key, (*_, path) in opds.items() if path.startswith(tuple(paths))]
    return participants if mine and len(mine) == len(opds) else participants.filter(opd__in=mine)


def _everything(participants):
    """One query: how many in each state by every column; and, with an hour, how many signed."""
    nowhere = dict.fromkeys(("of_ceremony", "of_opd", "of_wave"), Value(0, IntegerField()))
    unsaid = dict.fromkeys(("of_kind", "of_grade", "of_state"), Value("", CharField()))
    states = (
        participants.exclude(state=ParticipantState.DEPARTED)
        .order_by()
        .values(*COLUMNS)
        .annotate(hour=Value("", CharField()), people=Count("pk"))
        .values_list(*COLUMNS, "hour", "people")
    )
    hours = (
        participants.signed()
        .filter(signature__isnull=False)
        .order_by()
        .annotate(hour=HourOf("signature__signed_at"))
        .values("hour")
        .annotate(people=Count("pk"), **nowhere, **unsaid)
        .values_list(*nowhere, *unsaid, "hour", "people")
    )
    return states.union(hours, all=True)


def _figures(rows, hours, names, waves):
    opds = [_progress(names[key][1], counts, names[key][0]) for key, counts in _by(rows, 1).items()]
    kinds = {EmployeeKind(kind).label: counts for kind, counts in _by(rows, 3).items()}
    graded = [(*row, level_of(row[3], row[4])) for row in rows]
    grades = _by(graded, -1, people=-2)
    in_waves = _by(rows, 2)
    return Figures(
        total=_progress("", _states(rows)),
        opds=sorted(
            filter(_is_anybody, opds),
            key=lambda group: (group.percent, -group.pending, group.name),
        ),
        kinds=_in_order(KINDS, kinds),
        grades=_in_order(GRADES, grades),
        waves=[_progress(name, in_waves.get(key, Counter())) for key, name in waves],
        hours=hours,
        annulled=_states(rows)[ParticipantState.ANNULLED],
    )


def _in_order(names, groups):
    found = [_progress(name, groups[name]) for name in names if name in groups]
    return list(filter(_is_anybody, found))


def _is_anybody(progress):
    return progress.invited > 0


def _by(rows, column, people=-1):
    """{value of a column: how many in each state}."""
    found = {}
    for row in rows:
        found.setdefault(row[column], Counter())[row[5]] += row[people]
    return found


def _states(rows):
    return sum((Counter({row[5]: row[-1]}) for row in rows), Counter())


def _progress(name, counts, uuid=None):
    return replace(counted(name, counts), uuid=uuid)
