"""Append-only tables refuse changes in the database itself, and give way to their owner alone."""

import pytest
from django.db import IntegrityError, connection, transaction

from agencies.models import Event
from agencies.models.append_only import append_only_tables, protect_tables
from agencies.services import events
from netralitas.lib import triggers
from pledges.models import Signature
from tests import factories

pytestmark = pytest.mark.django_db

STATEMENTS = [
    "UPDATE {table} SET {column} = ''",
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE id > 0",
]


@pytest.fixture
def rows():
    """One row in each protected table."""
    events.record(actor=None, act="role.granted", obj=factories.GovernmentFactory())
    factories.sign(factories.participant_of(factories.open_ceremony(factories.OpdFactory())))
    return {Event: "act", Signature: "record"}


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_events_and_signatures_are_the_protected_tables():
    assert sorted(append_only_tables()) == [
        "agencies_event",
        "pledges_annulment",
        "pledges_countersignature",
        "pledges_registerentry",
        "pledges_registernode",
        "pledges_signature",
        "pledges_treehead",
    ]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_ordinary_statement_changes_or_deletes_a_row(rows, statement):
    for model, column in rows.items():
        before = list(model.objects.values())
        with pytest.raises(IntegrityError, match="append-only"):
            execute(statement.format(table=model._meta.db_table, column=column))
        assert list(model.objects.values()) == before


def test_a_table_cannot_be_truncated(rows):
    if connection.vendor == "sqlite":
        with pytest.raises(IntegrityError, match="append-only"):
            execute("DELETE FROM agencies_event")  # SQLite's only way to empty a table
        return
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="append-only"):
        execute("TRUNCATE agencies_event CASCADE")


def test_a_migration_that_builds_the_table_anew_does_not_lose_the_protection(rows):
    with connection.cursor() as cursor:
        for act in triggers.SQLITE_ACTS if connection.vendor == "sqlite" else ():
            cursor.execute(f"DROP TRIGGER agencies_event_no_{act}")
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER append_only ON agencies_event")
    protect_tables("default")
    with pytest.raises(IntegrityError, match="append-only"):
        execute("DELETE FROM agencies_event")


def test_a_lifted_protection_comes_back(rows):
    with triggers.lifted(connection, append_only_tables()):
        execute("DELETE FROM agencies_event")
    assert Event.objects.count() == 0
    events.record(actor=None, act="role.granted", obj=factories.GovernmentFactory())
    with pytest.raises(IntegrityError, match="append-only"):
        execute("DELETE FROM agencies_event")


def test_a_row_cannot_be_replaced(rows):
    if connection.vendor == "postgresql":
        return  # it has no REPLACE, and an upsert is an update
    event = Event.objects.order_by("id").first()
    with pytest.raises(IntegrityError, match="append-only"):
        execute(
            "REPLACE INTO agencies_event (id, at, act, object_type, object_id, data) "
            f"VALUES ({event.pk}, '2020-01-01', 'forged', 'agency', 'x', '{{}}')"
        )
    assert Event.objects.get(pk=event.pk).act == event.act
