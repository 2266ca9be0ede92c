"""A task survives the worker that had it in hand."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from netralitas import workers

from .slow import write_twice

LONG_AGO = timedelta(hours=1)


@pytest.fixture
def claimed(db):
    """A function that makes a task which a worker took an hour ago."""
    cache.clear()

    def claim(worker_id="gone", attempts=1, **fields):
        result = write_twice.enqueue("nowhere")
        task = DBTaskResult.objects.get(pk=result.id)
        for _ in range(attempts):
            task.claim(worker_id)
        began = timezone.now() - LONG_AGO
        DBTaskResult.objects.filter(pk=task.pk).update(started_at=began, **fields)
        return task

    return claim


def status_of(task):
    return DBTaskResult.objects.get(pk=task.pk).status


def test_the_task_of_a_dead_worker_is_put_back(claimed):
    task = claimed()
    assert workers.put_back_lost_tasks() == 1
    assert status_of(task) == "READY"


def test_the_task_of_a_living_worker_is_left_alone(claimed):
    task = claimed("alive")
    workers.show_alive("alive")
    assert workers.put_back_lost_tasks() == 0
    assert status_of(task) == "RUNNING"


def test_a_task_that_was_just_taken_is_left_alone(claimed):
    task = claimed()
    DBTaskResult.objects.update(started_at=timezone.now())
    assert workers.put_back_lost_tasks() == 0
    assert status_of(task) == "RUNNING"


def test_a_worker_puts_back_what_it_had_in_hand_itself(claimed):
    mine, other = claimed("mine"), claimed("other")
    assert workers.put_back_own_tasks("mine") == 1
    assert (status_of(mine), status_of(other)) == ("READY", "RUNNING")


@pytest.mark.parametrize("how", workers.CUT_OFF)
def test_a_task_that_was_cut_off_is_put_back(claimed, how):
    task = claimed(status="FAILED", exception_class_path=how)
    assert workers.put_back_lost_tasks() == 1
    assert status_of(task) == "READY"


def test_a_task_that_failed_by_itself_is_not_put_back(claimed):
    task = claimed(status="FAILED", exception_class_path="builtins.ValueError")
    assert workers.put_back_lost_tasks() == 0
    assert status_of(task) == "FAILED"


def test_a_task_that_takes_down_every_worker_fails_in_the_end(claimed):
    task = claimed(attempts=workers.MOST_ATTEMPTS)
    assert workers.put_back_lost_tasks() == 0
    task.refresh_from_db()
    assert (task.status, task.exception_class_path) == ("FAILED", workers.GAVE_UP)


def test_a_killed_worker_s_task_is_done_by_the_next(tmp_path):
    """The whole way, with real processes and SIGKILL, on a database of their own."""
    notes = tmp_path / "notes"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
    }

    def manage(*arguments):
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=environment
        )

    def wait_for(text):
        for _ in range(600):
            if notes.exists() and notes.read_text().endswith(text):
                return
            time.sleep(0.05)
        pytest.fail(f"No {text!r} was written.")

    assert manage("migrate", "--verbosity", "0").wait() == 0
    enqueue = f"from tests.netralitas.slow import write_twice; write_twice.enqueue({str(notes)!r})"
    assert manage("shell", "--verbosity", "0", "--command", enqueue).wait() == 0
    worker = ("worker", "--interval", "0.1", "--no-startup-delay", "--no-reload", "--lease", "1")
    first = manage(*worker)
    wait_for("began\n")
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = manage(*worker)
    try:
        wait_for("done\n")
    finally:
        second.terminate()
        second.wait()
    assert notes.read_text() == "began\nbegan\ndone\n"
