"""Accounts and roles that stay behind when somebody leaves or moves: HR sees and ends them."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from agencies.choices import Concern
from agencies.models import Event, Placement, Role, User
from agencies.services import accounts, employees, roles
from pledges.todo import accounts_left_behind
from tests import factories


@pytest.fixture
def user(city):
    """The operator of Diskominfo, who works there."""
    employee = factories.EmployeeFactory(agency=city.unit)
    return factories.user_with_role("OPERATOR", city.opd, employee=employee)


def concerns(user):
    return [each for each in Concern if User.objects.of_concern(each).filter(pk=user.pk).exists()]


def move(city, user, agency):
    employees.move_employee(actor=city.hr, employee=user.employee, agency=agency)


def leave(city, user):
    employees.deactivate_employee(actor=city.hr, employee=user.employee)


def test_who_works_where_the_role_is_concerns_nobody(city, user):
    assert concerns(user) == []
    move(city, user, city.opd)
    assert concerns(user) == []


def test_the_account_of_who_left_is_of_concern_until_it_ends(city, user):
    leave(city, user)
    assert concerns(user) == [Concern.LEFT]
    accounts.end_account(actor=city.hr, user=user)
    assert concerns(user) == []


def test_a_role_that_stayed_behind_is_of_concern_until_it_ends(city, user):
    move(city, user, city.other_opd)
    assert concerns(user) == [Concern.MOVED]
    roles.end_role(actor=city.hr, role=user.roles.get())
    assert concerns(user) == []


def test_a_role_given_once_more_is_held_on_purpose(city, user):
    move(city, user, city.other_opd)
    roles.grant_role(actor=city.hr, user=user, role="OPERATOR", agency=city.opd)
    assert concerns(user) == []
    assert Event.objects.of(user).get().act == "role.granted"


def test_an_acting_head_of_another_opd_concerns_nobody(city, user):
    roles.grant_role(actor=city.hr, user=user, role="HEAD", agency=city.other_opd)
    assert concerns(user) == []


def test_an_acting_head_may_move_about_in_the_own_opd(city, user):
    bureau = factories.UnitFactory(parent=city.opd, name="Bidang Statistik")
    roles.end_role(actor=city.hr, role=user.roles.get())
    roles.grant_role(actor=city.hr, user=user, role="HEAD", agency=city.other_opd)
    move(city, user, bureau)
    assert concerns(user) == []


def test_an_acting_head_who_once_worked_there_may_move_about_too(city, user):
    bureau = factories.UnitFactory(parent=city.other_opd, name="Bidang Farmasi")
    move(city, user, city.other_opd)
    roles.grant_role(actor=city.hr, user=user, role="HEAD", agency=city.opd)
    roles.end_role(actor=city.hr, role=user.roles.get(role="OPERATOR"))
    move(city, user, bureau)
    assert concerns(user) == []


def test_a_place_known_only_since_an_update_is_no_move(city, user):
    """Migrations 0004 and 0008 dated places with the day of the update, roles with the account."""
    Role.objects.filter(user=user).update(agency=city.other_opd, granted_at=user.date_joined)
    Placement.objects.create(employee=user.employee, agency=city.unit, since=timezone.now())
    assert concerns(user) == []


def test_who_really_leaves_after_an_update_is_found(city, user):
    Placement.objects.create(employee=user.employee, agency=city.unit, since=timezone.now())
    Role.objects.filter(user=user).update(granted_at=user.date_joined)
    move(city, user, city.other_opd)
    assert concerns(user) == [Concern.MOVED]


def test_a_role_on_the_whole_government_moves_along(city, user):
    roles.grant_role(actor=city.hr, user=user, role="AUDITOR", agency=city.government)
    roles.end_role(actor=city.hr, role=user.roles.get(role="OPERATOR"))
    move(city, user, city.other_opd)
    assert concerns(user) == []


def test_two_accounts_of_one_number_are_of_concern_to_both_governments(city, regency, user):
    there = factories.EmployeeFactory(agency=regency.opd, number=user.employee.number)
    other = factories.UserFactory(government=regency.government, employee=there)
    assert concerns(user) == concerns(other) == [Concern.TWICE]
    leave(city, user)
    assert (concerns(user), concerns(other)) == ([Concern.LEFT], [])


# What HR sees -----------------------------------------------------------------------------------


def test_the_page_says_it_and_marks_the_role(client, city, user):
    move(city, user, city.other_opd)
    leave(city, user)
    client.force_login(city.hr)
    page = client.get(reverse("user-detail", args=[user.uuid])).content.decode()
    for words in ("Pegawai ini tidak aktif lagi", "Ada peran di instansi lama", "Di instansi lama"):
        assert words in page
    page = client.get(reverse("user-detail", args=[city.head.uuid])).content.decode()
    assert "instansi lama" not in page


def test_the_list_finds_and_marks_them(client, city, user):
    leave(city, user)
    client.force_login(city.hr)
    answer = client.get(reverse("user-list"), {"concern": "LEFT"})
    assert [row.record for row in answer.context["table"].paginated_rows] == [user]
    assert '<small class="d-block muted">Pegawai nonaktif</small>' in answer.content.decode()
    assert not client.get(reverse("user-list"), {"concern": "MOVED"}).context["table"].rows


def test_the_export_names_them(client, city, user):
    leave(city, user)
    client.force_login(city.hr)
    answer = client.get(reverse("user-export"), {"concern": "LEFT"})
    sheet = load_workbook(BytesIO(b"".join(answer))).active
    assert "Aktif; Pegawai nonaktif" in [cell.value for cell in sheet[2]]


def test_home_has_a_step_for_hr_alone(client, city, regency, user):
    assert accounts_left_behind(city.hr) == []
    move(city, user, city.other_opd)
    leave(city, user)
    steps = accounts_left_behind(city.hr)
    assert [(step.title, step.count) for step in steps] == [
        ("Periksa akun pegawai yang tidak aktif lagi", 1),
        ("Periksa peran pegawai yang sudah pindah", 1),
    ]
    client.force_login(city.hr)
    found = client.get(steps[1].url).context["table"].rows
    assert [row.record for row in found] == [user]
    for other in (city.auditor, city.operator, regency.hr):
        assert accounts_left_behind(other) == []
