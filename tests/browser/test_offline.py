"""Signing with a bad network: nothing is lost or counts twice, and the page tells the truth."""

import shutil
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from pledges.models import Signature
from pledges.services import ceremonies
from pledges.views import offline
from tests import factories as make
from tests.conftest import BROWSER_ARGUMENTS, BROWSERS, PHONE

from .field import (
    SENDING,
    UNSENT,
    fill,
    lose_answers,
    received,
    says_unsent,
    stored,
    tap,
    try_again,
    wait_until,
    wait_until_forgotten,
    wait_until_kept,
)
from .staff import sign_in


@pytest.fixture
def open_browser(chromium, site, tmp_path):
    """A function that starts a browser of its own, each time with the same profile on the disk."""
    contexts = []

    def start():
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=next(filter(None, map(shutil.which, BROWSERS))),
            args=[*BROWSER_ARGUMENTS, "--no-sandbox"],
            base_url=site,
            **PHONE,
        )
        contexts.append(context)
        return context

    yield start
    for context in contexts:
        context.close()


# The network goes -------------------------------------------------------------------------------


def test_a_network_cut_before_the_tap_sends_when_it_is_back(phone, link, participant):
    phone.goto(link)
    fill(phone)
    phone.context.set_offline(True)
    tap(phone)
    says_unsent(phone)
    assert not Signature.objects.exists()
    phone.context.set_offline(False)
    assert received(phone).participant == participant


def test_a_network_cut_after_the_tap_sends_when_it_is_back(phone, link, participant):
    """The request has left the page, and nothing of it arrives."""
    phone.goto(link)
    fill(phone)
    stuck = []

    def hold(route):
        stuck.append(route)

    phone.route(SENDING, hold, times=1)
    with phone.expect_request(SENDING):
        tap(phone)
    expect(phone.locator("[data-status]")).to_contain_text(UNSENT)
    phone.context.set_offline(True)
    stuck.pop().abort("internetdisconnected")
    says_unsent(phone)
    assert not Signature.objects.exists()
    phone.context.set_offline(False)
    assert received(phone).participant == participant


@pytest.mark.parametrize("times", [1, 3])
def test_a_lost_answer_is_asked_for_again_and_counts_once(phone, link, participant, times):
    phone.goto(link)
    fill(phone)
    taken = lose_answers(phone, times)
    tap(phone)
    for attempt in range(1, times + 1):
        says_unsent(phone)
        while len(taken) < attempt:
            phone.wait_for_timeout(50)
        assert Signature.objects.count() == 1
        try_again(phone)
    assert received(phone).participant == participant
    assert taken == [200] * times


def test_a_hotspot_that_wants_a_password_is_not_believed(phone, link, participant):
    phone.goto(link)
    fill(phone)
    answers = [(200, "<h1>Masuk</h1>"), (200, "null"), (403, "{}"), (404, "tidak ada")]

    def answer(route):
        status, body = answers.pop()
        route.fulfill(status=status, body=body)

    phone.route(SENDING, answer, times=len(answers))
    tap(phone)
    for left in range(3, -1, -1):
        while len(answers) > left:
            phone.wait_for_timeout(50)
        says_unsent(phone)
        try_again(phone)
    assert received(phone).participant == participant


def test_a_server_that_is_down_is_asked_again(phone, link):
    phone.goto(link)
    fill(phone)
    phone.route(SENDING, lambda route: route.abort("connectionrefused"), times=1)
    tap(phone)
    says_unsent(phone)
    received(phone)


def test_a_receipt_that_cannot_be_opened_is_told_all_the_same(phone, link):
    phone.goto(link)
    fill(phone)
    phone.route("**/bukti/**", lambda route: route.abort("internetdisconnected"))
    tap(phone)
    expect(phone.locator("[data-status]")).to_contain_text("Diterima.")
    told = phone.locator("[data-outbox-list]")
    expect(told).to_contain_text("Diterima")
    phone.unroute("**/bukti/**")
    told.get_by_role("link", name="Lihat tanda terima").click()
    received(phone)


# The page goes ----------------------------------------------------------------------------------


def test_without_network_the_page_opens_again_and_sends_what_was_kept(phone, link, participant):
    phone.goto(link)
    wait_until_kept(phone, link)
    fill(phone)
    phone.context.set_offline(True)
    tap(phone)
    says_unsent(phone)
    phone.locator("#consent").dispatch_event("change")
    assert phone.evaluate("sessionStorage.length") == 0
    assert link.split("/")[2] not in stored(phone)
    phone.reload()
    says_unsent(phone)
    phone.context.set_offline(False)
    assert received(phone).participant == participant


def test_a_browser_that_was_closed_sends_when_it_is_opened_again(open_browser, link, participant):
    first = open_browser()
    page = first.new_page()
    page.goto(link)
    wait_until_kept(page, link)
    fill(page)
    first.set_offline(True)
    tap(page)
    says_unsent(page)
    first.close()
    second = open_browser()
    second.set_offline(True)
    page = second.new_page()
    page.goto(link)
    says_unsent(page)
    assert not Signature.objects.exists()
    second.set_offline(False)
    assert received(page).participant == participant


