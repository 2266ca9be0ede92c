"""Second factors: asked for, required of powerful roles, confirmed before they change."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event, Role
from tests.factories import PASSWORD, GovernmentFactory, OpdFactory, UserFactory, user_with_role
from tests.totp import code_of, enrol, recovery_codes_of

pytestmark = pytest.mark.django_db

MORNING = "2026-03-02T08:00:00+07:00"


@pytest.fixture
def hr():
    return user_with_role(RoleName.HR, GovernmentFactory(), username="bkpsdm")


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_ROLES = ["HR"]


def log_in(client, name="bkpsdm"):
    return client.post(reverse("account_login"), {"login": name, "password": PASSWORD})


def pass_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client):
    return "_auth_user_id" in client.session


# Logging in ------------------------------------------------------------------------------------


def test_the_password_alone_opens_nothing_once_a_factor_is_there(client, hr):
    enrol(hr)
    assert log_in(client).url == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.get(reverse("ceremony-list")).status_code == 302


def test_the_code_of_the_app_opens_the_account(client, hr):
    secret = enrol(hr)
    log_in(client)
    assert pass_code(client, code_of(secret)).url == "/"
    assert is_in(client)


def test_a_code_may_be_typed_in_groups(client, hr):
    secret = enrol(hr)
    log_in(client)
    code = code_of(secret)
    pass_code(client, f"{code[:3]} {code[3:]}")
    assert is_in(client)


def test_a_code_holds_half_a_minute_longer_and_no_more(hr):
    secret = enrol(hr)
    with time_machine.travel(MORNING, tick=False):
        code = code_of(secret)
    answers = []
    for late in ("08:00:59", "08:01:00"):
        client = Client()
        with time_machine.travel(f"2026-03-02T{late}+07:00", tick=False):
            log_in(client)
            pass_code(client, code)
            answers.append(is_in(client))
    assert answers == [True, False]


def test_a_code_counts_once_in_all_the_time_it_holds(hr):
    secret = enrol(hr)
    first, second = Client(), Client()
    with time_machine.travel(MORNING, tick=False) as time:
        code = code_of(secret)
        log_in(first)
        pass_code(first, code)
        time.shift(45)
        log_in(second)
        answer = pass_code(second, code)
        assert (is_in(first), is_in(second)) == (True, False)
    assert "Kode salah atau sudah kedaluwarsa." in answer.content.decode()


def test_a_recovery_code_opens_the_account_once(hr):
    enrol(hr)
    codes = recovery_codes_of(hr)
    first, second = Client(), Client()
    log_in(first)
    pass_code(first, f"{codes[0][:4]} {codes[0][4:]}")
    log_in(second)
    pass_code(second, codes[0])
    assert (is_in(first), is_in(second)) == (True, False)
    assert recovery_codes_of(hr) == codes[1:]


def test_the_second_step_can_be_given_up(client, hr):
    enrol(hr)
    log_in(client)
    answer = client.post(reverse("account_logout"), {"next": reverse("account_login")})
    assert answer.url == reverse("account_login")
    assert client.get(answer.url).status_code == 200


def test_who_has_no_factor_and_needs_none_just_comes_in(client, hr):
    assert log_in(client).url == "/"


# Required of powerful roles --------------------------------------------------------------------

CLOSED = ["home", "ceremony-list", "employee-list", "account_change_password", "usersessions_list"]
OPEN = ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"]


@pytest.mark.parametrize("name", CLOSED)
def test_without_a_required_factor_every_page_leads_to_adding_one(client, hr, required, name):
    client.force_login(hr)
    assert client.get(reverse(name)).url == reverse("mfa_index")
    assert client.post(reverse(name)).url == reverse("mfa_index")


@pytest.mark.parametrize("name", OPEN)
def test_what_adds_a_factor_stays_open(client, hr, required, name):
    log_in(client)
    assert client.get(reverse(name)).status_code == 200


def test_the_page_says_why_and_shows_no_menu(client, hr, required):
    client.force_login(hr)
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Peran Anda mewajibkan faktor kedua." in page
    assert reverse("ceremony-list") not in page


def test_logging_out_and_health_stay_open(client, hr, required):
    client.force_login(hr)
    assert client.get(reverse("health")).status_code == 200
    assert client.post(reverse("account_logout")).url == "/"
    assert not is_in(client)


def test_what_is_open_to_everybody_stays_open_so_that_a_pledge_can_be_signed(client, hr, required):
    client.force_login(hr)
    assert client.get(reverse("entrance")).status_code == 200
    assert client.get(reverse("verify")).status_code == 200


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_an_app_or_a_passkey_is_enough(client, hr, required, kind):
    Authenticator.objects.create(user=hr, type=kind, data={"name": "Kunci"})
    client.force_login(hr)
    assert client.get(reverse("ceremony-list")).status_code == 200


def test_recovery_codes_alone_are_not(client, hr, required):
    Authenticator.objects.create(user=hr, type="recovery_codes", data={})
    client.force_login(hr)
    assert client.get(reverse("ceremony-list")).url == reverse("mfa_index")


@pytest.mark.parametrize("role", ["OPERATOR", "HEAD", "AUDITOR"])
def test_other_roles_need_none_unless_the_setting_names_them(client, settings, role):
    user = user_with_role(role, OpdFactory())
    client.force_login(user)
    settings.SECOND_FACTOR_ROLES = ["HR"]
    assert client.get(reverse("ceremony-list")).status_code == 200
    settings.SECOND_FACTOR_ROLES = ["HR", role]
    assert client.get(reverse("ceremony-list")).url == reverse("mfa_index")


def test_a_role_given_or_ended_counts_from_the_next_request_on(client, required):
    user = UserFactory()
    client.force_login(user)
    assert client.get(reverse("ceremony-list")).status_code == 200
    role = Role.objects.create(user=user, agency=GovernmentFactory(), role=RoleName.HR)
    assert client.get(reverse("ceremony-list")).url == reverse("mfa_index")
    role.delete()
    assert client.get(reverse("ceremony-list")).status_code == 200


def test_a_factor_taken_away_counts_from_the_next_request_on(client, hr, required):
    enrol(hr)
    client.force_login(hr)
    assert client.get(reverse("ceremony-list")).status_code == 200
    Authenticator.objects.filter(user=hr).delete()
    assert client.get(reverse("ceremony-list")).url == reverse("mfa_index")


# Adding and changing ---------------------------------------------------------------------------


def test_enrolling_shows_the_key_and_then_the_recovery_codes(client, hr, required):
    log_in(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = client.session["mfa.totp.secret"]
    assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in page
    assert 'src="data:image/svg+xml;base64,' in page
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    codes = recovery_codes_of(hr)
    shown = answer.content.decode()
    assert len(codes) == 10
    assert all(f"{code[:4]} {code[4:]}" in shown for code in codes)
    assert client.get(reverse("ceremony-list")).status_code == 200


def test_a_wrong_code_enrols_nothing_and_keeps_the_key(client, hr):
    log_in(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "Kode salah" in page
    assert secret[:4] in page
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_downloaded_as_text(client, hr):
    secret = enrol(hr)
    log_in(client)
    pass_code(client, code_of(secret))
    answer = client.get(reverse("mfa_download_recovery_codes"))
    assert answer["Content-Disposition"] == ('attachment; filename="kode-pemulihan-netralitas.txt"')
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().split("\n")
    assert [line.replace(" ", "") for line in lines if line[:4].isdigit()] == recovery_codes_of(hr)
    assert answer["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize(
    "name",
    ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"],
)
def test_changing_factors_asks_again_who_one_is(client, hr, name):
    enrol(hr)
    client.force_login(hr)
    answer = client.get(reverse(name))
    asked = urlsplit(answer.url)
    assert asked.path == reverse("account_reauthenticate")
    assert parse_qs(asked.query) == {"next": [reverse(name)]}
    confirmed = client.post(answer.url, {"password": PASSWORD, "next": reverse(name)})
    assert confirmed.url == reverse(name)
    assert client.get(reverse(name)).status_code == 200


def test_a_login_moments_ago_is_confirmation_enough_for_five_minutes(client, hr):
    with time_machine.travel(MORNING, tick=False) as time:
        log_in(client)
        assert client.get(reverse("mfa_activate_totp")).status_code == 200
        time.shift(301)
        assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_confirming_is_possible_by_code_too(client, hr):
    secret = enrol(hr)
    client.force_login(hr)
    page = client.get(reverse("account_reauthenticate")).content.decode()
    assert "Gunakan kode autentikator atau kode pemulihan" in page
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_nobody_touches_the_passkey_of_somebody_else(client, hr):
    Authenticator.objects.create(user=hr, type="webauthn", data={"name": "Kunci"})
    log_in(client, UserFactory().username)
    code = codes_on(client_of(hr))[0]
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, kwargs={"code": code})).status_code == 404
        assert client.post(reverse(name, kwargs={"code": code}), {"name": "x"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Kunci"


def test_a_passkey_is_renamed_and_removed_by_its_owner(client, hr):
    Authenticator.objects.create(user=hr, type="webauthn", data={"name": "Kunci"})
    client = client_of(hr)
    (code,) = codes_on(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_edit_webauthn", kwargs={"code": code}), {"name": "Laptop"})
    assert Authenticator.objects.get().data["name"] == "Laptop"
    event = Event.objects.get(act="account.factor_renamed")
    assert (event.actor, event.object_id, event.data) == (hr, str(hr.uuid), {"kind": "webauthn"})
    client.post(reverse("mfa_remove_webauthn", kwargs={"code": code}))
    assert not Authenticator.objects.exists()


def client_of(user):
    """A client logged in without any confirmation."""
    client = Client()
    client.force_login(user)
    return client


def codes_on(client):
    """What names the passkeys on the page about the account's security."""
    return [code for _, code in client.get(reverse("mfa_index")).context["passkeys"]]


# Kept ------------------------------------------------------------------------------------------


def test_secrets_are_not_readable_in_the_database(hr):
    secret = enrol(hr)
    stored = " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))
    assert secret not in stored
    assert not any(code in stored for code in recovery_codes_of(hr))


def test_after_a_change_of_the_secret_key_no_code_fits(client, hr, settings):
    secret = enrol(hr)
    codes = recovery_codes_of(hr)
    settings.SECRET_KEY = "kunci-yang-lain-kunci-yang-lain-kunci-yang-lain"
    log_in(client)
    for code in (code_of(secret), codes[0], "000000", ""):
        answer = pass_code(client, code)
    assert answer.status_code == 200
    assert not is_in(client)
