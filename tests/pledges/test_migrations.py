"""Migrations meet the rows of an installation that is already in use."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = ("pledges", "0013_annulment")
AFTER = ("pledges", "0014_campaigns")


def migrate(*targets):
    """Bring the tables to where the targets left them; returns the models of that time."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps


@pytest.fixture
def at_0013(transactional_db):
    """The models as they were after 0013; the tables of today come back after the test."""
    yield migrate(BEFORE)
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def ceremony(apps, state):
    government, _ = apps.get_model("agencies", "Agency").objects.get_or_create(
        path="0001", depth=1, level="GOVERNMENT", name="Kota", slug="kota"
    )
    election, _ = apps.get_model("pledges", "Election").objects.get_or_create(
        government=government, kind="PEMILU", name="Pemilu Tahun 2024", year=2024
    )
    text, _ = apps.get_model("pledges", "PledgeText").objects.get_or_create(
        government=government, family="ikrar", defaults={"title": "Ikrar", "points": ["Netral."]}
    )
    return apps.get_model("pledges", "Ceremony").objects.create(
        organizer=government,
        election=election,
        text=text,
        code=f"KODE{state[:4]}",
        state=state,
        kind="APEL",
        title="Apel Ikrar Netralitas",
        place="Aula",
        starts_at=datetime(2023, 1, 11, 1, 0, tzinfo=UTC),
    )


def test_what_was_cancelled_before_reasons_were_asked_for_says_so(at_0013):
    cancelled, draft = (ceremony(at_0013, state) for state in ("CANCELLED", "DRAFT"))
    rows = migrate(AFTER).get_model("pledges", "Ceremony").objects
    assert rows.get(pk=cancelled.pk).reason == "Dibatalkan sebelum alasan dicatat."
    assert (rows.get(pk=draft.pk).reason, rows.get(pk=draft.pk).is_scheduled) == ("", True)
