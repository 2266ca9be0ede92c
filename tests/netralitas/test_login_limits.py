"""Attempts to log in count per account, never per address: a whole office shares one."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from agencies.services.password_links import message_to
from tests.factories import PASSWORD, UserFactory
from tests.totp import code_of, enrol

pytestmark = pytest.mark.django_db

ATTEMPTS = 5
OFFICE = 200


def log_in(client, user, password, address="127.0.0.1", **headers):
    return client.post(
        reverse("account_login"),
        {"login": user.username, "password": password},
        REMOTE_ADDR=address,
        **headers,
    )


def fail(client, user, times=ATTEMPTS):
    return [log_in(client, user, "salah").status_code for _ in range(times)]


def test_an_account_is_locked_after_five_failures_even_for_the_right_password(client):
    user = UserFactory()
    assert fail(client, user) == [200] * ATTEMPTS

    answer = log_in(client, user, PASSWORD, address="10.1.2.3")

    assert "_auth_user_id" not in client.session
    assert "Terlalu banyak percobaan" in answer.content.decode()


def test_others_at_the_same_address_still_log_in(client):
    for user in UserFactory.create_batch(8):
        fail(client, user)

    answer = log_in(client, UserFactory(), PASSWORD)

    assert (answer.status_code, answer.url) == (302, "/")


def test_the_limit_page_is_ours(client):
    user = UserFactory()
    client.force_login(user)
    data = {"oldpassword": "salah", "password1": "x", "password2": "x"}
    answers = [client.post(reverse("account_change_password"), data) for _ in range(6)]

    assert [answer.status_code for answer in answers[:5]] == [200] * 5
    assert answers[5].status_code == 429
    assert "Terlalu banyak percobaan dalam waktu singkat." in answers[5].content.decode()


def test_an_account_without_a_password_is_led_to_making_one(client):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    answer = client.get(reverse("account_change_password"), follow=True)

    assert answer.redirect_chain == [(reverse("account_set_password"), 302)]
    assert "Buat kata sandi" in answer.content.decode()


def test_two_hundred_people_behind_one_address_log_in():
    users = UserFactory.create_batch(OFFICE)
    answers = [log_in(Client(), user, PASSWORD, address="10.0.0.1") for user in users]
    assert {answer.status_code for answer in answers} == {302}


def test_another_address_gives_no_fresh_attempts(client):
    user = UserFactory()
    for attempt in range(ATTEMPTS):
        log_in(client, user, "salah", address=f"10.0.0.{attempt}")
    assert "Terlalu banyak percobaan" in log_in(client, user, PASSWORD).content.decode()


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_forwarding_header_gives_no_fresh_attempts(client, settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    user = UserFactory()
    for attempt in range(ATTEMPTS):
        log_in(client, user, "salah", HTTP_X_FORWARDED_FOR=f"203.0.113.{attempt}, 198.51.100.7")
    answer = log_in(client, user, PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.99, 198.51.100.7")
    assert "Terlalu banyak percobaan" in answer.content.decode()


def test_another_spelling_of_the_host_gives_no_fresh_attempts(client):
    user = UserFactory()
    for attempt in range(ATTEMPTS):
        log_in(client, user, "salah", HTTP_HOST=f"127.0.0.1:{8000 + attempt}")
    answer = log_in(client, user, PASSWORD, HTTP_HOST="127.0.0.1:9000")
    assert "Terlalu banyak percobaan" in answer.content.decode()


@pytest.mark.parametrize(
    ("proxies", "header", "shown"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "0.0.0.0"),
        (1, "bukan alamat", "0.0.0.0"),
    ],
)
def test_the_address_kept_is_the_one_our_own_proxies_saw(client, settings, proxies, header, shown):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    log_in(client, UserFactory(), PASSWORD, address="192.0.2.1", HTTP_X_FORWARDED_FOR=header)
    assert UserSession.objects.get().ip == shown


def test_a_server_that_tells_no_address_locks_nobody_out(client):
    answer = log_in(client, UserFactory(), PASSWORD, address="")
    assert (answer.status_code, UserSession.objects.get().ip) == (302, "0.0.0.0")


def test_wrong_codes_count_for_the_account_in_whichever_session():
    user = UserFactory()
    secret = enrol(user)
    for _ in range(ATTEMPTS):
        thief = Client()
        log_in(thief, user, PASSWORD)
        thief.post(reverse("mfa_authenticate"), {"code": "000000"})
    client = Client()
    log_in(client, user, PASSWORD)
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "Terlalu banyak percobaan" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_passkeys_are_asked_for_by_a_whole_office_at_once(client):
    answers = [
        client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
        for _ in range(30)
    ]
    assert {answer.status_code for answer in answers} == {200}
    posted = [
        client.post(reverse("mfa_login_webauthn"), {"credential": "{}"}, REMOTE_ADDR="10.0.0.1")
        for _ in range(30)
    ]
    assert {(answer.status_code, answer.url) for answer in posted} == {
        (302, reverse("account_login"))
    }


def test_who_failed_too_often_gets_in_again_after_setting_a_password_by_link(client):
    user = UserFactory(email="rina@example.go.id")
    fail(client, user)
    set_password_by_link(client, user, "sandi-yang-baru-2026")
    assert log_in(client, user, "sandi-yang-baru-2026").status_code == 302


def set_password_by_link(client, user, password):
    """Follow a mailed link and fill in its form."""
    link = message_to(user).body.partition("http://127.0.0.1:8000")[2].split()[0]
    page = client.get(link, follow=True)
    client.post(page.wsgi_request.path, {"password1": password, "password2": password})
