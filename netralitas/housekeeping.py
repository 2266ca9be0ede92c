"""What has to be done now and then: once an hour by some worker, or by `manage.py housekeeping`."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django_tasks import task

from agencies.services import import_sweeps
from pledges.services import pack_files, pact_files, pact_queue, slip_files

from . import register_watch

EVERY = timedelta(hours=1)
# Of tasks that failed the trace is kept longer: somebody may ask why.
DAYS_KEPT = 14
DAYS_KEPT_FAILED = 90


def keep_house():
    """Clear away what is no longer needed; safe to run at any time, and twice at once."""
    call_command("clearsessions")
    forget_sessions()
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=DAYS_KEPT,
        failed_min_age_days=DAYS_KEPT_FAILED,
    )
    import_sweeps.discard_untouched()
    import_sweeps.remove_leftovers()
    slip_files.clear_away()
    pack_files.clear_away()
    pact_queue.enqueue_left()
    register_watch.seal_left_behind()
    pact_files.clear_away()


def forget_sessions():
    """Delete what is known of sessions that are over: from which address and browser they came."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@task()
def housekeeping():
    """`keep_house`, as a task: what fails there is noted, and no worker's watch ends with it."""
    keep_house()


def enqueue_when_due():
    """Leave the housekeeping in the queue, once in an hour among all workers."""
    if cache.add("housekeeping", True, EVERY.total_seconds()):
        housekeeping.enqueue()
