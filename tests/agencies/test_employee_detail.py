"""GET /pegawai/<uuid>/"""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from agencies.choices import EmployeeKind, NumberKind
from agencies.models import IdentityNumber
from tests import factories


@pytest.fixture
def employee(city):
    employee = factories.EmployeeFactory(
        agency=city.unit,
        name="ANI LESTARI",
        title_prefix="Ir.",
        kind=EmployeeKind.PPPK,
        number="197906062025211001",
        email="ani@example.go.id",
        phone="081234567890",
    )
    for number, year in (("197906062021211001", 2021), (employee.number, 2025)):
        IdentityNumber.objects.create(
            employee=employee,
            kind=NumberKind.NI_PPPK,
            number=number,
            since=datetime(year, 3, 1, tzinfo=UTC),
        )
    return employee


def page_of(client, user, employee):
    client.force_login(user)
    return client.get(reverse("employee-detail", args=[employee.uuid]))


def test_it_shows_identity_and_every_number_the_person_has_had(client, city, employee):
    response = page_of(client, city.hr, employee)
    assert response.context["number"] == "19790606 202521 1 001"
    assert [(n.label, n.number, n.since) for n in response.context["numbers"]] == [
        ("NI PPPK", "19790606 202521 1 001", "1 Maret 2025"),
        ("NI PPPK", "19790606 202121 1 001", "1 Maret 2021"),
    ]
    assert "<h1>Ir. ANI LESTARI, S.Kom.</h1>" in response.content.decode()


def test_it_leads_up_the_tree_as_far_as_the_user_may_go(client, city, employee):
    def agencies(user):
        return [name for name, _ in page_of(client, user, employee).context["agencies"]]

    assert agencies(city.operator) == [city.opd.name, city.unit.name]
    assert agencies(city.hr) == [city.government.name, city.opd.name, city.unit.name]


@pytest.mark.parametrize(
    ("role", "shown"), [("hr", True), ("operator", True), ("head", False), ("auditor", False)]
)
def test_contact_is_shown_only_to_those_who_invite(client, city, employee, role, shown):
    page = page_of(client, getattr(city, role), employee).content.decode()
    assert ("ani@example.go.id" in page) is shown
    assert ("081234567890" in page) is shown


def test_one_who_left_is_marked(client, city, employee):
    assert "Tidak aktif" not in page_of(client, city.hr, employee).content.decode()
    employee.active = False
    employee.save()
    assert "Tidak aktif" in page_of(client, city.hr, employee).content.decode()


def test_a_stranger_gets_404(client, city, employee, regency):
    other_head = factories.user_with_role("HEAD", city.other_opd)
    for user in (regency.hr, other_head, factories.UserFactory()):
        assert page_of(client, user, employee).status_code == 404
