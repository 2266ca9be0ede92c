"""What is done about imports that nobody works on, or looks at, any more."""

import os
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from agencies import tasks
from agencies.choices import ImportState
from agencies.models import Event, RosterImport
from agencies.roster.sources import Source
from agencies.services import import_files, import_sweeps, import_work, imports
from netralitas import workers
from netralitas.lib.task_queue import CUT_OFF
from pledges.tasks import issue_pact
from tests.agencies.roster.files import csv_file, pns
from tests.agencies.roster.uploads import (
    again,
    four_people,
    new_changed_moved_left,
    people,
    received,
    stored_contents,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
UNKNOWN = "8f2b0c8e-6f3c-4c49-9d6f-0d7d0f5a1a11"
READING, APPLYING = ImportState.READING, ImportState.APPLYING
REFUSED, DISCARDED = ImportState.REFUSED, ImportState.DISCARDED
LONG_AGO = timedelta(days=31)


@pytest.fixture(autouse=True)
def stored(db):
    return four_people()


@pytest.fixture
def reading():
    """An import that waits for the worker to read it."""
    return received(new_changed_moved_left(), actor=UserFactory())


@pytest.fixture
def applying(reading):
    """An import that waits for the worker to write it; its reading is over and pruned."""
    import_work.read(str(reading.uuid))
    DBTaskResult.objects.all().delete()
    ready = again(reading)
    imports.approve(actor=None, roster_import=ready, plan_digest=ready.plan_digest, deactivate=True)
    return ready


def work():
    """Run everything in the queue as the worker does, what has to wait as well and what fails."""
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name="default",
        interval=0,
        batch=True,
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
    )
    while (task := DBTaskResult.objects.filter(status="READY").first()) is not None:
        task.claim(worker.worker_id)
        worker.run_task(task)


def raising(error):
    """Queries about people's numbers, of which each import makes one, fail with `error`."""

    def failing(execute, sql, *rest):
        if "identitynumber" in sql:
            raise error
        return execute(sql, *rest)

    return connection.execute_wrapper(failing)


# Abandoned ---------------------------------------------------------------------------------------


def is_refused(roster_import):
    stored = again(roster_import)
    return (stored.state, stored.refusal) == (REFUSED, import_sweeps.GIVEN_UP)


@pytest.mark.parametrize("waiting", ["reading", "applying"])
@pytest.mark.parametrize("error", [ZeroDivisionError(), OSError("away")])
def test_an_import_whose_task_failed_for_good_is_refused_and_can_be_read_again(
    waiting, error, request, run_tasks
):
    roster_import, before = request.getfixturevalue(waiting), people()
    with raising(error):
        work()
    assert again(roster_import).is_working
    assert import_sweeps.refuse_abandoned() == 1
    assert is_refused(roster_import)
    assert people() == before
    assert len(stored_contents()) == 1
    imports.read_again(actor=None, roster_import=again(roster_import))
    run_tasks()
    assert again(roster_import).state == ImportState.READY


def test_an_import_whose_workers_kept_dying_is_refused(reading):
    task = DBTaskResult.objects.get()
    for _ in range(workers.MOST_ATTEMPTS):
        task.claim("gone")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    assert import_sweeps.refuse_abandoned() == 0
    workers.put_back_lost_tasks()
    assert import_sweeps.refuse_abandoned() == 1
    assert is_refused(reading)


def test_an_import_that_is_refused_leaves_an_event_whoever_refused_it(reading, run_tasks):
    DBTaskResult.objects.all().delete()
    import_sweeps.refuse_abandoned()
    unreadable = received(Source("rusak.xlsx", b"PK\x03\x04x"))
    run_tasks()
    for refused in (reading, unreadable):
        event = Event.objects.of(refused).first()
        assert (event.act, event.actor, event.data) == ("roster.refused", None, {})


def test_an_import_whose_task_is_gone_altogether_is_refused(reading):
    DBTaskResult.objects.all().delete()
    assert import_sweeps.refuse_abandoned() == 1
    assert is_refused(reading)


def test_an_import_whose_task_waits_for_a_later_try_is_left_alone(reading):
    with raising(OSError("away")):
        task = DBTaskResult.objects.get()
        task.claim("tests")
        with pytest.raises(OSError, match="away"):
            task.task.call(*task.args_kwargs["args"])
        task.set_failed(OSError("away"))
    assert import_sweeps.refuse_abandoned() == 0
    assert again(reading).state == READING


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "READY"},
        {"status": "RUNNING"},
        *({"status": "FAILED", "exception_class_path": how} for how in CUT_OFF),
    ],
)
def test_an_import_that_has_a_task_is_left_alone(reading, fields):
    DBTaskResult.objects.update(**fields)
    assert import_sweeps.refuse_abandoned() == 0
    assert again(reading).state == READING


def test_the_task_of_another_import_is_none(reading):
    other = received(csv_file(pns(7)))
    DBTaskResult.objects.filter(args_kwargs__args__0=str(reading.uuid)).delete()
    assert import_sweeps.refuse_abandoned() == 1
    assert (again(reading).state, again(other).state) == (REFUSED, READING)


def test_an_import_that_waits_for_a_person_is_left_alone(run_tasks):
    roster_import = received(csv_file(pns(1)))
    run_tasks()
    assert import_sweeps.refuse_abandoned() == 0
    assert again(roster_import).state == ImportState.READY


@pytest.mark.django_db(transaction=True)
def test_of_two_sweeps_at_once_one_refuses_it(reading):
    DBTaskResult.objects.all().delete()
    start, counts = Barrier(2), []

    def sweep():
        try:
            start.wait(timeout=10)
            counts.append(import_sweeps.refuse_abandoned())
        finally:
            connection.close()

    threads = [Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 1]
    assert is_refused(reading)


