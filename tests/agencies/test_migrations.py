"""Migrations meet the rows of an installation that is already in use."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = ("agencies", "0005_account_mails")
AFTER = ("agencies", "0008_roles_in_time_and_place")


def migrate(*targets):
    """Bring the tables to where the targets left them; returns the models of that time."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps


@pytest.fixture
def at_0005(transactional_db):
    """The models as they were after 0005; the tables of today come back after the test."""
    yield migrate(BEFORE)
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def government(apps, path):
    """A government with one OPD, as (government, OPD)."""
    make = apps.get_model("agencies", "Agency").objects.create
    root = make(path=path, depth=1, numchild=1, level="GOVERNMENT", name=f"Kota {path}", slug=path)
    return root, make(path=f"{path}0001", depth=2, level="OPD", name=f"Dinas {path}")


def account(apps, username, keeper, **roles):
    """A user with a role on each agency named by it."""
    user = apps.get_model("agencies", "User").objects.create(username=username, government=keeper)
    for role, agency in roles.items():
        apps.get_model("agencies", "Role").objects.create(user=user, agency=agency, role=role)
    return user


def test_roles_held_outside_the_own_government_end_and_are_named(at_0005, capsys):
    city, office = government(at_0005, "0001")
    regency, elsewhere = government(at_0005, "0002")
    user = account(at_0005, "rina", city, HEAD=office, OPERATOR=elsewhere, HR=regency)
    apps = migrate(AFTER)
    kept = apps.get_model("agencies", "Role").objects.get()
    assert (kept.role, kept.agency_id, kept.granted_at) == ("HEAD", office.pk, user.date_joined)
    events = apps.get_model("agencies", "Event").objects.order_by("id")
    assert [(event.act, event.government_id, event.data) for event in events] == [
        ("role.ended", regency.pk, {"role": "OPERATOR", "agency": str(elsewhere.uuid)}),
        ("role.ended", regency.pk, {"role": "HR", "agency": str(regency.uuid)}),
    ]
    assert {(event.object_type, event.object_id) for event in events} == {("user", str(user.uuid))}
    said = capsys.readouterr().out
    assert "Peran OPERATOR akun rina pada Dinas 0002 diakhiri: akun itu dikelola Kota 0001." in said
    assert "add_user NAMA_PENGGUNA --role HR --government 0002" in said
    assert "0001 tidak memiliki" not in said


def test_where_every_role_is_at_home_nothing_ends_and_nothing_is_said(at_0005, capsys):
    city, office = government(at_0005, "0001")
    account(at_0005, "rina", city, HEAD=office, HR=city)
    apps = migrate(AFTER)
    assert apps.get_model("agencies", "Role").objects.count() == 2
    assert not apps.get_model("agencies", "Event").objects.exists()
    assert capsys.readouterr().out == ""


def test_one_id_of_a_unit_may_be_used_by_two_governments(at_0005):
    for path in ("0001", "0002"):
        government(at_0005, path)
    agencies = migrate(AFTER).get_model("agencies", "Agency").objects
    assert agencies.filter(depth=2).update(siasn_id="A1") == 2
