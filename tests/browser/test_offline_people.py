"""Phones that several people use, slips that are checked late, and refusals that can be mended."""

import pytest
from playwright.sync_api import expect

from pledges.models import Signature
from pledges.services import ceremonies
from tests import factories as make

from .field import (
    SENDING,
    enter,
    fill,
    fill_slip,
    received,
    says_unsent,
    stored,
    tap,
    try_again,
    wait_until_forgotten,
    wait_until_kept,
)
from .hand import drawn

WRONG = "Nomor atau PIN tidak cocok."


@pytest.fixture
def entrance(participant):
    return f"/i/{participant.ceremony.code}/"


@pytest.fixture
def pin(participant):
    return make.pin_of(participant)


def other_than(pin):
    return "00000000" if pin != "00000000" else "11111111"


def open_offline(page, entrance):
    """The page for slips, without network."""
    page.goto(entrance)
    wait_until_kept(page, f"{entrance}luring/")
    page.context.set_offline(True)
    page.goto(f"{entrance}luring/")


# With a slip ------------------------------------------------------------------------------------


def test_with_a_slip_and_no_network_somebody_signs_all_the_same(phone, participant, entrance, pin):
    phone.goto(f"{entrance}#nip={participant.number}")
    wait_until_kept(phone, f"{entrance}luring/")
    phone.context.set_offline(True)
    enter(phone, participant, pin)
    phone.wait_for_url("**/luring/")
    expect(phone.locator("#number")).to_have_value(participant.number)
    expect(phone.locator("#pin")).to_have_value(pin)
    assert phone.evaluate("sessionStorage.length") == 0
    fill(phone)
    tap(phone)
    says_unsent(phone)
    phone.context.set_offline(False)
    assert received(phone).participant == participant


def test_a_phone_that_came_before_the_opening_is_ready_for_it(phone, site):
    participant = make.participant_of(make.ceremony_in("READY"))
    entrance = f"/i/{participant.ceremony.code}/"
    phone.goto(entrance)
    expect(phone.get_by_text("Perangkat ini sudah siap")).to_be_visible()
    ceremonies.open_signing(actor=None, ceremony=participant.ceremony)
    phone.goto("about:blank")
    phone.context.set_offline(True)
    phone.goto(f"{entrance}#nip={participant.number}")
    expect(phone.locator("#number")).to_have_value(participant.number)
    phone.locator("#pin").fill(make.pin_of(participant))
    fill(phone)
    tap(phone)
    says_unsent(phone)
    phone.context.set_offline(False)
    assert received(phone).participant == participant


def test_what_comes_before_the_opening_waits_and_says_why(phone, site):
    participant = make.participant_of(make.ceremony_in("READY"))
    phone.goto(f"/i/{participant.ceremony.code}/luring/")
    fill_slip(phone, participant, make.pin_of(participant))
    fill(phone)
    tap(phone)
    told = phone.locator("[data-outbox-list]")
    expect(told).to_contain_text("Tersimpan di perangkat ini, belum diterima")
    expect(told).to_contain_text("Penandatanganan belum dibuka.")
    ceremonies.open_signing(actor=None, ceremony=participant.ceremony)
    try_again(phone)
    assert received(phone).participant == participant


def test_without_network_and_without_a_kept_page_the_entrance_says_so(
    phone, participant, entrance, pin
):
    phone.goto(entrance)
    wait_until_kept(phone, f"{entrance}luring/")
    phone.evaluate(
        "(path) => caches.open('pages-1').then((pages) => pages.delete(path))", f"{entrance}luring/"
    )
    phone.context.set_offline(True)
    enter(phone, participant, pin)
    expect(phone.locator("[data-status]")).to_contain_text("Tidak ada jaringan")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Buka naskah ikrar").click()
    phone.get_by_text(participant.name, exact=True).first.wait_for()
    assert phone.evaluate("sessionStorage.length") == 0


def test_a_browser_that_takes_nothing_along_asks_for_number_and_pin_again(
    phone, participant, entrance, pin
):
    phone.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError') }"
    )
    phone.goto(entrance)
    wait_until_kept(phone, f"{entrance}luring/")
    phone.context.set_offline(True)
    enter(phone, participant, pin)
    phone.wait_for_url("**/luring/")
    expect(phone.locator("#pin")).to_have_value("")


def test_a_ceremony_that_is_over_is_kept_no_longer(phone, participant, entrance):
    phone.goto(entrance)
    wait_until_kept(phone, f"{entrance}luring/")
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    phone.reload()
    wait_until_forgotten(phone, entrance)
    wait_until_forgotten(phone, f"{entrance}luring/")


# Refusals ---------------------------------------------------------------------------------------


def test_a_wrong_pin_is_corrected_and_the_drawing_is_still_there(phone, participant, entrance, pin):
    open_offline(phone, entrance)
    fill_slip(phone, participant, other_than(pin))
    fill(phone)
    before = drawn(phone)
    tap(phone)
    says_unsent(phone)
    phone.context.set_offline(False)
    expect(phone.locator("#pin-error")).to_contain_text(WRONG)
    expect(phone.locator("#pin")).to_be_focused()
    expect(phone.locator("[data-status]")).to_have_text("Tanda tangan tidak diterima.")
    expect(phone.locator("[data-outbox-list]")).to_be_empty()
    assert drawn(phone) == before
    assert phone.locator("[name=points]:checked").count() == 4
    phone.locator("#pin").fill(pin)
    tap(phone)
    assert received(phone).participant == participant


