"""Where one is logged in: listed, and ended one by one or all together."""

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Event, User
from agencies.services import devices
from agencies.services.accounts import end_account
from agencies.services.reorganisation import move_agency
from agencies.services.roles import end_role, grant_role
from tests.factories import (
    PASSWORD,
    OpdFactory,
    UnitFactory,
    UserFactory,
    government_of,
    user_with_role,
)

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
DESK = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/148.0.0.0 Safari/537.36"
)
LIST = "usersessions_list"


@pytest.fixture
def user():
    return UserFactory(username="rina")


def logged_in(user, agent=DESK, address="192.0.2.1"):
    """A client of its own, logged in with a browser."""
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def is_in(client):
    return client.get(reverse("mfa_index")).status_code == 200


def end_address(client):
    """The address that ends the session of `client`."""
    session = UserSession.objects.get(session_key=client.session.session_key)
    return reverse("session-end", kwargs={"code": devices.code_of(session)})


def test_the_list_names_device_address_and_times_this_one_first(user):
    with time_machine.travel("2026-03-02T08:00:00+07:00", tick=False):
        here = logged_in(user, DESK, "192.0.2.1")
    with time_machine.travel("2026-03-02T09:30:00+07:00", tick=False):
        logged_in(user, PHONE, "198.51.100.7")
        page = here.get(reverse(LIST)).content.decode()
    desk, phone = page.index("Chrome di Windows"), page.index("Safari di iPhone")
    assert desk < page.index("Perangkat ini") < phone
    assert "Alamat 192.0.2.1 · masuk Senin, 2 Maret 2026, 08.00 WIB" in page
    assert "Alamat 198.51.100.7" in page
    assert "terakhir terlihat Senin, 2 Maret 2026, 09.30 WIB" in page
    assert here.session.session_key not in page


def test_sessions_of_others_are_not_listed(user):
    logged_in(UserFactory(), PHONE)
    assert "iPhone" not in logged_in(user).get(reverse(LIST)).content.decode()


def test_one_session_is_ended_and_the_rest_stay(user):
    here, phone, tablet = logged_in(user), logged_in(user, PHONE), logged_in(user, PHONE)
    page = here.post(end_address(phone), follow=True)
    assert "Sesi diakhiri." in page.content.decode()
    assert [is_in(client) for client in (here, phone, tablet)] == [True, False, True]
    event = Event.objects.get(act="login.sessions_ended")
    assert (event.actor, event.object_id, event.data) == (user, str(user.uuid), {"count": 1})


def test_all_others_are_ended_at_once(user):
    here, *others = logged_in(user), logged_in(user, PHONE), logged_in(user, PHONE)
    stranger = logged_in(UserFactory())
    page = here.post(reverse("sessions-end"), follow=True)
    assert "Semua sesi lain diakhiri." in page.content.decode()
    assert [is_in(client) for client in (here, *others, stranger)] == [True, False, False, True]
    assert Event.objects.get(act="login.sessions_ended").data == {"count": 2}
    assert Session.objects.count() == 2


ENDED = "Sesi di peramban ini sudah berakhir. Masuklah kembali untuk melanjutkan."


@pytest.mark.parametrize("name", ["home", "mfa_index"])
def test_whose_session_was_ended_is_told_once_on_the_next_page(user, name):
    here, phone = logged_in(user), logged_in(user, PHONE)
    here.post(reverse("sessions-end"))
    assert ENDED in phone.get(reverse(name), follow=True).content.decode()
    assert ENDED not in phone.get(reverse("home")).content.decode()


def test_whose_account_was_ended_is_told_too(user):
    here = logged_in(user)
    end_account(actor=None, user=user)
    assert ENDED in here.get(reverse("home")).content.decode()


def test_who_was_ended_past_the_application_is_told_too(user):
    here = logged_in(user)
    User.objects.update(is_active=False)
    assert ENDED in here.get(reverse("home")).content.decode()
    assert ENDED not in here.get(reverse("home")).content.decode()


