"""What HR does to an account holds from the next request of its owner on."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from agencies.models import User
from tests import factories


@pytest.fixture
def hr(client, city):
    """A function that lets HR act on an account; returns the answer."""
    client.force_login(city.hr)

    def act(name, user, data=None, **more):
        return client.post(reverse(name, kwargs={"uuid": user.uuid, **more}), data)

    return act


@pytest.fixture
def owner(city):
    """The head of the OPD with a page open."""
    browser = Client()
    browser.force_login(city.head)
    assert opened(browser, city) == 200
    return browser


def opened(browser, city):
    """What the owner gets who now goes to the page of the OPD."""
    return browser.get(reverse("agency-detail", args=[city.opd.uuid])).status_code


def end_role(hr, city):
    return hr("role-end", city.head, role="HEAD", agency_uuid=city.opd.uuid)


def test_an_ended_role_opens_nothing_at_the_next_request(hr, owner, city):
    end_role(hr, city)
    assert opened(owner, city) == 404
    assert owner.get(reverse("agency-list")).status_code == 200  # still logged in


def test_a_granted_role_opens_doors_at_the_next_request(hr, owner, city):
    end_role(hr, city)
    answer = hr("role-grant", city.head, {"role": "OPERATOR", "agency": city.opd.uuid})
    assert answer.headers["Location"] == reverse("user-detail", args=[city.head.uuid])
    assert opened(owner, city) == 200


def test_an_ended_account_is_out_at_the_next_request(hr, owner, city):
    hr("user-end", city.head)
    assert opened(owner, city) == 302
    assert not Session.objects.filter(pk=owner.cookies["sessionid"].value).exists()


def test_a_restored_account_does_not_come_back_logged_in(hr, owner, city):
    hr("user-end", city.head)
    hr("user-restore", city.head)
    assert opened(owner, city) == 302
    owner.force_login(User.objects.get(pk=city.head.pk))
    assert opened(owner, city) == 200


def test_an_ended_account_cannot_log_in(hr, city, client):
    hr("user-end", city.head)
    client.logout()
    login = {"login": city.head.username, "password": factories.PASSWORD}
    client.post(reverse("account_login"), login)
    assert "_auth_user_id" not in client.session


def test_ended_sessions_are_out_at_the_next_request(hr, owner, city):
    hr("user-end-sessions", city.head)
    assert opened(owner, city) == 302


def test_a_reset_second_factor_ends_the_sessions_too(hr, owner, city):
    Authenticator.objects.create(user=city.head, type="totp", data={})
    hr("user-reset-factor", city.head)
    assert not Authenticator.objects.exists()
    assert opened(owner, city) == 302


# What is refused --------------------------------------------------------------------------------


def test_a_refused_role_stands_next_to_its_field_on_the_page(hr, city):
    answer = hr("role-grant", city.head, {"role": "HR", "agency": city.opd.uuid})
    assert answer.status_code == 400
    assert list(answer.context["role_form"].errors) == ["agency"]
    assert "Peran BKPSDM hanya dapat diberikan pada pemerintah daerah" in answer.content.decode()


def test_the_last_hr_is_told_why_not(hr, city):
    answers = [
        hr("user-end", city.hr),
        hr("role-end", city.hr, role="HR", agency_uuid=city.government.uuid),
    ]
    for answer in answers:
        assert answer.status_code == 409
        assert "satu-satunya akun BKPSDM yang dapat masuk" in answer.content.decode()


@pytest.mark.parametrize("name", ["user-end", "user-end-sessions"])
def test_one_of_two_hr_who_ends_the_own_account_or_sessions_is_out(hr, city, client, name):
    factories.user_with_role("HR", city.government)
    assert hr(name, city.hr).headers["Location"] == reverse("home")
    assert opened(client, city) == 302


def test_one_of_two_hr_lays_down_the_own_role_and_stays_logged_in(hr, city, client):
    factories.user_with_role("HR", city.government)
    answer = hr("role-end", city.hr, role="HR", agency_uuid=city.government.uuid)
    assert answer.headers["Location"] == reverse("home")
    assert opened(client, city) == 404


def test_a_role_that_is_not_held_is_not_found(hr, city):
    answer = hr("role-end", city.head, role="OPERATOR", agency_uuid=city.opd.uuid)
    assert answer.status_code == 404


def test_an_act_is_never_a_link(client, city):
    client.force_login(city.hr)
    for name in ("user-end", "user-restore", "user-end-sessions", "user-invite-again"):
        assert client.get(reverse(name, args=[city.head.uuid])).status_code == 405
