"""What happens to whom: each row's person compared with the employee who is stored, if one is."""

from dataclasses import dataclass, field

from ..choices import EmployeeKind
from ..errors import RowRejected
from ..models import Agency, Employee
from .records import Notice, Person
from .rejections import rejected_person

COMPARED = (
    *("siasn_id", "kind", "number_kind", "number", "name", "title_prefix", "title_suffix"),
    *("grade", "position", "echelon", "email", "phone"),
)
# CPNS become PNS and stand in the same export: a file with PNS only says they are none any more.
TOGETHER = {EmployeeKind.CPNS: EmployeeKind.PNS}


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


class Comparison:
    """Sorts people into a plan, one after the other; the first row of a person counts."""

    def __init__(self, plan, known):
        self.plan = plan
        self.known = known
        self.seen = {}
        self.met = set()
        self.kinds = set()

    def take(self, file, progress):
        """Sort the people of a file; rejected and odd rows come in the order of the file."""
        rejected, odd = list(file.rejected), list(file.warnings)
        for person in file.people:
            progress.advance()
            try:
                odd += self._take(person, file.headings)
            except RowRejected as problem:
                rejected.append(rejected_person(person, file.headings, problem))
        self.plan.rejected += sorted(rejected, key=lambda rejection: rejection.row)
        self.plan.warnings += sorted(odd, key=lambda notice: notice.row or 0)

    def _take(self, person, headings):
        """Sort one person into the plan; returns what is odd. Raises RowRejected."""
        employee, odd_person = self.known.find(person)
        agency, odd_unit = self.plan.units.known.find(person)
        self._check_first(person, employee)
        told = [("name", odd_person), ("unit_name", odd_unit)]
        if employee is None:
            self.kinds.add(_group(person.kind))
            self.plan.new.append(NewEmployee(person, agency))
        else:
            self.met.add(employee.pk)
            self._take_known(person, employee, agency)
        return [
            Notice(f"{what}.", person.file, person.row, headings.get(column, ""), person)
            for column, what in told
            if what
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