def test_who_has_gone_meanwhile_is_told_when_coming_back(phone, participant, entrance, pin):
    open_offline(phone, entrance)
    fill_slip(phone, participant, other_than(pin))
    fill(phone)
    tap(phone)
    says_unsent(phone)
    phone.goto(entrance)
    phone.context.set_offline(False)
    told = phone.locator("[data-outbox-list]")
    expect(told).to_contain_text("Tanda tangan tidak diterima")
    expect(told).to_contain_text(WRONG)
    told.get_by_role("button", name="Mengerti").click()
    expect(told).to_be_empty()
    assert not Signature.objects.exists()


def test_what_waits_is_not_cleared_away_with_the_refusal_before_it(
    phone, participant, entrance, pin
):
    """Refused and tapped again at once, it has the key of what is about to be removed."""
    open_offline(phone, entrance)
    fill_slip(phone, participant, pin)
    fill(phone)
    tap(phone)
    says_unsent(phone)
    phone.evaluate(REMOVE_ALL)
    assert stored(phone).count('"waiting"') == 1


REMOVE_ALL = """async () => {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const outbox = loaded.find((name) => /signing\\/outbox\\.\\w*/.test(name));
  const { entries, remove } = await import(outbox);
  for (const { key } of await entries()) await remove(key);
}"""


def test_a_locked_slip_waits_and_says_why(phone, participant, entrance, pin):
    phone.goto(f"{entrance}luring/")
    fill(phone)
    for _ in range(5):
        fill_slip(phone, participant, other_than(pin))
        with phone.expect_response(SENDING):  # the sentence stands there from the time before
            tap(phone)
        expect(phone.locator("[data-send]")).to_have_attribute("aria-disabled", "false")
        expect(phone.locator("#pin-error")).to_contain_text(WRONG)
    fill_slip(phone, participant, pin)
    tap(phone)
    told = phone.locator("[data-outbox-list]")
    expect(told).to_contain_text("PIN salah dimasukkan lima kali.")
    expect(told).to_contain_text("belum diterima")
    participant.invitations.update(locked_until=None)
    try_again(phone)
    assert received(phone).participant == participant


def test_what_came_too_late_is_refused_once_and_for_all(phone, participant, entrance, pin):
    """The page was made before the opening, so nothing says that it was begun in time."""
    open_offline(phone, entrance)
    phone.locator("[name=start]").evaluate("(start) => { start.value = '' }")
    fill_slip(phone, participant, pin)
    fill(phone)
    tap(phone)
    says_unsent(phone)
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    phone.context.set_offline(False)
    sentence = "Acara ini tidak sedang dibuka. Tanda tangan belum diterima."
    expect(phone.locator("[data-status]")).to_have_text(sentence)
    expect(phone.locator("[data-outbox-list]")).to_contain_text(sentence)
    assert not Signature.objects.exists()


# Several people ---------------------------------------------------------------------------------


def test_two_people_sign_on_one_phone_and_neither_sees_the_other(phone, site):
    ceremony = make.open_ceremony(employees=2)
    people = [make.participant_of(ceremony, index) for index in range(2)]
    open_offline(phone, f"/i/{ceremony.code}/")
    for participant in people:
        assert phone.locator("#number").input_value() == ""
        assert phone.locator("#pin").input_value() == ""
        assert drawn(phone) == []
        fill_slip(phone, participant, make.pin_of(participant))
        fill(phone)
        tap(phone)
        says_unsent(phone)
        expect(phone.locator("#number")).to_be_hidden()
        phone.get_by_role("link", name="Halaman kosong untuk orang lain").click()
        phone.locator("#number").wait_for()
    expect(phone.locator("[data-outbox-list] .alert")).to_have_count(2)
    kept = stored(phone)
    for participant in people:
        assert participant.number not in kept
        assert participant.name not in kept
    phone.context.set_offline(False)
    expect(phone.locator("[data-outbox-list] .alert-success")).to_have_count(2)
    signed = Signature.objects.order_by("participant_id")
    assert [signature.participant for signature in signed] == people


def test_somebody_waiting_does_not_keep_the_next_from_signing(phone, site):
    """Both came by number and PIN, so that their pages have one address."""
    ceremony = make.open_ceremony(employees=2)
    first, second = (make.participant_of(ceremony, index) for index in range(2))
    phone.goto(f"/i/{ceremony.code}/")
    enter(phone, first, make.pin_of(first))
    fill(phone)
    phone.route(SENDING, lambda route: route.abort("internetdisconnected"))
    tap(phone)
    says_unsent(phone)
    phone.goto(f"/i/{ceremony.code}/")
    enter(phone, second, make.pin_of(second))
    fill(phone)
    expect(phone.locator("[data-send]")).to_be_enabled()
    phone.unroute(SENDING)
    tap(phone)
    phone.wait_for_url("**/bukti/**")
    expect(phone.locator(".receipt")).to_contain_text(second.name)
    while Signature.objects.count() < 2:
        phone.wait_for_timeout(50)
    assert {each.participant for each in Signature.objects.all()} == {first, second}


# A device that keeps nothing --------------------------------------------------------------------


def test_a_device_that_can_store_nothing_says_so_and_tries_while_the_page_is_open(
    phone, link, participant
):
    phone.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('', 'QuotaExceededError') }"
    )
    phone.goto(link)
    fill(phone)
    phone.route(SENDING, lambda route: route.abort("internetdisconnected"), times=1)
    tap(phone)
    told = expect(phone.locator("[data-status]"))
    told.to_contain_text("Perangkat ini tidak dapat menyimpan. Biarkan halaman ini terbuka")
    assert received(phone).participant == participant
