"""One phone and several people, or one person who comes back: everybody is told what is theirs."""

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
    says_unsent,
    tap,
    wait_until_kept,
)

REFUSAL = {"sentence": "Halaman ini sudah kedaluwarsa.", "field": "", "signed": False}


@pytest.fixture
def ceremony(site):
    return make.open_ceremony(employees=2)


@pytest.fixture
def people(ceremony):
    return [make.participant_of(ceremony, index) for index in range(2)]


@pytest.fixture
def entrance(ceremony):
    return f"/i/{ceremony.code}/"


def outbox(page):
    return page.locator("[data-outbox-list]")


def open_by_slip(page, entrance, participant):
    page.goto(entrance)
    enter(page, participant, make.pin_of(participant))
    page.locator("form[data-sign]").wait_for()


def sign(page):
    fill(page)
    tap(page)
    page.wait_for_url("**/bukti/**")


def be_refused(page):
    """Sign once, and have it refused for good."""
    page.route(SENDING, lambda route: route.fulfill(status=400, json=REFUSAL), times=1)
    fill(page)
    tap(page)
    expect(outbox(page)).to_contain_text("Tanda tangan tidak diterima")


# What was refused -------------------------------------------------------------------------------


def test_a_refusal_is_over_once_the_same_person_has_signed(phone, entrance, people):
    open_by_slip(phone, entrance, people[0])
    be_refused(phone)
    open_by_slip(phone, entrance, people[0])
    sign(phone)
    expect(outbox(phone)).to_be_empty()
    phone.goto(entrance)
    expect(outbox(phone)).to_be_empty()


def test_a_refusal_is_told_on_no_page_of_somebody_else(phone, entrance, people):
    first, second = people
    open_by_slip(phone, entrance, first)
    be_refused(phone)
    phone.goto(entrance)
    expect(outbox(phone)).to_contain_text("Tanda tangan tidak diterima")
    open_by_slip(phone, entrance, second)
    expect(outbox(phone)).to_be_empty()
    sign(phone)
    expect(outbox(phone)).to_be_empty()


def test_who_has_signed_elsewhere_is_not_alarmed(phone, open_page, entrance, people):
    open_by_slip(phone, entrance, people[0])
    make.sign(people[0])
    fill(phone)
    tap(phone)
    told = outbox(phone)
    expect(told).to_contain_text("Sudah ditandatangani sebelumnya")
    expect(told.locator(".alert-danger")).to_have_count(0)


def test_where_signing_is_over_nobody_is_led_to_sign_again(phone, entrance, people, ceremony):
    open_by_slip(phone, entrance, people[0])
    be_refused(phone)
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    phone.goto(entrance)
    expect(outbox(phone)).to_contain_text("Tanda tangan tidak diterima")
    assert outbox(phone).get_by_role("link").count() == 0


# What waits, and what has arrived ---------------------------------------------------------------


def test_both_who_signed_without_network_learn_that_it_was_received(phone, entrance, people):
    phone.goto(entrance)
    wait_until_kept(phone, f"{entrance}luring/")
    phone.context.set_offline(True)
    for participant in people:
        phone.goto(f"{entrance}luring/")
        fill_slip(phone, participant, make.pin_of(participant))
        fill(phone)
        tap(phone)
        says_unsent(phone)
    expect(outbox(phone)).to_contain_text("orang lain menandatangani pakta masing-masing")
    phone.context.set_offline(False)
    phone.wait_for_url("**/bukti/**")
    expect(phone.locator(".receipt")).to_contain_text(people[1].name)
    expect(outbox(phone).locator(".alert-success")).to_have_count(1)
    assert outbox(phone).get_by_role("link").count() == 0
    assert Signature.objects.count() == 2
    phone.goto(entrance)
    expect(outbox(phone).locator(".alert-success")).to_have_count(1)
    assert outbox(phone).get_by_role("link").count() == 0
    outbox(phone).get_by_role("button", name="Mengerti").click()
    expect(outbox(phone)).to_be_empty()
    phone.reload()
    expect(outbox(phone)).to_be_empty()


# Again ------------------------------------------------------------------------------------------


def test_loaded_again_without_network_the_page_behind_a_pin_is_the_kept_entrance(
    phone, entrance, people
):
    phone.goto(entrance)
    wait_until_kept(phone, entrance)
    enter(phone, people[0], make.pin_of(people[0]))
    phone.locator("form[data-sign]").wait_for()
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_role("button", name="Buka naskah ikrar")).to_be_visible()
    expect(phone.locator("#number")).to_have_value("")


def test_who_came_too_early_is_let_in_without_typing_the_pin_again(phone, site):
    participant = make.participant_of(make.ceremony_in_waves(), 1)
    phone.clock.install()
    phone.goto(f"/i/{participant.ceremony.code}/")
    enter(phone, participant, make.pin_of(participant))
    expect(phone.locator("h1")).to_have_text("Giliran Anda belum dibuka")
    phone.get_by_role("button", name="Coba lagi").click()
    expect(phone.locator("h1")).to_have_text("Giliran Anda belum dibuka")
    expect(phone.locator("[data-turn-status]")).to_contain_text("memeriksa sendiri")
    ceremonies.open_wave(actor=None, wave=participant.wave)
    phone.clock.fast_forward(121_000)
    expect(phone.locator(".signer-name")).to_have_text(participant.name)
    assert phone.url.endswith(f"/i/{participant.ceremony.code}/")


def test_who_waits_is_told_that_it_is_over(phone, site):
    ceremony = make.ceremony_in("READY")
    phone.clock.install()
    phone.goto(f"/i/{ceremony.code}/")
    expect(phone.locator("[data-turn-status]")).to_contain_text("memeriksa sendiri")
    make.cancel(actor=None, ceremony=ceremony)
    phone.clock.fast_forward(121_000)
    expect(phone.locator("h1")).to_have_text("Acara ini dibatalkan")
    assert phone.locator("[data-turn]").count() == 0


def test_who_came_before_the_opening_is_led_to_the_entrance(phone, site):
    ceremony = make.ceremony_in("READY")
    phone.clock.install()
    phone.goto(f"/i/{ceremony.code}/")
    expect(phone.locator("h1")).to_have_text("Penandatanganan belum dibuka")
    expect(phone.locator("[data-turn-status]")).to_contain_text("memeriksa sendiri")
    ceremonies.open_signing(actor=None, ceremony=ceremony)
    phone.clock.fast_forward(121_000)
    expect(phone.get_by_role("button", name="Buka naskah ikrar")).to_be_visible()
