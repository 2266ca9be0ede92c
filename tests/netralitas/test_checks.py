"""What the installation is warned of, and an SQLite that it refuses."""

import sqlite3
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.core.checks import WARNING

from netralitas import checks
from netralitas.lib import seal_keys
from tests import seal_pki

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
    monkeypatch.setitem(django_settings.DATABASES, "default", database)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    found = checks.sqlite_is_mended(None)
    assert [error.id for error in found] == faults


def test_the_installed_one_is_mended():
    assert sqlite3.sqlite_version_info >= checks.SAFE_SQLITE


def test_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setitem(django_settings.DATABASES, "default", SQLITE)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.40.1")
    error = checks.sqlite_is_mended(None)[0]
    assert error.msg == "SQLite 3.40.1 can corrupt a WAL database."
    assert error.hint == "Install the pysqlite3 wheel named in requirements.txt."


def test_a_deployment_without_a_key_of_the_register_is_refused(settings, tmp_path):
    (found,) = checks.register_has_a_key(None)
    assert (found.id, found.msg) == (
        "netralitas.E005",
        "REGISTER_KEY is not set: no signature is logged in the register.",
    )
    settings.REGISTER_KEY = "none"  # no worker runs here
    assert checks.register_has_a_key(None) == []
    settings.REGISTER_KEY = str(tmp_path / "none.pem")
    (found,) = checks.register_has_a_key(None)
    assert found.id == "netralitas.E004"
    assert found.msg.startswith(f"The key of the register cannot be read from {tmp_path}")


def test_where_it_is_tried_out_demo_keys_are_only_warned_of(settings):
    settings.DEBUG, settings.SEAL_PKCS12 = True, ""
    found = [*checks.register_has_a_key(None), *checks.seals_can_be_made(None)]
    assert [(each.id, each.level) for each in found] == [
        ("netralitas.W001", WARNING),
        ("netralitas.W002", WARNING),
    ]


def test_key_files_that_others_may_open_are_warned_of(settings, tmp_path):
    seal, heads = tmp_path / "segel.p12", tmp_path / "register.pem"
    settings.SEAL_PKCS12, settings.REGISTER_KEY = str(seal), str(heads)
    for path, mode in ((seal, 0o604), (heads, 0o640)):
        path.touch()
        path.chmod(mode)
    (found,) = checks.keys_are_kept(None)
    assert (found.id, found.level) == ("netralitas.W004", WARNING)
    assert found.msg == f"SEAL_PKCS12: others may open {seal}."
    heads.chmod(0o602)
    assert len(checks.keys_are_kept(None)) == 2
    settings.SEAL_PKCS12, settings.REGISTER_KEY = "none", ""
    assert checks.keys_are_kept(None) == []


def test_a_deployment_that_seals_with_its_own_key_is_fine():
    assert checks.seals_can_be_made(None) == []


@pytest.mark.parametrize(("named", "faults"), [("", ["netralitas.E006"]), ("none", [])])
def test_a_demo_key_is_refused_but_not_where_nothing_is_sealed(settings, named, faults):
    settings.SEAL_PKCS12 = named
    assert [found.id for found in checks.seals_can_be_made(None)] == faults


def test_a_demo_key_is_refused_under_another_name_too(settings, tmp_path):
    content = seal_keys.demo_pkcs12(datetime.now(UTC))
    seal_pki.use(settings, tmp_path, content, password="")
    assert [found.id for found in checks.seals_can_be_made(None)] == ["netralitas.E006"]


@pytest.mark.parametrize(
    ("begins", "ends", "fault"),
    [(-90, 29, "W003"), (-90, 31, None), (-90, -1, "E003"), (3, 90, "E003")],
)
def test_a_certificate_that_ends_soon_or_is_not_valid_is_told(
    settings, tmp_path, begins, ends, fault
):
    days = {"begins": begins * seal_pki.DAY, "ends": ends * seal_pki.DAY}
    seal_pki.use(settings, tmp_path, seal_pki.own_pkcs12(**days))
    found = [each.id for each in checks.seals_can_be_made(None)]
    assert found == ([f"netralitas.{fault}"] if fault else [])


def test_a_key_that_cannot_be_read_is_told(settings, tmp_path):
    seal_pki.use(settings, tmp_path, seal_pki.own_pkcs12(), password="salah")
    (found,) = checks.seals_can_be_made(None)
    assert found.id == "netralitas.E002"
    assert "salah." in found.msg
