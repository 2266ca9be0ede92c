"""What the task queue still has to do, for whoever waits for it."""

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

# How a task ends whose worker was told to stop at once, or lost the database for a moment; any
# other failure is the task's own.
CUT_OFF = (
    "builtins.SystemExit",
    "builtins.KeyboardInterrupt",
    "django.db.utils.OperationalError",
    "django.db.utils.InterfaceError",
)


def still_to_do(*tasks):
    """The task rows of `tasks` that are queued, in some worker's hand, or about to be put back.

    What is in none of these states will never be done: it failed, or its workers kept dying.
    """
    waiting = Q(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    cut_off = Q(status=TaskResultStatus.FAILED, exception_class_path__in=CUT_OFF)
    paths = [task.module_path for task in tasks]
    return DBTaskResult.objects.filter(waiting | cut_off, task_path__in=paths)
