"""Employees are invited to claim their accounts: one from their page, or all of an agency."""

import pytest
from django.core import mail
from django.urls import reverse

from agencies.models import Event, User
from tests import factories


@pytest.fixture
def employee(city):
    return factories.EmployeeFactory(agency=city.unit, email="siti@dumaikota.example")


def test_the_operator_invites_an_employee_of_the_own_opd(client, city, employee, run_tasks):
    client.force_login(city.operator)
    answer = client.post(reverse("employee-invite", args=[employee.uuid]), follow=True)
    assert answer.redirect_chain == [(reverse("employee-detail", args=[employee.uuid]), 302)]
    assert (
        "Undangan membuat akun segera dikirim ke siti@dumaikota.example." in answer.content.decode()
    )
    run_tasks()
    assert mail.outbox[0].to == ["siti@dumaikota.example"]


def offered(client, user, employee):
    """Whether the employee's page has the button."""
    client.force_login(user)
    page = client.get(reverse("employee-detail", args=[employee.uuid])).content.decode()
    return reverse("employee-invite", args=[employee.uuid]) in page


def test_the_button_is_for_hr_and_operator_and_for_whom_can_be_invited(client, city, employee):
    assert offered(client, city.hr, employee)
    assert offered(client, city.operator, employee)
    assert not offered(client, city.head, employee)
    assert not offered(client, city.operator, factories.EmployeeFactory(agency=city.opd))


def test_the_button_is_gone_once_the_account_is_in_use_and_hr_is_led_to_it(client, city, employee):
    account = factories.UserFactory(employee=employee, government=city.government)
    assert not offered(client, city.hr, employee)
    page = client.get(reverse("employee-detail", args=[employee.uuid])).content.decode()
    assert reverse("user-detail", args=[account.uuid]) in page
    client.force_login(city.operator)
    page = client.get(reverse("employee-detail", args=[employee.uuid])).content.decode()
    assert reverse("user-detail", args=[account.uuid]) not in page


def test_who_shares_an_address_has_no_button_and_those_who_invite_read_why(client, city, employee):
    factories.EmployeeFactory(agency=city.other_opd, email="SITI@dumaikota.example")
    for user in (city.hr, city.operator, city.head):
        assert not offered(client, user, employee)
        page = client.get(reverse("employee-detail", args=[employee.uuid])).content.decode()
        assert ("Belum dapat diundang: alamat surelnya juga" in page) == (user != city.head)


def test_an_account_at_an_address_of_its_own_is_invited_again_whatever_is_on_record(
    client, city, employee
):
    factories.EmployeeFactory(agency=city.other_opd, email=employee.email)
    details = {"employee": employee, "email": "kepala@dumaikota.example", "password": None}
    factories.user_with_role("HEAD", city.opd, **details)
    assert offered(client, city.hr, employee)


def test_without_an_address_the_page_says_what_is_missing(client, city):
    employee = factories.EmployeeFactory(agency=city.opd)
    client.force_login(city.operator)
    answer = client.post(reverse("employee-invite", args=[employee.uuid]))
    assert answer.status_code == 409
    assert "Alamat surel belum diisi." in answer.content.decode()


def test_the_count_is_shown_before_anybody_is_invited(client, city, employee):
    factories.EmployeeFactory.create_batch(2, agency=city.opd)
    factories.UserFactory(employee=factories.EmployeeFactory(agency=city.opd))
    factories.EmployeeFactory(agency=city.other_opd, email="lain@dumaikota.example")
    client.force_login(city.operator)
    context = client.get(reverse("agency-invite", args=[city.opd.uuid])).context
    assert (context["ready"], context["unreachable"], context["with_account"]) == (1, 2, 1)
    assert User.objects.filter(employee=employee).count() == 0


def test_everybody_is_invited_after_the_question(client, city, employee, run_tasks):
    client.force_login(city.operator)
    answer = client.post(reverse("agency-invite", args=[city.opd.uuid]))
    assert answer.headers["Location"] == reverse("agency-detail", args=[city.opd.uuid])
    run_tasks()
    assert [message.to for message in mail.outbox] == [["siti@dumaikota.example"]]


def test_who_shares_an_address_is_counted_apart_and_told_about(client, city, employee):
    factories.EmployeeFactory.create_batch(2, agency=city.opd, email="tu@dumaikota.example")
    client.force_login(city.operator)
    address = reverse("agency-invite", args=[city.opd.uuid])
    context = client.get(address).context
    assert (context["ready"], context["shared"]) == (1, 2)
    page = client.post(address, follow=True).content.decode()
    assert "1 undangan akan dikirim satu per satu." in page
    assert "2 pegawai dilewati: alamat surelnya juga tercatat pada pegawai atau akun lain." in page


def test_one_who_shares_an_address_is_refused_with_the_reason(client, city, employee):
    factories.EmployeeFactory(agency=city.other_opd, email="SITI@dumaikota.example")
    client.force_login(city.operator)
    answer = client.post(reverse("employee-invite", args=[employee.uuid]))
    assert answer.status_code == 409
    assert "juga tercatat pada pegawai atau akun lain" in answer.content.decode()
    assert not User.objects.filter(employee=employee).exists()


def test_an_invitation_is_sent_again_to_the_own_address(client, city, employee):
    client.force_login(city.operator)
    for _ in range(2):
        answer = client.post(reverse("employee-invite", args=[employee.uuid]))
        assert answer.status_code == 302


def test_a_second_account_for_one_number_is_told_to_who_makes_it(client, city, regency, employee):
    there = factories.EmployeeFactory(agency=regency.opd, number=employee.number)
    factories.UserFactory(employee=there, government=regency.government)
    client.force_login(city.operator)
    answer = client.post(reverse("employee-invite", args=[employee.uuid]), follow=True)
    page = answer.content.decode()
    assert "Nomor pegawai ini juga memiliki akun pada pemerintah daerah lain." in page
    assert regency.government.name not in page
    assert Event.objects.get(act="account.created").data == {"twice": True}


def test_where_nobody_can_be_invited_there_is_no_button(client, city):
    client.force_login(city.hr)
    address = reverse("agency-invite", args=[city.opd.uuid])
    assert "Kirim undangan" not in client.get(address).content.decode()
    assert client.post(address).status_code == 409
