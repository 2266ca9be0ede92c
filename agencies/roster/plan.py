"""What an import would change: what a person reads before saying yes, and what is then written.

Computed from the files and the stored state alone; nothing is saved here.
"""

from dataclasses import dataclass, field

from ..choices import EmployeeKind, RosterFileKind
from ..errors import RosterError, RowRejected
from ..models import Agency, Employee
from .matching import Known
from .progress import SILENT
from .records import Notice, Person
from .rejections import rejected_person
from .tree import UnitPlan, plan_units
from .values import comparable

COMPARED = (
    *("siasn_id", "kind", "number_kind", "number", "name", "title_prefix", "title_suffix"),
    *("grade", "position", "echelon", "email", "phone"),
)
# CPNS become PNS and stand in the same export: a file with PNS only says they are none any more.
TOGETHER = {EmployeeKind.CPNS: EmployeeKind.PNS}
MANY_LEFT = 10
MANY_LEFT_SHARE = 4


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A stored field that differs. For a number, show neither value to those who may not see it."""

    field: str
    old: object = field(repr=False)
    new: object = field(repr=False)

    @property
    def label(self):
        """The field's name in Indonesian."""
        return Employee._meta.get_field(self.field).verbose_name


@dataclass(frozen=True, slots=True)
class NewEmployee:
    """Somebody not known before."""

    person: Person
    agency: Agency


@dataclass(frozen=True, slots=True)
class ChangedEmployee:
    """Somebody known, of whom stored fields differ; back in the roster included."""

    employee: Employee
    person: Person
    changes: tuple


@dataclass(frozen=True, slots=True)
class MovedEmployee:
    """Somebody known who is in another agency now; `changes` holds what else differs."""

    employee: Employee
    person: Person
    origin: Agency
    destination: Agency
    changes: tuple


@dataclass
class Plan:
    """The whole import: units, people by what happens to them, rows not imported, warnings.

    `new_government`: the government was not known and is made from the hierarchy's root.
    """

    slug: str
    new_government: bool
    units: UnitPlan
    partial: bool
    files: list
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    left: list = field(default_factory=list)
    unchanged: int = 0
    rejected: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    @property
    def government(self):
        """The root; in the preview of a new government not saved."""
        return self.units.root

    def counts(self):
        """How many of each, by the names of the command's contract."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "moved": len(self.moved),
            "left": len(self.left),
            "unchanged": self.unchanged,
        }


def make_plan(roster, state, progress=SILENT):
    """The plan of importing `roster` into `state`. Raises RosterError if it cannot be done at all.

    `left` are the active employees, of the kinds present among the good rows, who are in none of
    the files; whoever may stand in a rejected row is not counted among them.
    """
    plan = Plan(
        slug=roster.slug,
        new_government=not state.agencies,
        units=_units(roster, state),
        partial=roster.partial,
        files=_files(roster),
    )
    plan.warnings += plan.units.warnings
    comparison = _Comparison(plan, Known(state.employees, state.numbers))
    progress.begin("Membandingkan dengan data tersimpan", sum(len(f.people) for f in roster.files))
    for file in roster.files:
        _compare(comparison, file, progress)
    if not roster.partial:
        plan.left = comparison.left(state.employees)
        _warn_of_many(plan, state.employees)
    return plan


def _files(roster):
    """What is kept of the files: [{kind, name, size, sha256}], the hierarchy first."""
    kinds = [(RosterFileKind.ROSTER.value, file) for file in roster.files]
    if roster.hierarchy is not None:
        kinds.insert(0, (RosterFileKind.UNITS.value, roster.hierarchy))
    return [
        {"kind": kind, "name": file.name, "size": file.size, "sha256": file.sha256}
        for kind, file in kinds
    ]


def _compare(comparison, file, progress):
    """Take a file's people into the plan; rejected and odd rows come in the order of the file."""
    plan, rejected, odd = comparison.plan, list(file.rejected), list(file.warnings)
    for person in file.people:
        progress.advance()
        try:
            odd += comparison.take(person, file.headings)
        except RowRejected as problem:
            rejected.append(rejected_person(person, file.headings, problem))
    plan.rejected += sorted(rejected, key=lambda rejection: rejection.row)
    plan.warnings += sorted(odd, key=lambda notice: notice.row or 0)


