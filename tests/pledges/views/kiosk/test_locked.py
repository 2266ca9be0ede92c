"""What a kiosk shows to whoever has it in hand: nothing but the page it was handed over for."""

import pytest
from django.urls import reverse

from agencies.models import Event
from pledges.models import Invitation, Signature
from pledges.services import invitations
from tests import factories
from tests.pledges import visitor

from ..pages import text_of
from .pages import address, hand, leave, named, unlock, unlock_and_look

pytestmark = pytest.mark.django_db


def test_the_device_handed_over_opens_nobody_elses_page_nor_the_list(client, kiosk):
    siti, budi = named(kiosk, "Siti Aminah"), named(kiosk, "Budi Santoso")
    hand(client, siti)
    for closed in (
        address("people", kiosk),
        address("hand", kiosk, budi.uuid),
        address("sign", kiosk, budi.uuid),
    ):
        assert client.get(closed).url == address("locked", kiosk)
    assert hand(client, budi).url == address("locked", kiosk)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("asking", ["locked", "leave"])
def test_once_the_device_was_given_back_nobody_goes_on_as_the_last(client, kiosk, asking):
    participant = named(kiosk, "Siti Aminah")
    hand(client, participant)
    page = address("sign", kiosk, participant.uuid)
    assert "Siti Aminah" in text_of(client.get(page))
    client.get(address(asking, kiosk))
    response = client.get(page)
    assert (response.status_code, response.url) == (302, address("locked", kiosk))
    assert "Tanda tangan Siti Aminah belum" in text_of(unlock_and_look(client, kiosk))


def test_what_a_browser_asks_for_by_itself_takes_nothing_from_whoever_signs(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    hand(client, participant)
    client.head(address("locked", kiosk))
    client.get("/favicon.ico", headers={"sec-fetch-dest": "image"}, follow=True)
    ahead = client.get(address("locked", kiosk), headers={"sec-purpose": "prefetch;prerender"})
    assert ahead.status_code == 503
    assert client.get(address("sign", kiosk, participant.uuid)).status_code == 200


# No way out -------------------------------------------------------------------------------------


ESCAPES = [
    "/",
    "/acara/",
    "/pegawai/",
    "/saya/",
    "/keluar/",
    "/masuk/",
    "/v/",
    "/i/",
    "/tidak-ada/",
    "/acara",
]


@pytest.mark.parametrize("path", ESCAPES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_leads_out(client, kiosk, path, method):
    response = getattr(client, method)(path)
    assert (response.status_code, response.url) == (302, address("locked", kiosk))


def test_the_pages_of_the_ceremony_and_other_kiosks_are_closed(client, kiosk, opd):
    other = factories.open_ceremony(opd)
    participant = named(kiosk, "Siti Aminah")
    for path in (
        reverse("ceremony-detail", args=[kiosk.uuid]),
        reverse("participant-list", args=[kiosk.uuid]),
        reverse("participant-detail", args=[kiosk.uuid, participant.uuid]),
        reverse("slip-list", args=[kiosk.uuid]),
        address("start", kiosk),
        address("people", other),
        address("locked", other),
        reverse("ceremony-entrance", args=[kiosk.code]),
        reverse("personal-link", args=[factories.link_of(participant)]),
    ):
        assert client.get(path).url == address("locked", kiosk)
        assert client.post(path).url == address("locked", kiosk)


def test_every_page_of_a_kiosk_is_kept_by_no_cache(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    pages = [
        address("people", kiosk),
        address("hand", kiosk, participant.uuid),
        address("locked", kiosk),
        address("leave", kiosk),
    ]
    for path in pages:
        response = client.get(path)
        assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (
            200,
            True,
        )


def test_the_screen_is_locked_by_hand_too(client, kiosk):
    assert client.post(address("lock", kiosk)).url == address("locked", kiosk)
    assert client.get(address("people", kiosk)).url == address("locked", kiosk)


def test_wrong_pins_are_counted_and_the_fifth_ends_the_session(client, kiosk, operator):
    for left in (4, 3, 2, 1):
        response = unlock(client, kiosk, "000001") if left % 2 else leave(client, kiosk, "000001")
        assert (response.status_code, f"Sisa percobaan: {left}." in text_of(response)) == (
            403,
            True,
        )
    response = unlock(client, kiosk, "000001")
    assert response.url == reverse("account_login")
    assert "PIN perangkat salah lima kali" in text_of(client.get(response.url))
    assert client.get("/acara/").url.startswith(reverse("account_login"))
    event = Event.objects.of(kiosk).first()
    assert (event.act, event.actor, event.data) == (
        "assistance.ended",
        operator,
        {"reason": "wrong_pin"},
    )


def test_the_right_pin_forgets_the_wrong_ones(client, kiosk):
    for _ in range(2):
        for _ in range(4):
            unlock(client, kiosk, "000001")
        assert unlock(client, kiosk).url == address("people", kiosk)


def test_the_pin_ends_kiosk_mode(client, kiosk, operator):
    response = leave(client, kiosk)
    assert response.url == reverse("ceremony-detail", args=[kiosk.uuid])
    assert "Mode bantuan diakhiri." in text_of(client.get(response.url))
    event = Event.objects.of(kiosk).first()
    assert (event.act, event.actor, event.data) == ("assistance.ended", operator, {})
    assert client.get(address("people", kiosk)).status_code == 409


def test_a_role_that_ended_meanwhile_shows_nobody(client, kiosk, operator):
    operator.roles.all().delete()
    assert client.get(address("people", kiosk)).status_code == 403
    assert client.get(address("hand", kiosk, named(kiosk, "Siti Aminah").uuid)).status_code == 404
    assert leave(client, kiosk).status_code == 302


def test_an_account_that_ended_meanwhile_ends_the_kiosk(client, kiosk, operator):
    operator.is_active = False
    operator.save()
    assert client.get(address("people", kiosk)).url.startswith(reverse("account_login"))
    assert "kiosk" not in client.session


def test_a_session_that_needs_a_second_factor_now_ends(client, kiosk, settings):
    settings.SECOND_FACTOR_ROLES = ["OPERATOR"]
    assert client.get(address("people", kiosk)).url.startswith(reverse("account_login"))
    assert client.get("/acara/").url.startswith(reverse("account_login"))


def test_what_waited_on_the_device_is_taken_after_the_kiosk_has_ended(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    hand(client, participant)
    page = client.get(address("sign", kiosk, participant.uuid))
    leave(client, kiosk)
    client.logout()
    assert visitor.send(client, page, participant).status_code == 303
    assert invitations.find_by_id(Signature.objects.get().invitation_id).channel == "ASSISTED"
