"""What a killed worker had in hand is taken up again.

`django-tasks-db` leaves the task of a worker that died marked as running for ever. Here each worker
shows in the shared cache that it is alive; a task whose last worker no longer does is put back.
Every task is safe to run twice, so one too many does no harm.
"""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from netralitas.lib.task_queue import CUT_OFF

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
GAVE_UP = "netralitas.workers.GaveUp"


def show_alive(worker_id, lease=LEASE):
    """Let the other workers know for the time of `lease` that this one is alive."""
    cache.set(_key(worker_id), True, lease.total_seconds())


def put_back_lost_tasks(lease=LEASE):
    """Make the tasks of dead or stopped workers, and those that lost the database, ready again;
    returns how many.

    After `MOST_ATTEMPTS` workers have gone down with it a task is marked as failed instead.
    """
    return sum(_put_back(task) for task in _lost(lease))


def put_back_own_tasks(worker_id):
    """Make ready again what this very worker had in hand when the database went away."""
    running = DBTaskResult.objects.running()
    return sum(_put_back(task) for task in running if task.worker_ids[-1] == worker_id)


def _lost(lease):
    began_before = timezone.now() - lease
    for task in DBTaskResult.objects.running().filter(started_at__lt=began_before):
        if cache.get(_key(task.worker_ids[-1])) is None:
            yield task
    yield from DBTaskResult.objects.failed().filter(exception_class_path__in=CUT_OFF)


def _put_back(task):
    """Whether it was put back: somebody else may have done so in the meantime."""
    as_found = DBTaskResult.objects.filter(
        pk=task.pk, status=task.status, started_at=task.started_at
    )
    if len(task.worker_ids) < MOST_ATTEMPTS:
        return as_found.update(
            status=TaskResultStatus.READY, exception_class_path="", traceback="", finished_at=None
        )
    as_found.update(
        status=TaskResultStatus.FAILED, exception_class_path=GAVE_UP, finished_at=timezone.now()
    )
    return 0


def _key(worker_id):
    return f"worker:{worker_id}"
