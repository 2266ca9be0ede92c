"""An operator's tablet: people sign on it one after another, and it shows them nothing else."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from agencies.choices import RoleName
from pledges.models import Signature
from tests import factories as make
from tests.conftest import PHONE

from .field import SENDING, stored
from .hand import draw, tick_all
from .staff import sign_in

TABLET = {**PHONE, "viewport": {"width": 820, "height": 1180}}
PIN = "482915"
LONG = "Pengendalian-Penduduk-dan-Keluarga-Berencana-Pemberdayaan-Perempuan"


@pytest.fixture
def ceremony(site):
    opd = make.OpdFactory(name="Dinas Kesehatan")
    for name in ("Siti Aminah", "Budi Santoso", f"Siti {LONG}"):
        make.EmployeeFactory(name=name, agency=opd, title_suffix="")
    return make.open_ceremony(opd, employees=0)


@pytest.fixture
def kiosk(ceremony):
    return f"/acara/{ceremony.uuid}/bantuan/"


def start(page, ceremony):
    """The operator makes the device a kiosk."""
    sign_in(page, make.user_with_role(RoleName.OPERATOR, ceremony.organizer))
    page.goto(f"/acara/{ceremony.uuid}/")
    page.get_by_role("link", name="Bantuan di tempat").click()
    for field in ("pin", "again"):
        page.locator(f"[name={field}]").fill(PIN)
    page.get_by_role("button", name="Mulai mode bantuan").click()
    page.wait_for_url("**/bantuan/peserta/")


def hand_to(page, name):
    page.get_by_label("Cari nama atau NIP").fill(name)
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name=name).first.click()
    page.get_by_text("KTP atau kartu pegawai dilihat").click()
    page.get_by_role("button", name="Serahkan perangkat").click()
    page.wait_for_url("**/tanda-tangan/")


def sign(page):
    tick_all(page)
    draw(page)
    page.locator("[data-send]").click()


def take_back(page):
    """The operator gives the PIN on the locked screen."""
    expect(page.locator("h1")).to_have_text("Layar terkunci")
    page.locator("[name=pin]").fill(PIN)
    page.get_by_role("button", name="Buka daftar peserta").click()
    page.wait_for_url("**/bantuan/peserta/")


def go_back(page):
    """What stood there before leads on by itself, which may be sooner than it is there."""
    with suppress(Error):
        page.go_back()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_two_people_sign_one_after_another_and_nobody_gets_out(open_page, ceremony, kiosk):
    page = open_page(TABLET)
    start(page, ceremony)
    for name in ("Siti Aminah", "Budi Santoso"):
        hand_to(page, name)
        assert fits(page)
        sign(page)
        page.wait_for_url("**/bukti/**")
        expect(page.locator("main")).to_contain_text("Serahkan kembali kepada operator")
        go_back(page)
        expect(page.locator("h1")).to_have_text("Layar terkunci")
        for path in ("/", f"/acara/{ceremony.uuid}/peserta/", f"{kiosk}peserta/", "/tidak-ada/"):
            page.goto(path)
            expect(page.locator("h1")).to_have_text("Layar terkunci")
        assert fits(page)
        take_back(page)
        expect(page.locator("main")).to_contain_text(f"{name} sudah menandatangani.")
    assert Signature.objects.count() == 2
    page.get_by_role("link", name="Akhiri mode bantuan").click()
    page.locator("[name=pin]").fill(PIN)
    page.get_by_role("button", name="Akhiri").click()
    expect(page.get_by_text("Mode bantuan diakhiri.")).to_be_visible()


def test_a_page_left_alone_is_covered_and_leads_to_the_locked_screen(open_page, ceremony):
    page = open_page(TABLET)
    page.clock.install()
    start(page, ceremony)
    hand_to(page, "Siti Aminah")
    page.locator("[name=points]").first.check()
    page.clock.run_for(170_000)
    page.locator("[name=points]").nth(1).check()
    page.clock.run_for(170_000)
    assert page.locator("main").is_visible()
    page.clock.run_for(11_000)
    expect(page.locator("h1")).to_have_text("Layar terkunci")
    page.wait_for_load_state()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_list_left_alone_locks_itself(open_page, ceremony, kiosk):
    page = open_page(TABLET)
    page.clock.install()
    start(page, ceremony)
    page.clock.run_for(181_000)
    expect(page.locator("h1")).to_have_text("Layar terkunci")
    page.goto(f"{kiosk}peserta/")
    expect(page.locator("h1")).to_have_text("Layar terkunci")


def test_without_network_several_wait_on_the_device_and_none_can_be_read(open_page, ceremony):
    page = open_page(TABLET)
    start(page, ceremony)
    page.context.route(SENDING, lambda route: route.abort())
    for name in ("Siti Aminah", "Budi Santoso"):
        hand_to(page, name)
        sign(page)
        expect(page.locator("[data-status]")).to_contain_text("Serahkan kembali")
        page.get_by_role("link", name="Serahkan kembali").click()
        take_back(page)
        expect(page.locator("main")).to_contain_text(f"Tanda tangan {name} belum diterima.")
    kept = stored(page)
    assert kept.count('"waiting"') == 2
    for readable in ("Siti", "Budi", "strokes", "ticket", *people(ceremony)):
        assert readable not in kept
    assert not Signature.objects.exists()
    page.context.unroute(SENDING)
    page.reload()
    expect(page.locator("[data-outbox-list]")).to_contain_text("sudah tersimpan")
    expect(page.get_by_text("sudah tersimpan")).to_have_count(2)
    assert page.get_by_role("link", name="Lihat tanda terima").count() == 0
    assert Signature.objects.count() == 2


def test_no_pin_can_be_typed_before_what_was_left_is_forgotten(open_page, ceremony):
    page, held = open_page(TABLET), []

    def hold(route):
        held.append(route)

    start(page, ceremony)
    hand_to(page, "Siti Aminah")
    page.context.route("**/kiosk/forget*", hold)
    with page.context.expect_event("request", lambda sent: "kiosk/forget" in sent.url):
        page.get_by_role("link", name="Serahkan kembali").dispatch_event("click")
    page.wait_for_timeout(500)
    assert page.locator("[name=pin]").count() == 0
    held[0].continue_()
    take_back(page)


def test_while_the_network_swallows_what_is_sent_the_device_is_handed_back_all_the_same(
    open_page, ceremony
):
    page = open_page(TABLET)
    start(page, ceremony)
    page.context.route(SENDING, lambda route: None)
    hand_to(page, "Siti Aminah")
    sign(page)
    expect(page.locator("[data-status]")).to_contain_text("Serahkan kembali")
    page.get_by_role("link", name="Serahkan kembali").click()
    expect(page.locator("h1")).to_have_text("Layar terkunci")
    assert stored(page).count('"waiting"') == 1


def test_what_was_refused_tells_the_operator_whose_it_was_and_nobody_else(open_page, ceremony):
    page = open_page(TABLET)
    start(page, ceremony)
    told = page.locator("[data-outbox-list]")
    refusal = {"sentence": "Kiriman ini tidak terbaca.", "field": ""}
    page.context.route(SENDING, lambda route: route.fulfill(status=400, json=refusal))
    hand_to(page, "Siti Aminah")
    sign(page)
    expect(page.locator("[data-status]")).to_have_text("Kiriman ini tidak terbaca.")
    page.get_by_role("link", name="Serahkan kembali").click()
    expect(told).to_contain_text("Keterangannya ada di daftar peserta.")
    assert told.get_by_role("button").count() + told.get_by_role("link").count() == 0
    go_back(page)
    expect(page.locator("h1")).to_have_text("Layar terkunci")
    assert page.locator("[name=ticket]").count() == 0
    take_back(page)
    expect(told).to_contain_text("Kiriman ini tidak terbaca.")
    expect(told.get_by_role("button", name="Mengerti")).to_be_visible()
    told.get_by_role("link", name="Lihat peserta ini").click()
    expect(page.locator(".signer-name")).to_have_text("Siti Aminah")


def test_a_page_left_without_network_shows_nothing_more_when_it_is_loaded_again(
    open_page, ceremony
):
    page = open_page(TABLET)
    page.clock.install()
    start(page, ceremony)
    hand_to(page, "Siti Aminah")
    page.route("**/sehat/", lambda route: route.abort())
    page.clock.run_for(181_000)
    expect(page.locator("[data-idle-cover]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-idle-cover]")).to_be_visible()
    expect(page.locator("form[data-sign]")).to_be_hidden()


def test_without_network_the_device_is_handed_back_covered_and_locks_once_there_is_any(
    open_page, ceremony
):
    page = open_page(TABLET)
    start(page, ceremony)
    hand_to(page, "Siti Aminah")
    page.context.set_offline(True)
    sign(page)
    expect(page.locator("[data-status]")).to_contain_text("Serahkan kembali")
    page.get_by_role("link", name="Selesai").click()
    expect(page.locator("[data-idle-cover]")).to_contain_text("Serahkan perangkat ini")
    expect(page.locator("main")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("Layar terkunci")


def people(ceremony):
    """The numbers of everybody."""
    return ceremony.participants.values_list("number", flat=True)
