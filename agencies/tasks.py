"""What the worker does for this app. Every task is safe to run twice."""

from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone
from django_tasks import task

from .services import import_work

RETRY_AFTER = timedelta(minutes=1)
RETRIES = 5


@task()
def read_import(import_uuid, retries=RETRIES):
    """Read the files of an import into its preview; later, if the database is busy or away."""
    try:
        import_work.read(import_uuid)
    except OperationalError:
        if retries:
            _later(read_import).enqueue(import_uuid, retries - 1)
        raise


@task()
def apply_import(import_uuid, retries=RETRIES):
    """Write an approved import; later, if the database is busy or away."""
    try:
        import_work.apply(import_uuid)
    except OperationalError:
        if retries:
            _later(apply_import).enqueue(import_uuid, retries - 1)
        raise


def _later(again):
    return again.using(run_after=timezone.now() + RETRY_AFTER)