def test_what_waits_is_sent_from_any_page_for_signing(phone, link, participant):
    phone.goto(link)
    fill(phone)
    phone.context.set_offline(True)
    tap(phone)
    says_unsent(phone)
    phone.route(SENDING, lambda route: route.abort("internetdisconnected"))
    phone.context.set_offline(False)
    phone.goto("/i/")
    told = phone.locator("[data-outbox-list]")
    expect(told).to_contain_text(UNSENT)
    phone.unroute(SENDING)
    try_again(phone)
    told.get_by_role("link", name="Lihat tanda terima").click()
    assert received(phone).participant == participant


def test_a_page_that_was_signed_is_kept_no_longer(phone, link):
    phone.goto(link)
    wait_until_kept(phone, link)
    fill(phone)
    tap(phone)
    received(phone)
    wait_until_forgotten(phone, link)
    phone.goto(link)
    assert phone.locator("h1").inner_text() == "Diterima"
    wait_until_forgotten(phone, link)


# Twice ------------------------------------------------------------------------------------------


def test_two_tabs_of_one_person_make_one_signature(phone, link, participant):
    other = phone.context.new_page()
    for page in (phone, other):
        page.goto(link)
        page.bring_to_front()
        fill(page)
    phone.context.set_offline(True)
    for page in (phone, other):
        page.bring_to_front()
        says_unsent(page) if page is other else tap(page)
    phone.context.set_offline(False)
    for page in (phone, other):
        assert received(page).participant == participant


def test_a_second_device_is_told_that_the_first_has_signed(phone, open_page, link, participant):
    second = open_page(PHONE)
    for page in (phone, second):
        page.goto(link)
        fill(page)
    tap(phone)
    first = received(phone)
    tap(second)
    sentence = "Pakta ini sudah ditandatangani. Satu orang menandatangani satu kali."
    expect(second.locator("[data-status]")).to_have_text(sentence)
    expect(second.locator("[data-outbox-list]")).to_contain_text(sentence)
    expect(second.locator("[data-send]")).to_be_hidden()
    assert Signature.objects.get() == first
    second.get_by_role("link", name="Buka ulang halaman ini").click()
    expect(second.locator("h1")).to_have_text("Diterima")


# The world goes on ------------------------------------------------------------------------------


def test_what_was_begun_before_the_closing_counts_afterwards(phone, link, participant):
    phone.goto(link)
    fill(phone)
    phone.context.set_offline(True)
    tap(phone)
    says_unsent(phone)
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    phone.context.set_offline(False)
    signature = received(phone)
    assert (signature.participant, signature.in_grace) == (participant, True)


def test_a_session_that_has_expired_loses_nothing(phone, participant):
    owner = make.UserFactory(employee=participant.employee)
    sign_in(phone, owner, home="Halaman saya")
    phone.get_by_role("button", name="Tanda tangani").click()
    fill(phone)
    Session.objects.all().delete()
    phone.context.clear_cookies()
    tap(phone)
    assert received(phone).channel == "ACCOUNT"


def test_a_new_service_worker_sends_what_the_old_one_knew(
    phone, link, participant, publish_another_service_worker
):
    phone.goto(link)
    wait_until_kept(phone, link)
    fill(phone)
    phone.context.set_offline(True)
    tap(phone)
    says_unsent(phone)
    # Of the window, not the page alone: while one service worker follows another, both send.
    phone.context.route(SENDING, lambda route: route.abort("internetdisconnected"))
    phone.context.set_offline(False)
    publish_another_service_worker()
    wait_until(phone, "() => navigator.serviceWorker.controller?.state === 'activated'")
    phone.evaluate(
        """async () => {
          window.before = navigator.serviceWorker.controller;
          await (await navigator.serviceWorker.ready).update();
        }"""
    )
    wait_until(
        phone,
        """() => {
          const { controller } = navigator.serviceWorker;
          return controller !== window.before && controller.state === "activated";
        }""",
    )
    phone.context.set_offline(True)
    phone.reload()
    says_unsent(phone)
    phone.context.unroute(SENDING)
    phone.context.set_offline(False)
    assert received(phone).participant == participant


@pytest.fixture
def publish_another_service_worker(settings, tmp_path):
    """A function that brings the next release: the same script, a byte longer."""

    def publish():
        script = Path(finders.find("js/signing/service-worker.js")).read_text()
        released = tmp_path / "release" / "js" / "signing" / "service-worker.js"
        released.parent.mkdir(parents=True)
        released.write_text(f"{script}\n")
        settings.STATICFILES_DIRS = [tmp_path / "release", *settings.STATICFILES_DIRS]
        read_scripts_anew()

    yield publish
    read_scripts_anew()


def read_scripts_anew():
    """What the process has read of its scripts is forgotten."""
    finders.get_finder.cache_clear()
    offline._script.cache_clear()
