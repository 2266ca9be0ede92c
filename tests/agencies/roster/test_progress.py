"""How far the worker is: seldom enough to cost nothing, often enough to be believed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import ImportState
from agencies.models import RosterImport
from agencies.roster.progress import Progress
from agencies.services import import_work
from tests.factories import GovernmentFactory

from .files import csv_file, hierarchy_file, pns
from .uploads import four_people, received

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that goes by hand."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def roster_import():
    return RosterImport.objects.create(government=GovernmentFactory())


def told(roster_import):
    roster_import.refresh_from_db()
    return roster_import.stage, roster_import.done, roster_import.total


def test_a_stage_is_told_at_once_and_steps_at_most_twice_a_second(roster_import):
    clock = Clock()
    progress = Progress(roster_import, clock)
    progress.begin("Membaca pns.csv", 1000)
    assert told(roster_import) == ("Membaca pns.csv", 0, 1000)
    assert roster_import.touched_at is not None
    with CaptureQueriesContext(connection) as captured:
        for step in range(1, 1001):
            clock.now = 100 + step / 1000
            progress.advance()
    assert len(captured) == 2
    assert told(roster_import) == ("Membaca pns.csv", 1000, 1000)


def test_more_steps_than_were_expected_are_told_as_all_of_them(roster_import):
    clock = Clock()
    progress = Progress(roster_import, clock)
    progress.begin("Membaca pns.csv", 3)
    clock.now += 60
    for _ in range(9):
        progress.advance()
        clock.now += 60
    assert told(roster_import) == ("Membaca pns.csv", 3, 3)


def test_an_import_that_went_on_without_us_is_left_alone(roster_import):
    progress = Progress(roster_import, Clock())
    RosterImport.objects.update(state=ImportState.DISCARDED)
    progress.begin("Membaca pns.csv", 3)
    assert told(roster_import) == ("", 0, 0)


def test_a_worker_tells_what_it_does():
    four_people()
    stages = []

    def listening(execute, sql, params, *rest):
        stages.extend(value for value in params or () if str(value).startswith("Mem"))
        return execute(sql, params, *rest)

    roster_import = received(csv_file(pns(1)), units=hierarchy_file())
    with connection.execute_wrapper(listening):
        import_work.read(str(roster_import.uuid))
    assert stages == [
        "Membaca hierarki-unor.xlsx",
        "Membaca pns.csv",
        "Membandingkan dengan data tersimpan",
    ]
