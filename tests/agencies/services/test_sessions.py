"""Ending somebody's logins and resetting a second factor, from outside."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from agencies.models import Event
from agencies.services import sessions
from netralitas.lib.errors import Refusal


def logged_in(user):
    """A device on which `user` has opened a page."""
    client = Client()
    client.force_login(user)
    client.get(reverse("home"))
    return client


@pytest.fixture
def devices(city):
    """The head on two devices, and the operator on one."""
    return [logged_in(user) for user in (city.head, city.head, city.operator)]


def test_all_sessions_of_one_person_end_and_of_nobody_else(city, devices):
    keys = [client.session.session_key for client in devices]
    assert sessions.end_sessions(actor=city.hr, user=city.head) == 2
    assert list(Session.objects.values_list("pk", flat=True)) == keys[2:]
    assert UserSession.objects.get().session_key == keys[2]
    event = Event.objects.get(act="login.sessions_ended")
    assert (event.actor, event.data) == (city.hr, {"count": 2})


def test_a_reset_removes_every_factor_and_every_session(city, devices):
    for kind in ("totp", "webauthn", "recovery_codes"):
        Authenticator.objects.create(user=city.head, type=kind, data={})
    Authenticator.objects.create(user=city.operator, type="totp", data={})
    sessions.reset_second_factor(actor=city.hr, user=city.head)
    assert Authenticator.objects.get().user == city.operator
    assert Session.objects.count() == 1
    event = Event.objects.get(act="account.factors_reset")
    assert (event.actor, event.object_id, event.data) == (
        city.hr,
        str(city.head.uuid),
        {"count": 3},
    )


def test_without_a_factor_there_is_nothing_to_reset(city, devices):
    with pytest.raises(Refusal, match=sessions.NO_FACTOR):
        sessions.reset_second_factor(actor=city.hr, user=city.head)
    assert Session.objects.count() == 3
