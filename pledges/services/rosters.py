"""Who takes part in a ceremony, and the freezing of that list."""

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Substr

from agencies.models import Agency, Employee
from agencies.querysets import below

from ..choices import Scope
from ..models import Participant
from ..models.participant import FROZEN_FIELDS

BATCH = 1000


def eligible(ceremony):
    """The active employees whom the ceremony's scope takes in, as they are today.

    Whoever counts in another ceremony of its campaign already is left out.
    """
    employees = in_scope(ceremony)
    if ceremony.campaign_id is None:
        return employees
    counted = Participant.objects.invited().filter(campaign=ceremony.campaign_id)
    return employees.exclude(Exists(counted.filter(employee=OuterRef("pk"))))


def in_scope(ceremony):
    """The active employees whom the scope takes in, also those who count in the campaign."""
    return within_scope(ceremony, Employee.objects.active())


def within_scope(ceremony, employees):
    """Those of `employees` whom the scope takes in, whether active or not."""
    if ceremony.scope == Scope.AGENCIES:
        paths = ceremony.agencies.values_list("path", flat=True)
        return employees.filter(below(paths, "agency__path"))
    employees = employees.under(ceremony.organizer)
    if ceremony.scope == Scope.OFFICIALS:
        offices = holds_office(ceremony.official_echelons, ceremony.official_positions)
        return employees.filter(offices)
    return employees


def eligible_by_wave(ceremony):
    """How many of them each wave would take if the roster were frozen now: {wave's key: people}."""
    employees = eligible(ceremony).order_by()
    keyed = employees.annotate(wave_key=_first_of(ceremony.waves.all())).values_list("wave_key")
    return dict(keyed.annotate(Count("pk")))


def holds_office(echelons, positions):
    """A condition: the echelon, or the beginning of the position, is one of these.

    Positions are named as well because heads of OPD, camat and lurah stand in different echelons
    and share each with others.
    """
    condition = Q(pk__in=[])
    for level in echelons:
        condition |= Q(echelon=level) | Q(echelon__startswith=f"{level}.")
    for beginning in positions:
        condition |= Q(position__istartswith=beginning)
    return condition


def freeze_participants(ceremony):
    """Write one participant for each eligible employee; returns how many.

    Call it inside the transaction that makes the ceremony READY.
    """
    participants = places_of(ceremony, eligible(ceremony))
    Participant.objects.bulk_create(participants, batch_size=BATCH)
    return len(participants)


def places_of(ceremony, employees):
    """The unsaved participants that these employees would be now, each in its wave and OPD."""
    waves = {wave.pk: wave for wave in ceremony.waves.all()}
    # Everything of a person in one query: on PostgreSQL an import may end between two.
    employees = employees.select_related("agency").order_by("id")
    employees = list(employees.annotate(wave_key=_first_of(waves.values()), opd_key=_opd()))
    opds = Agency.objects.in_bulk({employee.opd_key for employee in employees})
    return [
        frozen(ceremony, waves[employee.wave_key], employee, opds[employee.opd_key])
        for employee in employees
    ]


def join_campaign(ceremony):
    """Count the participants of a frozen ceremony in the campaign it now belongs to.

    Returns False, and changes nothing, if somebody counts there already.
    """
    elsewhere = Participant.objects.invited().filter(campaign=ceremony.campaign_id)
    mine = ceremony.participants.invited()
    if mine.filter(employee__in=elsewhere.order_by().values("employee")).exists():
        return False
    ceremony.participants.update(campaign=ceremony.campaign_id)
    return True


def nobody_left(ceremony):
    """Whether all whom its scope takes in count in other ceremonies of its campaign already."""
    return in_scope(ceremony).exists() and not eligible(ceremony).exists()


def leave_campaign(ceremony):
    """Whoever has not signed at a cancelled ceremony may take part in another of its campaign."""
    ceremony.participants.not_signed().exclude(campaign=None).update(campaign=None)


def _first_of(waves):
    """The key of the first wave that takes an employee; the last takes whoever is left."""
    *earlier, last = waves
    return Case(
        *(When(holds_office(wave.echelons, wave.positions), then=wave.pk) for wave in earlier),
        default=Value(last.pk),
    )


def _opd():
    """The key of the OPD that an employee's agency is or belongs to, or of the government."""
    path = Substr(OuterRef("agency__path"), 1, 2 * Agency.steplen)
    return Subquery(Agency.objects.filter(path=path).order_by().values("pk"))


def frozen(ceremony, wave, employee, opd):
    """An unsaved participant with the employee's identity of this moment."""
    return Participant(
        ceremony=ceremony,
        campaign_id=ceremony.campaign_id,
        wave=wave,
        employee=employee,
        agency=employee.agency,
        opd=opd,
        name=employee.full_name,
        bare_name=employee.name,
        agency_name=employee.agency.name,
        opd_name=opd.name,
        **{field: getattr(employee, field) for field in FROZEN_FIELDS},
    )
