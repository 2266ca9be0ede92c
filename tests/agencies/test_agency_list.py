"""GET /opd/"""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.choices import RoleName
from agencies.models import Agency
from agencies.tables.agencies import AgencyTable
from tests import factories

LIST = reverse("agency-list")


def rows_of(response):
    return list(response.context["table"].paginated_rows)


def test_hr_sees_its_government_and_its_opd_with_their_headcounts(client, city):
    factories.EmployeeFactory.create_batch(2, agency=city.unit)
    factories.EmployeeFactory(agency=city.opd)
    factories.EmployeeFactory(agency=city.opd, active=False)
    factories.EmployeeFactory(agency=city.government)
    client.force_login(city.hr)
    response = client.get(LIST)
    assert [(row.record.name, *list(row.cells)[1:]) for row in rows_of(response)] == [
        ("Pemerintah Kota Dumai", "3", "4"),
        ("Dinas Komunikasi dan Informatika", "1", "3"),
        ("Dinas Kesehatan", "0", "0"),
    ]


def test_big_numbers_are_grouped_as_indonesians_write_them():
    table = AgencyTable([], headcounts={"0001": 8379}, unit_counts={"0001": 898})
    government = Agency(path="0001")
    assert table.render_employees(government) == "8.379"
    assert table.render_units(government) == "898"
    assert (table.value_employees(government), table.value_units(government)) == (8379, 898)


def test_no_government_sees_another(names_on, city, regency):
    assert names_on(regency.hr, LIST) == [
        "Pemerintah Kabupaten Murung Raya",
        "Dinas Perhubungan Murung Raya",
    ]


def test_an_operator_begins_with_the_own_opd(names_on, city):
    assert names_on(city.operator, LIST) == ["Dinas Komunikasi dan Informatika"]


def test_the_head_of_a_unit_begins_with_that_unit(names_on, city):
    principal = factories.user_with_role(RoleName.HEAD, city.unit)
    assert names_on(principal, LIST) == ["Bidang Persandian"]


def test_the_head_of_a_unit_with_a_role_above_it_sees_it_once(names_on, city):
    city.operator.roles.create(agency=city.unit, role=RoleName.HEAD)
    assert names_on(city.operator, LIST) == ["Dinas Komunikasi dan Informatika"]


def test_rows_with_units_below_them_can_be_opened_but_not_the_government(client, city):
    client.force_login(city.hr)
    page = client.get(LIST).content.decode()
    assert re.findall(r'hx-get="([^"]+)"', page) == [
        reverse("agency-children", args=[city.opd.uuid])
    ]
    assert page.count('aria-expanded="false" aria-label="Unit di bawah') == 1


def test_a_search_finds_units_anywhere_below_and_shows_the_way_to_each(client, city):
    factories.UnitFactory(parent=city.unit, name="Seksi Persandian Daerah")
    client.force_login(city.hr)
    response = client.get(LIST, {"q": "sandi"})
    assert [(row.record.name, row.get_cell("way")) for row in rows_of(response)] == [
        ("Bidang Persandian", "Dinas Komunikasi dan Informatika"),
        ("Seksi Persandian Daerah", "Dinas Komunikasi dan Informatika › Bidang Persandian"),
    ]
    assert "hx-get" not in response.content.decode()


def test_above_an_opd_stands_its_government(client, city):
    client.force_login(city.hr)
    (row,) = rows_of(client.get(LIST, {"q": "kesehatan"}))
    assert row.get_cell("way") == "Pemerintah Kota Dumai"
    (row,) = rows_of(client.get(LIST, {"q": "pemerintah"}))
    assert row.get_cell("way") == "—"


def retire(agency):
    Agency.objects.filter(pk=agency.pk).update(retired_at=timezone.now())


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Pemerintah Kota Dumai", "Dinas Kesehatan"]),
        ("?use=tidak", ["Dinas Komunikasi dan Informatika", "Bidang Persandian"]),
        ("?use=tidak&q=sandi", ["Bidang Persandian"]),
        ("?q=dinas", ["Dinas Kesehatan"]),
        ("?use=semua&q=dinas", ["Dinas Komunikasi dan Informatika", "Dinas Kesehatan"]),
    ],
)
def test_what_is_no_longer_used_is_shown_when_asked_for(names_on, city, query, shown):
    retire(city.opd)
    retire(city.unit)
    assert names_on(city.hr, LIST + query) == shown


def test_what_is_no_longer_used_says_so_and_is_not_counted(client, city):
    retire(city.unit)
    client.force_login(city.hr)
    assert rows_of(client.get(LIST))[0].get_cell("units") == "2"
    page = client.get(LIST, {"use": "tidak"}).content.decode()
    assert '<span class="badge tone-calm">Tidak dipakai lagi</span>' in page


@pytest.mark.parametrize("words", ["dinas kesehatan", "kesehatan DINAS", "  sehat "])
def test_a_search_takes_words_in_any_order_and_case(names_on, city, words):
    assert names_on(city.hr, f"{LIST}?q={words}") == ["Dinas Kesehatan"]


def test_a_search_stays_within_the_users_agencies(names_on, city):
    assert names_on(city.operator, f"{LIST}?q=kesehatan") == []


def test_a_search_without_result_says_so_and_leads_back(client, city):
    client.force_login(city.hr)
    page = client.get(LIST, {"q": "tidak ada"}).content.decode()
    assert "Tidak ada unit yang cocok" in page
    assert f'<a class="btn btn-secondary" href="{LIST}">' in page


def test_a_user_without_role_is_told_whom_to_ask(client, city):
    client.force_login(factories.UserFactory())
    response = client.get(LIST)
    assert rows_of(response) == []
    assert "Mintalah BKPSDM memberikan peran" in response.content.decode()
