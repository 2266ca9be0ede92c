"""Which pacts the worker is asked to make again, and when."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from netralitas.lib.task_queue import still_to_do

from ..models import PactFailure, Signature
from ..tasks import issue_pact
from . import pact_seals, trail

AT_A_TIME = 1000
# Until what was asked for is asked for once more, should it have been lost on its way.
ASKED_FOR = timedelta(hours=1)
# So long may the worker be busy with what was signed before.
LEFT_AFTER = timedelta(minutes=10)


def enqueue_due():
    """Ask for the pacts whose time has come again; returns how many. Safe to call twice at once."""
    now = timezone.now()
    due = list(PactFailure.objects.due(now)[:AT_A_TIME])
    if not due:
        return 0
    with transaction.atomic():
        return sum(_ask_again(failure, now) for failure in due)


def enqueue_left():
    """Ask for the pacts that nobody will make otherwise: no task, no failure noted; how many.

    Such ones are left by a task that ended with the database, or by a queue that was emptied.
    """
    signed_before = timezone.now() - LEFT_AFTER
    left = Signature.objects.without_pact().filter(pact_failure=None, signed_at__lt=signed_before)
    waiting = expected()
    keys = [key for key in left.values_list("pk", flat=True) if key not in waiting]
    for key in keys:
        issue_pact.enqueue(key)
    return len(keys)


def try_again(*, actor, ceremony, failures):
    """Somebody says that the cause is mended: the worker tries `failures` (of one ceremony) at its
    next beat. Returns how many.
    """
    now = timezone.now()
    with transaction.atomic():
        count = failures.waiting().update(next_at=now)
        trail.record(actor, "pact.retried", ceremony, {"count": count})
    pact_seals.ask_the_server_again()
    return count


def _ask_again(failure, now):
    """Whether it was this caller who asked."""
    as_found = PactFailure.objects.filter(pk=failure.pk, next_at=failure.next_at)
    first = as_found.update(next_at=now + ASKED_FOR)
    if first:
        issue_pact.enqueue(failure.signature_id)
    return first


def expected():
    """The keys of the signatures for which a task is still to be done."""
    rows = still_to_do(issue_pact).values_list("args_kwargs", flat=True)
    return {row["args"][0] for row in rows if row["args"]}