def test_who_logged_out_or_never_logged_in_is_told_nothing(client, user):
    here = logged_in(user)
    assert ENDED not in here.post(reverse("account_logout"), follow=True).content.decode()
    assert ENDED not in client.get(reverse("mfa_index"), follow=True).content.decode()


def test_whose_role_was_ended_is_told_once_on_the_next_page():
    head = user_with_role("HEAD", OpdFactory())
    here = logged_in(head)
    here.get(reverse("home"))
    role = head.roles.get()
    end_role(actor=None, role=role)
    assert "Peran Anda sudah diakhiri" in here.get(reverse("home")).content.decode()
    assert "Peran Anda sudah diakhiri" not in here.get(reverse("home")).content.decode()
    grant_role(actor=None, user=head, role="HEAD", agency=role.agency)
    assert "Peran Anda" not in here.get(reverse("home")).content.decode()


def test_whose_role_was_ended_is_told_even_if_another_was_given():
    opd = OpdFactory()
    head = user_with_role("HEAD", opd)
    here = logged_in(head)
    here.get(reverse("home"))
    end_role(actor=None, role=head.roles.get())
    grant_role(actor=None, user=head, role="OPERATOR", agency=opd)
    assert "Peran Anda sudah diakhiri" in here.get(reverse("home")).content.decode()
    grant_role(actor=None, user=head, role="HEAD", agency=opd)
    assert "Peran Anda" not in here.get(reverse("home")).content.decode()


def test_a_role_stays_when_its_agency_moves():
    opd = OpdFactory()
    unit = UnitFactory(parent=opd)
    head = user_with_role("HEAD", unit)
    here = logged_in(head)
    here.get(reverse("home"))
    target = OpdFactory(parent=government_of(opd))
    move_agency(actor=None, agency=unit, target=target)
    assert "Peran Anda" not in here.get(reverse("home")).content.decode()


def test_nobody_ends_the_session_of_somebody_else(user):
    stranger = logged_in(UserFactory())
    assert logged_in(user).post(end_address(stranger)).status_code == 404
    assert is_in(stranger)


def test_this_session_is_ended_by_logging_out_alone(user):
    here = logged_in(user)
    assert here.post(end_address(here)).status_code == 404
    assert is_in(here)


def test_opening_the_list_ends_nothing(user):
    here, phone = logged_in(user), logged_in(user, PHONE)
    assert here.get(reverse("sessions-end")).status_code == 405
    assert here.get(end_address(phone)).status_code == 405
    assert is_in(phone)


def test_a_changed_password_ends_the_other_sessions(user):
    here, phone = logged_in(user), logged_in(user, PHONE)
    new = "sandi-yang-baru-2026"
    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert (is_in(here), is_in(phone)) == (True, False)
    assert "iPhone" not in here.get(reverse(LIST)).content.decode()


def test_an_expired_session_is_not_listed(user):
    with time_machine.travel("2026-03-02T08:00:00+07:00", tick=False):
        logged_in(user, PHONE)
    with time_machine.travel("2026-03-02T20:00:01+07:00", tick=False):
        assert "iPhone" not in logged_in(user).get(reverse(LIST)).content.decode()


def test_when_somebody_was_seen_is_kept_to_five_minutes(user):
    with time_machine.travel("2026-03-02T08:00:00+07:00", tick=False) as time:
        client = logged_in(user)
        client.get(reverse(LIST))
        seen = [UserSession.objects.get().last_seen_at]
        for seconds in (299, 1):
            time.shift(seconds)
            client.get(reverse(LIST))
            seen.append(UserSession.objects.get().last_seen_at)
    passed = [(moment - seen[0]).total_seconds() for moment in seen]
    assert passed == [0, 0, 300]


def test_reading_a_page_writes_nothing_most_of_the_time(user):
    client = logged_in(user)
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(LIST))
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_the_list_needs_no_more_queries_for_more_sessions(user):
    def queries():
        client.get(reverse(LIST))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(LIST))
        return len(captured)

    client = logged_in(user)
    one = queries()
    for _ in range(5):
        logged_in(user, PHONE)
    assert queries() == one


def test_a_session_ends_with_the_browser_however_it_began(user):
    cookie = logged_in(user).cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
