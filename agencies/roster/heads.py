"""Who heads an agency, as far as the roster tells."""

from dataclasses import dataclass

from ..models import Agency, Employee
from .comparison import NewEmployee
from .values import ECHELONS

RANKS = {echelon: rank for rank, echelon in enumerate(ECHELONS)}


@dataclass(frozen=True, slots=True)
class HeadChange:
    """An agency that gets another head, its first, or none any more."""

    agency: Agency
    old: Employee | None
    new: Employee | NewEmployee | None


def new_heads(plan, employees, leaving=()):
    """The changes of heads that come with `plan`, if those `leaving` are deactivated.

    A head is set where there is none, or the head left the roster or, by this import, the post (as
    when HR moves somebody by hand); a head whom HR named from another agency stays. The new one is
    the only active employee directly in the agency with its highest echelon (II.a before II.b …);
    if there is no such one, the post is vacant. The government itself has none: its heads are
    elected, not employed.
    """
    touched = {item.employee.pk: item for item in (*plan.changed, *plan.moved)}
    gone = {employee.pk for employee in leaving}
    active = {
        employee.pk: employee
        for employee in employees
        if (employee.active or employee.pk in touched) and employee.pk not in gone
    }
    moves = {item.employee.pk: (item.origin, item.destination) for item in plan.moved}
    best = _best(_staff(plan, active.values(), touched))
    by_pk = {employee.pk: employee for employee in employees}
    changes = []
    for agency in plan.units.agencies:
        move = moves.get(agency.head_id)
        stays = agency.head_id in active and not (move and agency.loses_head(*move))
        head = best.get(agency.uuid)
        if not (agency.is_root() or stays) and (head or agency.head_id):
            changes.append(HeadChange(agency, by_pk.get(agency.head_id), head))
    return changes


def _staff(plan, active, touched):
    """(who, the agency's uuid, echelon) of everybody, as they are after the import."""
    agencies = plan.units.known.by_pk
    for item in plan.new:
        yield item, item.agency.uuid, item.person.echelon
    for employee in active:
        item = touched.get(employee.pk)
        echelon = employee.echelon
        for change in item.changes if item else ():
            echelon = change.new if change.field == "echelon" else echelon
        agency = getattr(item, "destination", None) or agencies[employee.agency_id]
        yield employee, agency.uuid, echelon


def _best(staff):
    """{agency uuid: the one person with the highest echelon there}; None where two share it."""
    best = {}
    for who, agency, echelon in staff:
        rank = RANKS.get(echelon)
        if rank is None:
            continue
        first = best.get(agency, (len(RANKS), None))
        if rank < first[0]:
            best[agency] = (rank, who)
        elif rank == first[0]:
            best[agency] = (rank, None)
    return {agency: who for agency, (_, who) in best.items()}
