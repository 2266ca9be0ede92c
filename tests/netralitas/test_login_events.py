"""Logins, failures, new passwords and factors are in the audit trail; secrets are not."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from tests.factories import PASSWORD, EmployeeFactory, OpdFactory, UserFactory, user_with_role
from tests.totp import code_of, enrol, recovery_codes_of

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-0000-0000-000000000000"
NEW = "sandi-yang-baru-2026"


@pytest.fixture
def user():
    opd = OpdFactory()
    return user_with_role(
        RoleName.OPERATOR, opd, username="rina", employee=EmployeeFactory(agency=opd)
    )


def log_in(client, name="rina", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def trail():
    """(act, data) of what was recorded, the oldest first."""
    return list(Event.objects.order_by("id").values_list("act", "data"))


def test_a_login_by_password_is_recorded(client, user):
    log_in(client)
    assert trail() == [("login.succeeded", {"way": "password", "second_factor": False})]
    event = Event.objects.get()
    assert (event.actor, event.object_type, event.object_id) == (user, "user", str(user.uuid))
    assert (event.government, event.employee) == (user.government, user.employee)


def test_a_login_with_a_second_factor_says_so(client, user):
    secret = enrol(user)
    log_in(client)
    assert trail() == []
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert trail() == [("login.succeeded", {"way": "password", "second_factor": True})]


def test_a_wrong_password_is_recorded_for_the_account(client, user):
    log_in(client, password="salah")
    event = Event.objects.get()
    assert (event.act, event.data) == ("login.failed", {"step": "password"})
    assert (event.actor, event.object_id) == (None, str(user.uuid))
    assert (event.government, event.employee) == (user.government, user.employee)


def test_a_wrong_code_is_recorded(client, user):
    enrol(user)
    log_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert trail() == [("login.failed", {"step": "code"})]


def test_an_ended_account_is_recorded(client, user):
    user.is_active = False
    user.save()
    log_in(client)
    assert trail() == [("login.failed", {"step": "inactive"})]


def test_an_unknown_name_is_recorded_for_nobody_and_kept_nowhere(client, caplog):
    with caplog.at_level("INFO"):
        log_in(client, "nama-rahasia", "sandi-rahasia")
    event = Event.objects.get()
    assert (event.act, event.object_type, event.object_id) == ("login.failed", "user", NOBODY)
    assert (event.actor, event.government, event.employee) == (None, None, None)
    assert "rahasia" not in json.dumps(event.data) + caplog.text


def test_a_flood_of_unknown_names_does_not_fill_the_trail(client):
    for number in range(70):
        log_in(client, f"tidak-ada-{number}", "salah")
    assert Event.objects.count() == 60


def test_locked_attempts_are_not_recorded_one_by_one(client, user):
    for _ in range(8):
        log_in(client, password="salah")
    assert trail() == [("login.failed", {"step": "password"})] * 5


def test_logging_out_is_recorded(client, user):
    log_in(client)
    client.post(reverse("account_logout"))
    assert trail()[1:] == [("login.ended", {})]
    assert Event.objects.latest("id").actor == user


def test_logging_out_without_a_login_records_nothing(client):
    client.post(reverse("account_logout"))
    assert trail() == []


def test_a_changed_password_is_recorded(client, user):
    client.force_login(user)
    passwords = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), passwords)
    assert trail() == [("account.password", {"way": "session"})]
    assert Event.objects.get().actor == user


def test_factors_added_and_removed_are_recorded(client, user, django_capture_on_commit_callbacks):
    log_in(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert trail()[1:] == [
        ("account.factor_added", {"kind": "totp"}),
        ("account.recovery_codes", {}),
        ("account.factor_removed", {"kind": "totp"}),
    ]
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_are_recorded(client, user, django_capture_on_commit_callbacks):
    secret = enrol(user)
    log_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    before = recovery_codes_of(user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    assert trail()[1:] == [("account.recovery_codes", {})]
    assert set(before).isdisjoint(recovery_codes_of(user))


def test_a_failed_confirmation_is_recorded(client, user):
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": "salah"})
    assert trail() == [("login.failed", {"step": "again"})]


def test_a_failed_confirmation_by_code_is_recorded(client, user):
    enrol(user)
    client.force_login(user)
    client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    assert trail() == [("login.failed", {"step": "again"})]


def test_a_user_without_government_is_recorded_all_the_same(client):
    log_in(client, UserFactory().username)
    assert trail() == [("login.succeeded", {"way": "password", "second_factor": False})]
