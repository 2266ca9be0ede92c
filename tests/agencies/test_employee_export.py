"""GET /pegawai/ekspor/"""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agencies.choices import EmployeeKind
from agencies.models import Event
from tests import factories

EXPORT = reverse("employee-export")
HEADINGS = [
    *("Nama", "Nomor", "Jenis nomor", "Jenis", "Golongan", "Jabatan", "Eselon"),
    *("Unit kerja", "OPD", "Status"),
]


def rows_of(client, user, **query):
    client.force_login(user)
    response = client.get(EXPORT, query)
    assert response["Content-Disposition"] == 'attachment; filename="Daftar pegawai.xlsx"'
    (sheet,) = load_workbook(BytesIO(response.getvalue())).worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture
def people(city):
    factories.EmployeeFactory(
        agency=city.unit,
        name="Ani Lestari",
        number="197906062001042001",
        echelon="III.a",
        email="ani@example.go.id",
        phone="081234567890",
    )
    factories.EmployeeFactory(
        agency=city.other_opd,
        name="Budi",
        title_suffix="",
        kind=EmployeeKind.NON_ASN,
        number="1472011701940001",
        position="",
        active=False,
    )


def test_it_holds_what_the_page_shows_with_numbers_as_text(client, city, people):
    headings, ani = rows_of(client, city.hr)
    assert headings == HEADINGS
    told = dict(zip(headings, ani, strict=True))
    assert told == {
        "Nama": "Ani Lestari, S.Kom.",
        "Nomor": "197906062001042001",
        "Jenis nomor": "NIP",
        "Jenis": "PNS",
        "Golongan": "III/b",
        "Jabatan": "Pranata Komputer Ahli Pertama",
        "Eselon": "III.a",
        "Unit kerja": "Bidang Persandian",
        "OPD": "Dinas Komunikasi dan Informatika",
        "Status": "Aktif",
    }


def test_it_holds_no_contact(client, city, people):
    cells = str(rows_of(client, city.hr, active="semua"))
    assert "example.go.id" not in cells
    assert "081234567890" not in cells


def test_it_holds_just_what_is_filtered_in_the_order_of_the_page(client, city, people):
    names = [row[0] for row in rows_of(client, city.hr, active="semua", sort="-name")[1:]]
    assert names == ["Budi", "Ani Lestari, S.Kom."]
    (_, budi) = rows_of(client, city.hr, active="tidak", q="kesehatan")
    assert budi[0] == "Budi"
    assert budi[1:5] == ["1472011701940001", "NIK", "Non-ASN", None]
    assert budi[-1] == "Tidak aktif"
    assert len(rows_of(client, city.hr, q="tidak ada")) == 1
    assert len(rows_of(client, city.operator, active="semua")) == 2


def test_a_name_that_looks_like_a_formula_stays_text(client, city):
    factories.EmployeeFactory(agency=city.opd, name="=1+1", title_suffix="")
    assert rows_of(client, city.hr)[1][0] == "=1+1"


def test_an_event_tells_how_many_and_by_which_filters_but_nothing_of_them(client, city, people):
    rows_of(client, city.operator, q="Lestari", active="semua", page="1")
    event = Event.objects.get(act="employee.exported")
    assert (event.actor, event.government) == (city.operator, city.government)
    assert event.data == {"count": 1, "filters": ["active", "q"]}


def test_who_has_no_role_takes_nothing_along(client, people):
    client.force_login(factories.UserFactory())
    assert client.get(EXPORT).status_code == 403
    assert not Event.objects.filter(act="employee.exported").exists()


def test_it_needs_no_more_queries_for_more_people(client, city):
    def queries():
        client.force_login(city.hr)
        with CaptureQueriesContext(connection) as captured:
            client.get(EXPORT).getvalue()
        return len(captured)

    factories.EmployeeFactory(agency=city.unit)
    queries()
    before = queries()
    for opd in factories.OpdFactory.create_batch(20, parent=city.government):
        factories.EmployeeFactory(agency=opd)
    assert queries() == before
