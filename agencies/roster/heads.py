"""Who heads an agency, as far as the roster tells."""

from .values import ECHELONS

RANKS = {echelon: rank for rank, echelon in enumerate(ECHELONS)}


def new_heads(agencies, employees, moved_from):
    """Set `head` on the agencies where it has to change, and return those agencies.

    It is set where there is none, or the head left the roster or, by this import, the agency
    (`moved_from`: {employee id: old agency id}); a head whom HR named from another agency stays.
    The new one is the only active employee directly in the agency with its highest echelon
    (II.a before II.b …); if there is no such one, the post is vacant. The government itself has
    none: its heads are elected, not employed.
    """
    active = {employee.pk: employee for employee in employees if employee.active}
    best = _best(active.values())
    touched = []
    for agency in agencies:
        if agency.is_root() or not _is_vacant(agency, active, moved_from):
            continue
        head = best.get(agency.pk)
        if agency.head_id != (head.pk if head else None):
            agency.head = head
            touched.append(agency)
    return touched


def _is_vacant(agency, active, moved_from):
    return agency.head_id not in active or moved_from.get(agency.head_id) == agency.pk


def _best(employees):
    """{agency id: the one employee with the highest echelon there}; None where two share it."""
    best = {}
    for employee in employees:
        rank = RANKS.get(employee.echelon)
        if rank is None:
            continue
        first = best.get(employee.agency_id, (len(RANKS), None))
        if rank < first[0]:
            best[employee.agency_id] = (rank, employee)
        elif rank == first[0]:
            best[employee.agency_id] = (rank, None)
    return {agency_id: employee for agency_id, (_, employee) in best.items()}
