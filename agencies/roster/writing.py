"""Writes a plan: batches of rows, never a query a person."""

from django.utils import timezone

from ..models import Agency, Employee, IdentityNumber, Placement
from .comparison import COMPARED, NewEmployee
from .tree import STORED

BATCH = 500


def write_plan(plan, state, *, deactivate=True):
    """Write `plan`, computed from `state`; returns how many heads changed. Inside a transaction.

    Whoever left is set inactive, never deleted; without `deactivate` they stay as they are.
    """
    now = timezone.now()
    left = plan.left if deactivate else []
    _write_units(plan.units)
    joined = _write_new(plan)
    _write_known(plan, left)
    _write_numbers(plan, state, joined, now)
    _write_placements(plan, joined, now)
    return _write_heads(plan.heads_written(deactivate=deactivate), joined)


def _write_heads(changes, joined):
    by_number = {employee.number: employee for employee in joined}
    for change in changes:
        is_new = isinstance(change.new, NewEmployee)
        change.agency.head = by_number[change.new.person.number] if is_new else change.new
    agencies = [change.agency for change in changes]
    Agency.objects.bulk_update(agencies, ["head"], batch_size=BATCH)
    return len(agencies)


def _write_units(units):
    Agency.objects.bulk_create(units.created, batch_size=BATCH)
    Agency.objects.bulk_update(units.updated, STORED, batch_size=BATCH)


def _write_new(plan):
    """Create the new employees; returns them with their keys."""
    joined = [
        Employee(
            government=plan.government,
            agency=item.agency,
            **{name: getattr(item.person, name) or "" for name in COMPARED},
        )
        for item in plan.new
    ]
    return Employee.objects.bulk_create(joined, batch_size=BATCH)


def _write_known(plan, left):
    """Update those who changed, moved or left.

    An upsert on the primary key: Django's `bulk_update` builds one CASE per row and field, and took
    a minute for nine thousand people where this takes four seconds. The rows exist: they were read
    under lock.
    """
    for item in (*plan.changed, *plan.moved):
        for change in item.changes:
            setattr(item.employee, change.field, change.new)
    for item in plan.moved:
        item.employee.agency = item.destination
    for employee in left:
        employee.active = False
    Employee.objects.bulk_create(
        [*(item.employee for item in (*plan.changed, *plan.moved)), *left],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*COMPARED, "agency", "active"],
        batch_size=BATCH,
    )


def _write_numbers(plan, state, joined, now):
    """Append new numbers to each person's history; one had before becomes the newest again."""
    recorded = set(state.numbers)
    history = [(employee, employee.number_kind, employee.number) for employee in joined]
    for item in (*plan.changed, *plan.moved):
        old = {change.field: change.old for change in item.changes}
        if "number" not in old:
            continue
        employee = item.employee
        if (employee.pk, old["number"]) not in recorded:
            kind = old.get("number_kind", employee.number_kind)
            history.append((employee, kind, old["number"]))
        history.append((employee, employee.number_kind, employee.number))
    IdentityNumber.objects.bulk_create(
        [
            IdentityNumber(employee=employee, kind=kind, number=number, since=now)
            for employee, kind, number in history
        ],
        update_conflicts=True,
        unique_fields=["employee", "number"],
        update_fields=["kind", "since"],
        batch_size=BATCH,
    )


def _write_placements(plan, joined, now):
    """Append where the new employees begin and where the moved ones are now."""
    placed = [*joined, *(item.employee for item in plan.moved)]
    Placement.objects.bulk_create(
        [Placement(employee=employee, agency=employee.agency, since=now) for employee in placed],
        batch_size=BATCH,
    )