@pytest.mark.parametrize("task", [tasks.read_import, tasks.apply_import, tasks.send_account_mail])
def test_imports_and_mails_go_before_the_pacts_of_a_whole_ceremony(task):
    for signature in range(3):
        issue_pact.enqueue(signature)
    task.enqueue(UNKNOWN)
    assert DBTaskResult.objects.ready().first().task_path == task.module_path


def test_an_import_waits_until_the_worker_says_what_it_does(reading):
    assert reading.is_waiting
    RosterImport.objects.update(stage="Membaca pns.csv")
    assert not again(reading).is_waiting


@pytest.mark.parametrize("waiting", ["reading", "applying"])
def test_an_import_that_is_tried_again_later_waits_its_turn_and_can_be_given_up(
    waiting, request, run_tasks
):
    roster_import = request.getfixturevalue(waiting)
    task = tasks.read_import if waiting == "reading" else tasks.apply_import
    with raising(OSError("away")), pytest.raises(OSError, match="away"):
        task.func(str(roster_import.uuid))
    waits = again(roster_import)
    assert (waits.is_waiting, waits.done, waits.total) == (True, 0, 0)
    before = people()
    imports.discard(actor=None, roster_import=waits)
    DBTaskResult.objects.update(run_after=timezone.now())
    run_tasks()
    assert (again(roster_import).state, people()) == (DISCARDED, before)


# Untouched ---------------------------------------------------------------------------------------


def lying(state, **times):
    """An import in `state`, uploaded and last touched as `times` say."""
    roster_import = received(Source(f"{state}.csv", f"x{state}".encode()))
    rows = RosterImport.objects.filter(pk=roster_import.pk)
    rows.update(state=state, **{"created_at": timezone.now() - LONG_AGO, **times})
    return again(roster_import)


@pytest.mark.parametrize("state", ["COLUMNS", "READY", "REFUSED"])
def test_an_import_nobody_touched_for_a_month_is_discarded_with_its_contents(
    state, django_capture_on_commit_callbacks
):
    roster_import = lying(state)
    with django_capture_on_commit_callbacks(execute=True):
        assert import_sweeps.discard_untouched() == 1
    assert (again(roster_import).state, stored_contents()) == (DISCARDED, [])
    event = Event.objects.of(roster_import).first()
    assert (event.act, event.actor) == ("roster.discarded", None)


@pytest.mark.parametrize("state", ["READING", "APPLYING", "DISCARDED"])
def test_what_is_worked_on_or_over_is_not_discarded(state):
    roster_import = lying(state)
    assert import_sweeps.discard_untouched() == 0
    assert again(roster_import).state == state


@pytest.mark.parametrize("field", ["created_at", "touched_at"])
def test_what_was_uploaded_or_worked_on_lately_is_not_discarded(field):
    lying("READY", **{field: timezone.now() - timedelta(days=29)})
    assert import_sweeps.discard_untouched() == 0


def test_an_old_import_that_was_refused_today_is_not_discarded(run_tasks):
    lying("READING", created_at=timezone.now() - LONG_AGO)
    run_tasks()
    assert RosterImport.objects.first().state == REFUSED
    assert import_sweeps.discard_untouched() == 0


# Leftovers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("over", ["APPLIED", "DISCARDED"])
def test_the_content_of_an_import_that_is_over_is_removed(
    over, reading, django_capture_on_commit_callbacks
):
    at = timezone.now() if over == "APPLIED" else None
    RosterImport.objects.filter(pk=reading.pk).update(state=over, applied_at=at)
    kept = received(csv_file(pns(8)))
    with django_capture_on_commit_callbacks(execute=True):
        import_sweeps.remove_leftovers()
    assert reading.files.get().content.name == ""
    assert [f"impor/{name}" for name in stored_contents()] == [kept.files.get().content.name]


def test_a_content_no_import_knows_is_removed_once_nobody_can_be_uploading_it(reading):
    name = default_storage.save("impor/0123", ContentFile(b"left behind"))
    import_sweeps.remove_leftovers()
    assert default_storage.exists(name)
    began = (timezone.now() - import_files.UPLOADING).timestamp() - 1
    os.utime(default_storage.path(name), (began, began))
    import_sweeps.remove_leftovers()
    assert [f"impor/{name}" for name in stored_contents()] == [reading.files.get().content.name]


def test_a_content_that_cannot_be_removed_is_logged_and_keeps_no_other(
    reading, caplog, django_capture_on_commit_callbacks
):
    other = received(csv_file(pns(8)))
    began = (timezone.now() - import_files.UPLOADING).timestamp() - 1
    unknown = default_storage.path("impor/0123")
    stuck = default_storage.path(reading.files.get().content.name)
    for path in (stuck, unknown):
        Path(path).unlink(missing_ok=True)
        (Path(path) / "not empty").mkdir(parents=True)
        os.utime(path, (began, began))
    left = default_storage.save("impor/4567", ContentFile(b"left behind"))
    os.utime(default_storage.path(left), (began, began))
    RosterImport.objects.filter(state=READING).update(state=DISCARDED)
    with django_capture_on_commit_callbacks(execute=True):
        import_sweeps.remove_leftovers()
    assert caplog.text.count("cannot be removed") >= 1
    assert other.files.get().content.name == ""
    assert reading.files.get().content.name != ""
    assert stored_contents() == []


def test_a_store_without_uploads_is_swept_too():
    import_sweeps.remove_leftovers()
    assert stored_contents() == []
