"""Attempts to log in count per account, never per address: a whole office shares one."""

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ATTEMPTS = 5


def log_in(client, user, password, address="127.0.0.1"):
    return client.post(
        reverse("account_login"),
        {"login": user.username, "password": password},
        REMOTE_ADDR=address,
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
    assert "Tunggu lima menit, lalu coba lagi." in answers[5].content.decode()


def test_an_account_without_a_password_is_led_to_making_one(client):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    answer = client.get(reverse("account_change_password"), follow=True)

    assert answer.redirect_chain == [(reverse("account_set_password"), 302)]
    assert "Buat kata sandi" in answer.content.decode()
