"""Which countersigned pacts the worker is asked to make, again or because a task was lost."""

from django.utils import timezone

from netralitas.lib.task_queue import still_to_do

from ...models import CountersignedPact
from ...tasks import make_countersigned


def enqueue_due():
    """Ask for what is due and what no task will make; returns for how many countersignatures.

    Asked twice at once, the second makers find nothing left.
    """
    due = CountersignedPact.objects.due(timezone.now()).order_by()
    keys = set(due.values_list("countersignature", flat=True).distinct())
    if not keys:
        return 0
    rows = still_to_do(make_countersigned).values_list("args_kwargs", flat=True)
    keys -= {row["args"][0] for row in rows if row["args"]}
    for key in sorted(keys):
        make_countersigned.enqueue(key)
    return len(keys)
