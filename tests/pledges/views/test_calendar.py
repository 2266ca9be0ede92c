"""/acara/kalender/: the ceremonies of a month, each on the day of its own zone."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from agencies.choices import RoleName
from tests import factories

from .pages import log_in, text_of

pytestmark = pytest.mark.django_db
ADDRESS = reverse("ceremony-calendar")
DAY = re.compile(r'<li class="calendar-day.*?(?=<li class="calendar-day|</ol>)', re.S)


@pytest.fixture
def opd(client):
    opd = factories.OpdFactory(name="Dinas Kesehatan")
    log_in(client, RoleName.HR, factories.government_of(opd))
    return opd


def days_of(response):
    """{the day's name: what stands there} of the days on which something is."""
    found = {}
    for html in DAY.findall(response.content.decode()):
        if "calendar-event" in html:
            words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
            found[re.search(r'calendar-name">([^<(]+?) ?[<(]', html)[1]] = words
    return found


def test_each_ceremony_stands_on_its_day_with_time_organizer_and_state(client, opd):
    factories.ceremony_in("READY", opd, title="Apel Pagi")
    factories.draft_ceremony(
        opd,
        title="Apel Usulan",
        is_scheduled=False,
        starts_at=datetime(2023, 1, 31, 16, 30, tzinfo=UTC),
    )
    factories.ceremony_in("CANCELLED", opd, title="Apel Batal")
    factories.ceremony_in("READY", title="Apel Kota Lain")
    days = days_of(client.get(ADDRESS, {"bulan": "2023-01"}))
    assert list(days) == ["Rabu, 11 Januari 2023", "Selasa, 31 Januari 2023"]
    first, last = days.values()
    assert "08.00 WIB Apel Pagi Dinas Kesehatan Siap" in first
    assert "Apel Batal Dinas Kesehatan Dibatalkan" in first
    assert "23.30 WIB Apel Usulan Dinas Kesehatan Usulan" in last


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Jakarta", "Selasa, 31 Januari 2023"), ("Asia/Jayapura", "Rabu, 1 Februari 2023")],
)
def test_a_day_is_that_of_the_ceremonys_own_zone(client, opd, zone, day):
    moment = datetime(2023, 1, 31, 16, 0, tzinfo=UTC)
    factories.draft_ceremony(opd, starts_at=moment, time_zone=zone)
    shown = [day for month in ("2023-01", "2023-02") for day in days_of(month_page(client, month))]
    assert shown == [day]


def month_page(client, month):
    return client.get(ADDRESS, {"bulan": month})


@time_machine.travel(datetime(2023, 1, 31, 18, 0, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("typed", [None, "", "2023-13", "1999-12", "x", "\0"])
def test_without_a_month_it_is_the_present_one(client, opd, typed):
    page = text_of(client.get(ADDRESS, {} if typed is None else {"bulan": typed}))
    assert "Februari 2023" in page
    assert "Rabu, 1 Februari 2023 (hari ini)" in page
    assert "Bulan ini" not in page


def test_months_follow_each_other_across_the_year_and_end_somewhere(client, opd):
    html = month_page(client, "2022-12").content.decode()
    assert re.findall(r'href="\?bulan=([\d-]+)" rel', html) == ["2022-11", "2023-01"]
    html = month_page(client, "2100-12").content.decode()
    assert re.findall(r'href="\?bulan=([\d-]+)" rel', html) == ["2100-11"]


@pytest.mark.parametrize(("month", "nearest"), [("2022-06", "2023-01"), ("2024-06", "2023-01")])
def test_an_empty_month_leads_to_the_nearest_ceremony(client, opd, month, nearest):
    factories.draft_ceremony(opd)
    page = month_page(client, month)
    assert "Tidak ada acara pada bulan ini. Acara terdekat: Januari 2023" in text_of(page)
    assert f'<a href="?bulan={nearest}">' in page.content.decode()


def test_of_a_day_with_many_ceremonies_the_others_are_folded_away(client, opd):
    for number in range(5):
        factories.draft_ceremony(opd, title=f"Apel ke-{number}")
    html = client.get(ADDRESS, {"bulan": "2023-01"}).content.decode()
    shown, folded = html.split('<details class="calendar-others">')
    assert shown.count("Apel ke-") == 3
    assert "<summary>2 lainnya</summary>" in folded
    assert folded.count("Apel ke-") == 2
