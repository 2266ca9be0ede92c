"""What stays of an import: its preview line by line, and the event that says it was applied."""

from itertools import islice

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Replace, Trim
from django.utils import timezone

from ..choices import ImportState, LineGroup
from ..models import Employee, RosterFile, RosterImport, RosterLine
from ..services.events import record
from .lines import counts_of, digest_of, line_counts, lines_of
from .structure import IF_ALL_STAY, IF_DEACTIVATED

BATCH = 1000
OF_PEOPLE = (LineGroup.NEW, LineGroup.CHANGED, LineGroup.MOVED, LineGroup.LEFT)


def keep_preview(plan, roster_import):
    """Replace the lines of an import by those of `plan`, one batch in memory at a time."""
    forget_preview(roster_import)
    lines = lines_of(plan, roster_import)
    while batch := list(islice(lines, BATCH)):
        RosterLine.objects.bulk_create(batch)


def forget_preview(roster_import):
    """Delete the lines of an import."""
    roster_import.lines.all()._raw_delete(roster_import._state.db)


def keep_applied(plan, *, actor, heads):
    """Keep an import that was written without a preview in the browser; returns it.

    Of its files name, size and digest stay. Call it in the transaction that writes.
    """
    now = timezone.now()
    roster_import = RosterImport.objects.create(
        government=plan.government,
        state=ImportState.APPLIED,
        partial=plan.partial,
        deactivates=not plan.partial,
        created_by=actor,
        applied_by=actor,
        applied_at=now,
        counts=counts_of(plan),
        plan_digest=digest_of(plan),
    )
    RosterFile.objects.bulk_create(
        RosterFile(roster_import=roster_import, **file) for file in plan.files
    )
    keep_preview(plan, roster_import)
    note_applied(plan, roster_import, heads=heads)
    return roster_import


def _keep_what_came_about(roster_import):
    """Of the heads that hung on the decision about who left, keep those that it brought about."""
    taken, other = IF_DEACTIVATED, IF_ALL_STAY
    if not roster_import.deactivates:
        taken, other = other, taken
    heads = roster_import.lines.filter(group=LineGroup.HEAD)
    heads.filter(reason__endswith=other).delete()
    heads.update(reason=Trim(Replace("reason", Value(taken))))


def note_applied(plan, roster_import, *, heads):
    """Say of each line whom it concerned, and leave one event, after `plan` was written.

    Lines and people meet by number, in one query: no two employees of a government share one.
    Counts and digests go to the audit trail, no name and no number of a person.
    """
    groups = [group for group in OF_PEOPLE if group != LineGroup.LEFT or roster_import.deactivates]
    employees = Employee.objects.filter(government=plan.government, number=OuterRef("number"))
    roster_import.lines.filter(group__in=groups).update(employee=Subquery(employees.values("pk")))
    _keep_what_came_about(roster_import)
    record(
        actor=roster_import.applied_by,
        act="roster.applied",
        obj=roster_import,
        government=plan.government,
        data={
            "files": [{"sha256": file["sha256"]} for file in plan.files],
            "counts": line_counts(plan),
            "units": plan.units.counts(),
            "heads": heads,
            "partial": plan.partial,
            "deactivates": roster_import.deactivates,
            "new_government": plan.new_government,
        },
    )
