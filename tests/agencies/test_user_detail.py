"""The page of one account, and the form that changes it."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from agencies.models import AccountMail, User
from agencies.services import accounts
from tests import factories


@pytest.fixture
def page(client, city):
    """A function: the page of an account as HR, or somebody else, sees it."""

    def text(user, by=None):
        client.force_login(by or city.hr)
        return client.get(reverse("user-detail", args=[user.uuid])).content.decode()

    return text


def address(name, user):
    return reverse(name, args=[user.uuid])


def test_it_tells_who_it_is_and_what_has_happened(page, city):
    accounts.end_account(actor=city.hr, user=city.head)
    accounts.restore_account(actor=city.hr, user=city.head)
    text = page(city.head)
    for words in (
        city.head.username,
        "Kepala OPD",
        "Dinas Komunikasi dan Informatika",
        "Tidak terhubung dengan pegawai",
        "Belum dipasang",
        "Belum pernah",
        "Akun diakhiri",
        "Akun dipulihkan",
        f"{reverse('event-list')}?object={city.head.uuid}",
    ):
        assert words in text


def test_hr_is_offered_what_can_be_done_with_an_account_in_use(page, city):
    Authenticator.objects.create(user=city.head, type="totp", data={})
    text = page(city.head)
    for name in ("user-edit", "user-end", "user-end-sessions", "user-reset-factor", "role-grant"):
        assert address(name, city.head) in text
    for name in ("user-restore", "user-invite-again"):
        assert address(name, city.head) not in text


def test_of_an_ended_account_only_the_return_is_offered(page, city):
    accounts.end_account(actor=city.hr, user=city.head)
    text = page(city.head)
    assert address("user-restore", city.head) in text
    for name in ("user-edit", "user-end", "user-end-sessions"):
        assert address(name, city.head) not in text
    assert "Berikan peran" not in text


def test_who_was_invited_can_be_invited_again(page, city):
    user = factories.user_with_role("HEAD", city.opd, password=None)
    text = page(user)
    assert address("user-invite-again", user) in text
    assert address("user-end-sessions", user) not in text


def test_the_auditor_reads_the_page_and_is_offered_nothing(page, city):
    text = page(city.head, by=city.auditor)
    assert "Kepala OPD" in text
    assert "data-post" not in text
    assert "Berikan peran" not in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"state": "FAILED", "failures": 5},
            ["Gagal dikirim", "5 percobaan gagal", "Undangan tidak dapat dikirim"],
        ),
        (
            {"state": "WAITING", "failures": 1, "address": "a@b.example"},
            ["Menunggu dikirim", "1 percobaan gagal; akan dicoba lagi"],
        ),
    ],
)
def test_hr_sees_what_became_of_the_invitation(page, city, fields, words):
    user = factories.user_with_role("HEAD", city.opd, password=None)
    AccountMail.objects.create(user=user, kind="INVITATION", requested_by=city.hr, **fields)
    text = page(user)
    assert [word for word in words if word not in text] == []


# Changing ---------------------------------------------------------------------------------------


def test_hr_corrects_an_account(client, city):
    employee = factories.EmployeeFactory(agency=city.opd)
    client.force_login(city.hr)
    data = {"name": "Suriyanto", "email": "baru@dumaikota.example", "employee": employee.number}
    answer = client.post(address("user-edit", city.head), data)
    assert answer.headers["Location"] == address("user-detail", city.head)
    changed = User.objects.get(pk=city.head.pk)
    assert (str(changed), changed.email, changed.employee) == (
        "Suriyanto",
        "baru@dumaikota.example",
        employee,
    )


def test_an_address_cannot_be_taken_away(client, city):
    User.objects.filter(pk=city.head.pk).update(email="lama@dumaikota.example")
    client.force_login(city.hr)
    answer = client.post(address("user-edit", city.head), {"name": "Suriyanto", "email": ""})
    assert list(answer.context["form"].errors) == ["email"]


def test_the_form_shows_what_is_stored(client, city):
    city.head.employee = factories.EmployeeFactory(agency=city.opd)
    city.head.save()
    client.force_login(city.hr)
    form = client.get(address("user-edit", city.head)).context["form"]
    assert form["employee"].value() == city.head.employee.number
    assert form["name"].value() == "Pengguna"
