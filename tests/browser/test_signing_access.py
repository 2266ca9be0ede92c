"""The pages for signing can be used by everybody: axe-core finds nothing, large letters fit."""

import pytest
from playwright.sync_api import expect

from pledges.services import invitations, signing
from tests import factories as make
from tests.conftest import DESKTOP, PHONE

from .axe import findings
from .field import SENDING, enter, fill, says_unsent, tap

pytestmark = pytest.mark.page


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_the_way_to_a_receipt(open_page, screen, participant):
    page = open_page(screen)
    pin = make.pin_of(participant)
    page.goto("/i/")
    assert findings(page) == []
    page.goto(f"/i/{participant.ceremony.code}/luring/")
    assert findings(page) == []
    page.goto(f"/i/{participant.ceremony.code}/")
    assert findings(page) == []
    enter(page, participant, "00000000")
    page.locator("#pin-error").wait_for()
    assert findings(page) == []
    enter(page, participant, pin)
    page.locator("form[data-sign]").wait_for()
    tap(page)
    assert findings(page) == []
    page.get_by_text("Ketik nama", exact=True).click()
    page.locator(".legal summary").click()
    assert findings(page) == []
    page.get_by_text("Goreskan", exact=True).click()
    fill_by_any_hand(page, participant)
    tap(page)
    page.wait_for_url("**/bukti/**")
    assert findings(page) == []


def fill_by_any_hand(page, participant):
    """A typed name signs on every screen."""
    for box in page.locator("[name=points], [name=consent]").all():
        box.check()
    page.get_by_text("Ketik nama", exact=True).click()
    page.get_by_label("Nama Anda").fill(participant.bare_name)


def test_axe_finds_nothing_while_a_signature_waits_or_is_refused(phone, link, participant):
    phone.goto(link)
    fill(phone)
    phone.route(SENDING, lambda route: route.abort("internetdisconnected"), times=1)
    tap(phone)
    says_unsent(phone)
    assert findings(phone) == []
    sign_by_slip(participant)
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-status]")).to_contain_text("sudah ditandatangani")
    assert findings(phone) == []


def sign_by_slip(participant):
    """What the same person does elsewhere."""
    ceremony, number = participant.ceremony, participant.number
    slip = invitations.find_by_pin(ceremony=ceremony, number=number, pin=make.pin_of(participant))
    signing.sign(invitation=slip, submission=make.submission_for(participant))


def test_axe_finds_nothing_where_nobody_can_sign(phone, site):
    ready, closed = (make.ceremony_in(state) for state in ("READY", "CLOSED"))
    cancelled = make.ceremony_in("OPEN")
    make.cancel(actor=None, ceremony=cancelled)
    for address in (
        f"/i/{ready.code}/",
        f"/i/{closed.code}/",
        f"/i/{cancelled.code}/",
        "/t/tidak-ada/",
        "/i/?kode=tidak-ada",
    ):
        phone.goto(address)
        assert (address, findings(phone)) == (address, [])


def test_letters_twice_as_large_fit_on_a_phone(phone, link, participant):
    for address in (f"/i/{participant.ceremony.code}/", link):
        phone.goto(address)
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert phone.evaluate("document.documentElement.scrollWidth") == 390, address
    fill(phone)
    tap(phone)
    phone.wait_for_url("**/bukti/**")
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
