"""A prepared query gives what the same query gives that is written anew each time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import DateTimeField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from netralitas.lib.prepared import Given, PreparedRows, PreparedUpdate
from pledges.models import Ceremony, Participant
from tests import factories

pytestmark = pytest.mark.django_db

by_title = PreparedRows(
    Participant.objects.order_by("number")
    .select_related("ceremony__organizer")
    .filter(ceremony__title=Given("title"))
)
values_by_title = PreparedRows(
    Ceremony.objects.values("uuid", "starts_at").filter(title=Given("title"))
)
rename_begun = PreparedUpdate(
    Ceremony.objects.filter(starts_at__lt=Given("moment", DateTimeField())), title="Sudah dimulai"
)


def ceremony_called(title, **fields):
    return factories.open_ceremony(employees=2, title=title, **fields)


def test_rows_are_those_of_the_query_with_all_it_selects():
    ceremony = ceremony_called("Apel")
    ceremony_called("Upacara")
    people = list(ceremony.participants.order_by("number"))
    with CaptureQueriesContext(connection) as queries:
        found = by_title(title="Apel")
        organizers = {each.ceremony.organizer.name for each in found}
    assert found == people
    assert [each.uuid for each in found] == [each.uuid for each in people]
    assert organizers == {ceremony.organizer.name}
    assert len(queries) == 1


def test_each_call_has_its_own_values_and_rows():
    first, second = ceremony_called("Apel"), ceremony_called("Upacara")
    found = by_title(title="Apel"), by_title(title="Upacara")
    assert [{each.ceremony for each in rows} for rows in found] == [{first}, {second}]
    assert by_title(title="Lain") == []


def test_values_come_as_python_has_them():
    ceremony = ceremony_called("Apel")
    expected = {"uuid": ceremony.uuid, "starts_at": ceremony.starts_at}
    assert values_by_title(title="Apel") == [expected]


def test_an_update_changes_those_that_the_query_names_and_counts_them():
    now = timezone.now()
    begun = ceremony_called("Apel", starts_at=now - timedelta(hours=1))
    coming = ceremony_called("Upacara", starts_at=now + timedelta(hours=1))
    assert rename_begun(moment=now - timedelta(days=1)) == 0
    assert rename_begun(moment=now) == 1
    titles = dict(Ceremony.objects.values_list("pk", "title"))
    assert titles == {begun.pk: "Sudah dimulai", coming.pk: "Upacara"}


def test_a_value_that_is_not_given_is_missed():
    with pytest.raises(KeyError):
        by_title()
