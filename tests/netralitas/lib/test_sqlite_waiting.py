"""Many threads write to one SQLite database: each has its turn, none waits for ever."""

from threading import Timer

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from netralitas.lib.sqlite_waiting import MOST_PAUSES, PAUSE, pause


@pytest.fixture
def writers(tmp_path):
    """Two of Django's connections to one file, which by SQLite's own way would not wait at all."""
    options = {"timeout": 0, "init_command": "PRAGMA journal_mode=WAL"}
    changes = {"NAME": tmp_path / "x.sqlite3", "OPTIONS": options}
    pair = [DatabaseWrapper({**connection.settings_dict, **changes}) for _ in range(2)]
    yield pair
    for each in pair:
        each.close()


@pytest.mark.django_db
def test_a_writer_waits_until_the_other_is_done(writers):
    first, second = writers
    first.cursor().execute("BEGIN IMMEDIATE")
    done = Timer(0.2, first.connection.rollback)
    done.start()
    second.cursor().execute("BEGIN IMMEDIATE")
    done.join()
    assert second.connection.in_transaction


def test_nobody_waits_for_ever():
    assert MOST_PAUSES * PAUSE == 20
    assert pause(MOST_PAUSES - 1)
    assert not pause(MOST_PAUSES)
