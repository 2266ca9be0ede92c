"""/pegawai/<uuid>/acara/: one employee's ceremonies and signatures, for those who keep them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.choices import RoleName
from agencies.services.employees import move_employee
from tests import factories

from .pages import links_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def opd():
    return factories.OpdFactory(name="Dinas Lama")


@pytest.fixture
def employee(opd):
    return factories.EmployeeFactory(agency=opd, name="Ani Lestari")


def address(employee):
    return reverse("employee-participations", args=[employee.uuid])


def page_of(client, employee, role, agency):
    client.force_login(factories.user_with_role(role, agency))
    return client.get(address(employee))


def signed_at(employee, **fields):
    """The employee's signature at a new ceremony of the agency of today."""
    ceremony = factories.open_ceremony(employee.agency, employees=0, **fields)
    return factories.sign(ceremony.participants.get(employee=employee))


def test_it_shows_ceremonies_with_state_place_and_pact(client, employee, opd):
    signature = signed_at(employee, title="Apel Senin")
    waiting = factories.open_ceremony(opd, employees=0, title="Apel Selasa")
    response = page_of(client, employee, RoleName.HR, employee.government)
    page, participant = text_of(response), signature.participant
    for words in ("Apel Senin", "Apel Selasa", "Sudah", "Belum", "Sebagai pegawai Dinas Lama"):
        assert words in page
    pact = reverse("pact-pdf", args=[participant.ceremony.uuid, participant.uuid])
    detail = reverse("participant-detail", args=[participant.ceremony.uuid, participant.uuid])
    assert {pact, detail} <= set(links_of(response))
    assert sum("pakta.pdf" in link for link in links_of(response)) == 1
    assert waiting.participants.count() == 1


def test_only_those_who_read_pacts_are_led_to_them(client, employee, opd):
    signed_at(employee)
    for role, leads in [(RoleName.HEAD, True), (RoleName.OPERATOR, False)]:
        links = links_of(page_of(client, employee, role, opd))
        assert any("pakta.pdf" in link for link in links) is leads


def test_what_was_signed_under_the_old_agency_stays_with_it(client, employee, opd):
    signed_at(employee, title="Apel Lama")
    government = employee.government
    new = factories.OpdFactory(parent=government, name="Dinas Baru")
    move_employee(actor=None, employee=employee, agency=new)
    employee.refresh_from_db()
    signed_at(employee, title="Apel Baru")
    for role in (RoleName.HR, RoleName.AUDITOR):
        page = text_of(page_of(client, employee, role, government))
        assert "Apel Lama" in page
        assert "Sebagai pegawai Dinas Lama" in page
        assert "Apel Baru" in page
    page = text_of(page_of(client, employee, RoleName.HEAD, new))
    assert "Apel Baru" in page
    assert "Apel Lama" not in page
    assert page_of(client, employee, RoleName.HEAD, opd).status_code == 404


def test_it_is_a_part_for_the_employees_page_and_a_page_of_its_own(client, employee):
    response = page_of(client, employee, RoleName.HR, employee.government)
    assert "<html" in response.content.decode()
    response = client.get(address(employee), headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "Belum pernah menjadi peserta acara ikrar." in text_of(response)
    assert "HX-Request" in response["Vary"]


def test_the_employees_page_asks_for_it(client, employee):
    client.force_login(factories.user_with_role(RoleName.HR, employee.government))
    page = client.get(reverse("employee-detail", args=[employee.uuid])).content.decode()
    assert f'hx-get="{address(employee)}"' in page
    assert f'href="{address(employee)}"' in page


def test_strangers_get_404(client, employee):
    foreign = factories.GovernmentFactory()
    assert page_of(client, employee, RoleName.HR, foreign).status_code == 404
    client.force_login(factories.UserFactory(employee=employee))
    assert client.get(address(employee)).status_code == 404


def test_it_needs_no_more_queries_for_more_ceremonies(client, employee):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(address(employee))
        return len(captured)

    signed_at(employee)
    page_of(client, employee, RoleName.HR, employee.government)
    before = queries()
    for _ in range(4):
        signed_at(employee)
    assert queries() == before