def _units(roster, state):
    if not state.agencies and roster.hierarchy is None:
        raise RosterError(f"Pemerintah daerah {roster.slug} belum dikenal; sertakan HierarkiUnor.")
    units = plan_units(roster.hierarchy, state.agencies, state.new_root_path, roster.slug)
    if state.foreign_unit_ids & units.known.by_siasn_id.keys():
        raise RosterError(
            f"Hierarki {roster.hierarchy.name} memuat ID unit milik pemerintah daerah lain."
        )
    return units


class _Comparison:
    """Sorts people into the plan, one after the other; the first row of a person counts."""

    def __init__(self, plan, known):
        self.plan = plan
        self.known = known
        self.seen = {}
        self.met = set()
        self.kinds = set()

    def take(self, person, headings):
        """Sort one person into the plan; returns what is odd. Raises RowRejected."""
        employee = self.known.find(person)
        agency, odd_unit = self.plan.units.known.find(person)
        self._check_first(person, employee)
        told = [("unit_name", odd_unit)] if odd_unit else []
        if employee is None:
            self.kinds.add(_group(person.kind))
            self.plan.new.append(NewEmployee(person, agency))
        else:
            self.met.add(employee.pk)
            told += _oddities(person, employee)
            self._take_known(person, employee, agency)
        return [
            Notice(f"{what}.", person.file, person.row, headings.get(column, ""), person)
            for column, what in told
        ]

    def _take_known(self, person, employee, agency):
        changes = _changes(employee, person)
        self.kinds.add(_group(person.kind if person.kind_told else employee.kind))
        if employee.agency_id != agency.pk:
            origin = self.plan.units.known.by_pk[employee.agency_id]
            self.plan.moved.append(MovedEmployee(employee, person, origin, agency, changes))
        elif changes:
            self.plan.changed.append(ChangedEmployee(employee, person, changes))
        else:
            self.plan.unchanged += 1

    def _check_first(self, person, employee):
        keys = [("number", person.number)]
        keys += [("siasn_id", person.siasn_id)] if person.siasn_id else []
        keys += [("employee", employee.pk)] if employee else []
        first = next((self.seen[key] for key in keys if key in self.seen), None)
        if first is not None:
            raise RowRejected(
                f"Orang yang sama ada pada {first.place} dan {person.place}; "
                "yang dipakai adalah yang pertama."
            )
        self.seen.update(dict.fromkeys(keys, person))

    def left(self, employees):
        """The active employees of the kinds met who were not met."""
        spared = {
            employee.pk
            for rejection in self.plan.rejected
            for employee in self.known.possibly(rejection)
        }
        return [
            employee
            for employee in employees
            if employee.active
            and _group(employee.kind) in self.kinds
            and employee.pk not in self.met
            and employee.pk not in spared
        ]


def _group(kind):
    return TOGETHER.get(kind, kind)


def _oddities(person, employee):
    """A known number with another name and PNS ID may be a typing error at the source."""
    other_id = person.siasn_id and employee.siasn_id not in ("", person.siasn_id)
    if not other_id or comparable(person.name) == comparable(employee.name):
        return []
    told = "nomornya tersimpan dengan nama dan PNS ID lain; periksa apakah orangnya sama"
    return [("siasn_id", told)]


def _changes(employee, person):
    """What the row would change, field by field; a field of which it says nothing is left alone."""
    told = COMPARED
    if not person.kind_told and employee.number_kind == person.number_kind:
        told = [name for name in COMPARED if name != "kind"]
    changes = [
        FieldChange(name, getattr(employee, name), getattr(person, name))
        for name in told
        if getattr(person, name) is not None and getattr(person, name) != getattr(employee, name)
    ]
    if not employee.active:
        changes.append(FieldChange("active", False, True))
    return tuple(changes)


def _warn_of_many(plan, employees):
    """Warn when so many would be taken for gone that the files may be only a part."""
    left, active = len(plan.left), sum(employee.active for employee in employees)
    if left >= MANY_LEFT and left * MANY_LEFT_SHARE >= active:
        told = (
            f"{left} dari {active} pegawai aktif tidak ada dalam berkas. Bila berkas hanya memuat "
            "sebagian pegawai, ulangi impor ini sebagai impor sebagian."
        )
        plan.warnings.append(Notice(told))
