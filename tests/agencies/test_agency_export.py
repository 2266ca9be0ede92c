"""GET /opd/unduh/: what the list finds, as XLSX."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from agencies.models import Agency, Event
from tests import factories

EXPORT = reverse("agency-export")


def sheet_of(client, user, **query):
    """The rows of the workbook, the headings first."""
    client.force_login(user)
    response = client.get(EXPORT, query)
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="Daftar instansi.xlsx"'
    content = io.BytesIO(response.getvalue())
    return [list(row) for row in load_workbook(content).active.values]


def names_in(rows):
    return [row[0] for row in rows[1:]]


def test_without_a_search_everything_in_use_is_taken_along(client, city):
    city.opd.head = factories.EmployeeFactory(agency=city.unit, name="Khairil Adli")
    city.opd.siasn_id = "A-1"
    city.opd.save()
    headings, *rows = sheet_of(client, city.hr)
    assert headings == [
        "Instansi",
        "Tingkat",
        "Letak",
        "Unit",
        "Pegawai",
        "Kepala",
        "Alamat",
        "ID UNOR SIASN",
        "Status",
    ]
    assert rows[1] == [
        "Dinas Komunikasi dan Informatika",
        "OPD",
        "Pemerintah Kota Dumai",
        1,
        1,
        "Khairil Adli, S.Kom.",
        "Jalan Merdeka Nomor 2",
        "A-1",
        "Dipakai",
    ]
    assert [row[0] for row in rows] == [
        "Pemerintah Kota Dumai",
        "Dinas Komunikasi dan Informatika",
        "Bidang Persandian",
        "Dinas Kesehatan",
    ]


def test_only_what_was_found_is_taken_along_in_its_order(client, city):
    assert names_in(sheet_of(client, city.hr, q="dinas")) == [
        "Dinas Komunikasi dan Informatika",
        "Dinas Kesehatan",
    ]
    assert names_in(sheet_of(client, city.hr, q="dinas", sort="name")) == [
        "Dinas Kesehatan",
        "Dinas Komunikasi dan Informatika",
    ]


def test_what_is_retired_says_so(client, city):
    Agency.objects.filter(pk=city.unit.pk).update(retired_at=timezone.now())
    (_, row) = sheet_of(client, city.hr, use="tidak")
    assert (row[0], row[-1]) == ("Bidang Persandian", "Tidak dipakai lagi")


def test_everybody_takes_along_only_what_they_see(client, city, regency):
    assert names_in(sheet_of(client, city.operator)) == [
        "Dinas Komunikasi dan Informatika",
        "Bidang Persandian",
    ]
    assert len(sheet_of(client, regency.hr)) == 3


def test_a_name_that_looks_like_a_formula_stays_a_name(client, city):
    Agency.objects.filter(pk=city.unit.pk).update(name="=1+1")
    assert names_in(sheet_of(client, city.hr, q="1+1")) == ["=1+1"]


def test_how_much_was_taken_along_is_recorded_and_by_which_filters(client, city):
    sheet_of(client, city.hr, q="dinas")
    event = Event.objects.get()
    assert (event.act, event.actor) == ("agency.exported", city.hr)
    assert (event.government, event.object_id) == (city.government, str(city.government.uuid))
    assert event.data == {"count": 2, "filters": ["q"]}


@pytest.mark.parametrize("query", ["?use=x", "?q=%00", "?sort=-bogus"])
def test_it_answers_whatever_its_query_string_says(client, city, query):
    client.force_login(city.hr)
    assert client.get(EXPORT + query).status_code == 200


def test_who_sees_nothing_takes_nothing_along(client, city):
    client.force_login(factories.UserFactory())
    assert client.get(EXPORT).status_code == 403
