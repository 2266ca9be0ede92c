"""GET /opd/"""

import pytest
from django.urls import reverse

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


def test_a_search_finds_units_anywhere_below_and_says_of_which_opd(client, city):
    factories.UnitFactory(parent=city.unit, name="Seksi Persandian Daerah")
    client.force_login(city.hr)
    response = client.get(LIST, {"q": "sandi"})
    assert [(row.record.name, row.get_cell("opd")) for row in rows_of(response)] == [
        ("Bidang Persandian", "Dinas Komunikasi dan Informatika"),
        ("Seksi Persandian Daerah", "Dinas Komunikasi dan Informatika"),
    ]


@pytest.mark.parametrize("words", ["dinas kesehatan", "kesehatan DINAS", "  sehat "])
def test_a_search_takes_words_in_any_order_and_case(names_on, city, words):
    assert names_on(city.hr, f"{LIST}?q={words}") == ["Dinas Kesehatan"]


def test_a_search_stays_within_the_users_agencies(names_on, city):
    assert names_on(city.operator, f"{LIST}?q=kesehatan") == []


def test_a_search_without_result_says_so_and_leads_back(client, city):
    client.force_login(city.hr)
    page = client.get(LIST, {"q": "tidak ada"}).content.decode()
    assert "Tidak ada unit dengan nama itu" in page
    assert f'<a class="btn btn-secondary" href="{LIST}">' in page


def test_a_user_without_role_is_told_whom_to_ask(client, city):
    client.force_login(factories.UserFactory())
    response = client.get(LIST)
    assert rows_of(response) == []
    assert "Mintalah BKPSDM memberikan peran" in response.content.decode()
