"""Passkeys: one that is meant as a second step is no way in by itself."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory
from tests.passkeys import JSON, Passkey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_this_host(settings):
    """Passkeys are bound to a host by name; to browsers, plain HTTP is safe on this one only."""
    settings.SITE_URL = "http://localhost:8000"


@pytest.fixture
def user():
    return UserFactory(username="rina")


def give_password(client):
    return client.post(reverse("account_login"), {"login": "rina", "password": PASSWORD})


def is_in(client):
    return "_auth_user_id" in client.session


def added(user, passkey, **how):
    """The passkey, added to the account by its owner."""
    owner = Client()
    give_password(owner)
    assert passkey.added(owner, **how).url == reverse("mfa_view_recovery_codes")
    return passkey


def test_a_passkey_made_for_it_logs_in_alone(client, user):
    added(user, Passkey(), passwordless=True).log_in(client)
    assert is_in(client)


@pytest.mark.parametrize("resident", [True, False])
def test_a_passkey_for_the_second_step_is_no_way_in_by_itself(client, user, resident):
    """Many devices keep every key so that it could log in alone; the owner's word counts."""
    passkey = added(user, Passkey(), passwordless=False, resident=resident)
    answer = passkey.log_in(client)
    assert (is_in(client), answer.url) == (False, reverse("account_login"))
    page = client.get(answer.url).content.decode()
    assert "Kunci sandi ini hanya untuk langkah kedua." in page


def test_it_is_the_second_step_after_the_password(client, user):
    passkey = added(user, Passkey(verifies=False), passwordless=False)
    give_password(client)
    assert not is_in(client)
    passkey.as_second_step(client)
    assert is_in(client)


def test_without_fingerprint_face_or_pin_nobody_logs_in_by_a_passkey_alone(client, user):
    passkey = added(user, Passkey(), passwordless=True)
    passkey.verifies = False
    passkey.log_in(client)
    assert not is_in(client)


def test_a_challenge_that_asked_for_less_does_not_let_in_unverified_either(client, user):
    """The second step only prefers a fingerprint; its challenge must not serve here."""
    passkey = added(user, Passkey(), passwordless=True)
    passkey.verifies = False
    address = reverse("mfa_login_webauthn")
    asked = client.get(address, headers=JSON).json()["request_options"]["publicKey"]
    session = client.session
    session[STATE_SESSION_KEY] = {**session[STATE_SESSION_KEY], "user_verification": "preferred"}
    session.save()
    client.post(address, {"credential": passkey.answer(asked)})
    assert not is_in(client)


def test_a_key_that_does_not_verify_cannot_be_made_for_logging_in_alone(client, user):
    give_password(client)
    Passkey(verifies=False).added(client, passwordless=True)
    assert not Authenticator.objects.exists()
