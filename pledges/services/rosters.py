"""Who takes part in a ceremony, and the freezing of that list."""

from django.db.models import Q

from agencies.models import Agency, Employee
from agencies.querysets import below

from ..choices import Scope
from ..models import Participant
from ..models.participant import FROZEN_FIELDS

BATCH = 1000


def eligible(ceremony):
    """The active employees whom the ceremony's scope takes in, as they are today."""
    employees = Employee.objects.active()
    if ceremony.scope == Scope.AGENCIES:
        paths = ceremony.agencies.values_list("path", flat=True)
        return employees.filter(below(paths, "agency__path"))
    employees = employees.under(ceremony.organizer)
    if ceremony.scope == Scope.OFFICIALS:
        return employees.filter(holds_office(ceremony))
    return employees


def holds_office(ceremony):
    """A condition: the echelon, or the beginning of the position, is one the ceremony names.

    Positions are named as well because heads of OPD, camat and lurah stand in different echelons
    and share each with others.
    """
    condition = Q(pk__in=[])
    for level in ceremony.official_echelons:
        condition |= Q(echelon=level) | Q(echelon__startswith=f"{level}.")
    for beginning in ceremony.official_positions:
        condition |= Q(position__istartswith=beginning)
    return condition


def freeze_participants(ceremony):
    """Write one participant for each eligible employee; returns how many.

    Call it inside the transaction that makes the ceremony READY.
    """
    opds = {agency.path: agency for agency in opds_of(ceremony)}
    employees = eligible(ceremony).select_related("agency").order_by("id")
    participants = [
        frozen(ceremony, employee, opds[employee.agency.opd_path]) for employee in employees
    ]
    Participant.objects.bulk_create(participants, batch_size=BATCH)
    return len(participants)


def opds_of(ceremony):
    """The government of the ceremony and its OPD."""
    root = ceremony.organizer.government_path
    return Agency.objects.filter(path__startswith=root, depth__lte=2)


def frozen(ceremony, employee, opd):
    """An unsaved participant with the employee's identity of this moment."""
    return Participant(
        ceremony=ceremony,
        employee=employee,
        agency=employee.agency,
        opd=opd,
        name=employee.full_name,
        bare_name=employee.name,
        agency_name=employee.agency.name,
        opd_name=opd.name,
        **{field: getattr(employee, field) for field in FROZEN_FIELDS},
    )
