"""What the workers clear away by themselves."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from netralitas import housekeeping
from tests.factories import UserFactory

from .slow import write_twice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_done_yet():
    cache.clear()


def finished(status, days):
    task = DBTaskResult.objects.get(pk=write_twice.enqueue("nowhere").id)
    ended = timezone.now() - timedelta(days=days)
    DBTaskResult.objects.filter(pk=task.pk).update(status=status, finished_at=ended)
    return task.pk


def test_old_results_are_cleared_away_and_those_of_failures_kept_longer():
    kept = {finished("SUCCESSFUL", 13), finished("FAILED", 89), finished("READY", 400)}
    finished("SUCCESSFUL", 15)
    finished("FAILED", 91)
    call_command("housekeeping")
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept


def test_sessions_that_have_expired_are_cleared_away():
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )
    housekeeping.keep_house()
    assert Session.objects.get().session_key == "new"


def test_what_is_known_of_a_session_goes_with_it():
    user = UserFactory()
    Session.objects.create(
        session_key="open", session_data="", expire_date=timezone.now() + timedelta(days=1)
    )
    for key in ("open", "over"):
        UserSession.objects.create(user=user, session_key=key, ip="192.0.2.1", user_agent="x")
    housekeeping.keep_house()
    assert UserSession.objects.get().session_key == "open"


def test_uploads_that_cannot_be_looked_at_keep_nothing_else_from_being_cleared_away(tmp_path):
    finished("SUCCESSFUL", 15)
    (tmp_path / "files").mkdir(exist_ok=True)
    (tmp_path / "files" / "impor").write_text("no folder")
    with pytest.raises(NotADirectoryError):
        housekeeping.keep_house()
    assert not DBTaskResult.objects.exists()


def test_of_all_workers_one_leaves_it_in_the_queue_and_the_next_does_it(run_tasks):
    housekeeping.enqueue_when_due()
    housekeeping.enqueue_when_due()
    assert DBTaskResult.objects.get().task_path == "netralitas.housekeeping.housekeeping"
    run_tasks()
    assert DBTaskResult.objects.successful().count() == 1


def test_an_hour_later_it_is_due_again():
    housekeeping.enqueue_when_due()
    cache.touch("housekeeping", 0)
    housekeeping.enqueue_when_due()
    assert DBTaskResult.objects.count() == 2
