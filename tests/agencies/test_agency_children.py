"""GET /opd/<uuid>/bawahan/: the rows that the list puts below an agency."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.choices import RoleName
from agencies.models import Agency
from netralitas.lib.tables import PER_PAGE
from tests import factories


def rows_below(client, user, agency):
    client.force_login(user)
    response = client.get(reverse("agency-children", args=[agency.uuid]))
    assert response.status_code == 200
    return response


def names_in(response):
    return [row.record.name for row in response.context["table"].rows]


def steps_in(response):
    """How far each row is indented."""
    rows = response.content.decode().split("<tr ")[1:]
    return [row.count('class="branch-step"') for row in rows]


def test_they_are_the_units_directly_below_with_what_stands_below_each(client, city):
    section = factories.UnitFactory(parent=city.unit, name="Seksi Sandi")
    factories.EmployeeFactory.create_batch(2, agency=section)
    response = rows_below(client, city.hr, city.opd)
    (row,) = response.context["table"].rows
    assert row.record == city.unit
    assert list(row.cells)[1:] == ["1", "2"]


def test_they_are_rows_and_no_page(client, city):
    page = rows_below(client, city.hr, city.opd).content.decode()
    assert "<html" not in page
    assert re.findall(r'data-branch(?:-of)?="([^"]+)"', page) == [
        str(city.unit.uuid),
        str(city.opd.uuid),
    ]


def test_only_what_has_units_below_it_opens_further(client, city):
    assert "hx-get" not in rows_below(client, city.hr, city.opd).content.decode()
    factories.UnitFactory(parent=city.unit)
    address = reverse("agency-children", args=[city.unit.uuid])
    assert f'hx-get="{address}"' in rows_below(client, city.hr, city.opd).content.decode()


@pytest.mark.parametrize(("held_on", "steps"), [("government", 2), ("opd", 2), ("unit", 1)])
def test_rows_are_indented_from_where_the_users_list_begins(client, city, held_on, steps):
    factories.UnitFactory(parent=city.unit, name="Seksi Sandi")
    user = factories.user_with_role(RoleName.OPERATOR, getattr(city, held_on))
    assert steps_in(rows_below(client, user, city.unit)) == [steps]


def test_units_no_longer_used_are_left_out(client, city):
    factories.UnitFactory(parent=city.opd, name="Sekretariat")
    Agency.objects.filter(pk=city.unit.pk).update(retired_at=timezone.now())
    assert names_in(rows_below(client, city.hr, city.opd)) == ["Sekretariat"]


def test_more_than_a_page_of_units_leads_to_the_page_of_the_agency(client, city):
    factories.UnitFactory.create_batch(PER_PAGE + 1, parent=city.opd)
    response = rows_below(client, city.hr, city.opd)
    assert len(names_in(response)) == PER_PAGE
    page = response.content.decode()
    assert "2 unit lainnya di bawah Dinas Komunikasi dan Informatika" in page
    assert f'href="{reverse("agency-detail", args=[city.opd.uuid])}?page=2"' in page
    assert f'<tr data-branch-of="{city.opd.uuid}" role="row">' in page


def test_an_agency_without_units_has_no_rows(client, city):
    assert rows_below(client, city.hr, city.unit).content.decode().strip() == ""


def test_a_stranger_gets_404(client, city, regency):
    address = reverse("agency-children", args=[city.opd.uuid])
    for user in (regency.hr, factories.UserFactory()):
        client.force_login(user)
        assert client.get(address).status_code == 404
