"""Logging in by user name or number: one account, however it is spelled."""

import pytest
from django.urls import reverse

from agencies.choices import EmployeeKind
from agencies.services.accounts import invite_employee
from tests.factories import PASSWORD, EmployeeFactory, UserFactory, government_of

pytestmark = pytest.mark.django_db

NIP = "197906062001042001"
WRONG = "Nama pengguna, NIP, atau kata sandi tidak sesuai."


@pytest.fixture
def user():
    employee = EmployeeFactory(number=NIP)
    return UserFactory(
        username="Rina", employee=employee, government=government_of(employee.agency)
    )


def log_in(client, name, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def logged_in(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "typed",
    [
        NIP,
        "19790606 200104 2 001",
        " 1979 0606 2001 0420 01 ",
        "19790606.200104.2.001",
        "'197906062001042001",
        "19790606\u00a0200104\u00a02\u00a0001",
        "Rina",
        "rina",
        " RINA ",
    ],
)
def test_a_number_in_any_grouping_or_the_user_name_opens_the_account(client, user, typed):
    answer = log_in(client, typed)
    assert (answer.status_code, answer.url) == (302, "/")
    assert logged_in(client) == str(user.pk)


def test_the_field_says_what_it_takes(client):
    page = client.get(reverse("account_login")).content.decode()
    assert "Nama pengguna atau NIP" in page


def test_the_number_of_a_contract_worker_opens_the_account_too(client):
    employee = EmployeeFactory(kind=EmployeeKind.NON_ASN)
    user = UserFactory(employee=employee)
    log_in(client, " ".join([employee.number[:8], employee.number[8:]]))
    assert logged_in(client) == str(user.pk)


def test_who_left_the_roster_logs_in_by_user_name_alone(client, user):
    user.employee.active = False
    user.employee.save()
    assert WRONG in log_in(client, NIP).content.decode()
    log_in(client, "rina")
    assert logged_in(client) == str(user.pk)


def test_a_number_in_two_rosters_opens_the_one_account_there_is(client, user):
    EmployeeFactory(number=NIP)
    log_in(client, NIP)
    assert logged_in(client) == str(user.pk)


def test_an_account_of_another_government_that_nobody_opened_yet_locks_nobody_out(client, user):
    invited(NIP)
    log_in(client, NIP)
    assert logged_in(client) == str(user.pk)


def test_of_two_accounts_in_use_the_number_opens_the_one_that_is_named_by_it(client):
    """As invitations make them: the first bears the number, the second a name of its own."""
    made = []
    for address in ("siti@dumaikota.example", "aminah@murungraya.example"):
        employee = EmployeeFactory(number=NIP, email=address)
        account = invite_employee(actor=None, employee=employee)
        account.set_password(PASSWORD)
        account.save()
        made.append(account)
    first, second = made
    assert (first.username, second.username) == (NIP, "aminah")
    log_in(client, "19790606 200104 2 001")
    assert logged_in(client) == str(first.pk)
    client.logout()
    log_in(client, "aminah")
    assert logged_in(client) == str(second.pk)


def test_a_number_that_names_neither_of_two_accounts_opens_neither(client, user):
    other = UserFactory(employee=EmployeeFactory(number=NIP))
    assert WRONG in log_in(client, NIP).content.decode()
    assert logged_in(client) is None
    log_in(client, other.username)
    assert logged_in(client) == str(other.pk)


@pytest.mark.parametrize("accounts", [0, 1, 2])
def test_a_number_that_opens_nothing_is_answered_alike_whoever_has_it(client, accounts):
    for _ in range(accounts):
        UserFactory(employee=EmployeeFactory(number=NIP))
    page = log_in(client, NIP, "salah").content.decode()
    assert "Bila nomor Anda tercatat pada dua pemerintah daerah" in page
    assert "dua pemerintah daerah" not in log_in(client, "rina", "salah").content.decode()


def invited(number):
    """An account of somebody with this number that waits for its first password."""
    user = UserFactory(employee=EmployeeFactory(number=number))
    user.set_unusable_password()
    user.save()
    return user


def test_an_ended_account_is_named_only_to_who_knows_its_password(client, user):
    user.is_active = False
    user.save()
    assert WRONG in log_in(client, "rina", "salah").content.decode()
    assert log_in(client, "rina").url == reverse("account_inactive")
    assert logged_in(client) is None


@pytest.mark.parametrize("name", ["rina", NIP])
def test_the_unknown_and_the_wrong_are_answered_alike(client, user, name):
    wrong = log_in(client, name, "salah")
    unknown = log_in(client, name[::-1], "salah")
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    plain = [
        page.content.decode().replace(name, "").replace(name[::-1], "") for page in (wrong, unknown)
    ]
    tokens = [str(page.context["csrf_token"]) for page in (wrong, unknown)]
    assert plain[0].replace(tokens[0], "") == plain[1].replace(tokens[1], "")
    assert WRONG in plain[0]


def test_the_unknown_costs_a_hash_like_the_wrong(client, user, monkeypatch):
    """Else the time of the answer would tell who has an account."""
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        counting(hashed),
    )
    log_in(client, "rina", "salah")
    known = len(hashed)
    log_in(client, "tidak-ada", "salah")
    log_in(client, "19790606 200104 2 009", "salah")
    assert (known, len(hashed)) == (1, 3)


def counting(calls):
    """MD5PasswordHasher.encode, noting each call."""

    def encode(self, password, salt):
        calls.append(salt)
        return f"{self.algorithm}${salt}$-"

    return encode


def test_spellings_of_one_account_share_one_count(client, user):
    for typed in ("rina", "RINA", NIP, "19790606 200104 2 001", "19790606.200104.2.001"):
        log_in(client, typed, "salah")
    answer = log_in(client, "Rina")
    assert logged_in(client) is None
    assert "Terlalu banyak percobaan" in answer.content.decode()


def test_what_was_typed_stands_in_the_field_again_not_whose_it_is(client, user):
    page = log_in(client, "19790606 200104 2 001", "salah").content.decode()
    assert 'value="19790606 200104 2 001"' in page
    assert "Rina" not in page
