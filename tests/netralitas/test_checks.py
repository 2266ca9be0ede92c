"""The installation refuses an SQLite that can corrupt its database."""

import sqlite3

import pytest
from django.conf import settings

from netralitas import checks

SQLITE = {"ENGINE": "django.db.backends.sqlite3"}
POSTGRES = {"ENGINE": "django.db.backends.postgresql"}


@pytest.mark.parametrize(
    ("database", "version", "faults"),
    [
        (SQLITE, (3, 40, 1), ["netralitas.E001"]),
        (SQLITE, (3, 51, 2), ["netralitas.E001"]),
        (SQLITE, (3, 51, 3), []),
        (SQLITE, (3, 53, 4), []),
        (POSTGRES, (3, 40, 1), []),
    ],
)
def test_only_a_mended_sqlite_is_accepted(monkeypatch, database, version, faults):
    monkeypatch.setitem(settings.DATABASES, "default", database)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    found = checks.sqlite_is_mended(None)
    assert [error.id for error in found] == faults


def test_the_installed_one_is_mended():
    assert sqlite3.sqlite_version_info >= checks.SAFE_SQLITE


def test_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "default", SQLITE)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.40.1")
    error = checks.sqlite_is_mended(None)[0]
    assert error.msg == "SQLite 3.40.1 can corrupt a WAL database."
    assert error.hint == "Install the pysqlite3 wheel named in requirements.txt."
