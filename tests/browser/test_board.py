"""The big screen in a browser: it follows the signing by itself, and the pledge by the keys."""

import re

import pytest
from playwright.sync_api import expect

from pledges.services import absences, boards, ceremonies
from tests import factories as make

from .axe import findings

pytestmark = pytest.mark.page

WALL = {"viewport": {"width": 1920, "height": 1080}}
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
WITHIN = 3_000
CUT_OFF = """(slide) =>
  slide.scrollHeight > slide.clientHeight || slide.scrollWidth > slide.clientWidth"""
POINT = (
    "Menjaga dan menegakkan prinsip netralitas Pegawai ASN dan Non ASN dalam melaksanakan fungsi "
    "pelayanan publik baik sebelum, selama, maupun sesudah pelaksanaan Pemilihan Umum Tahun 2024."
)


@pytest.fixture
def ceremony(site):
    """Forty OPD, each with one participant."""
    government = make.GovernmentFactory()
    for opd in make.OpdFactory.create_batch(40, parent=government):
        make.EmployeeFactory(agency=opd)
    text = make.published_text(government=government, points=[POINT, *make.POINTS])
    return make.open_ceremony(government, employees=0, text=text)


@pytest.fixture
def address(ceremony):
    return f"/layar/{boards.new_display(ceremony)}/"


def signed(page):
    return page.locator('[data-group="total"] [data-number="signed"]')


def link(page):
    return page.locator("[data-link]")


def slide(page):
    return page.locator("[data-slide]:visible")


def test_a_signature_appears_within_three_seconds(open_page, address, ceremony):
    page = open_page(WALL)
    page.goto(address)
    expect(link(page)).to_have_attribute("data-state", "live")
    participant = make.participant_of(ceremony)
    make.sign(participant)
    expect(signed(page)).to_have_text("1", timeout=WITHIN)
    group = page.locator(f'[data-group="{participant.opd.uuid}"]')
    expect(group.locator("[data-text=percent]")).to_have_text("100%")
    expect(page.locator('[data-group="total"] [data-number="pending"]')).to_have_text("39")


def test_who_is_excused_is_counted_apart_and_their_opd_can_be_complete(
    open_page, address, ceremony
):
    page = open_page(WALL)
    page.goto(address)
    absent = page.locator("[data-absent]")
    expect(link(page)).to_have_attribute("data-state", "live")
    expect(absent).to_be_hidden()
    participant = make.participant_of(ceremony)
    absences.excuse(actor=None, participant=participant, reason="Cuti")
    expect(absent).to_have_text(re.compile(r"Berhalangan atau menolak\s*1"))
    expect(page.locator('[data-group="total"] [data-number="pending"]')).to_have_text("39")
    group = page.locator(f'[data-group="{participant.opd.uuid}"]')
    expect(group.locator(".opd-rest")).to_have_text("tidak ikut 1")
    expect(group.locator("[data-bar]")).to_have_class(re.compile("is-full"))


def test_without_the_server_it_keeps_what_it_knows_and_comes_back_by_itself(
    open_page, address, ceremony
):
    make.sign(make.participant_of(ceremony, 0))
    page = open_page(WALL)
    page.goto(address)
    expect(link(page)).to_have_attribute("data-state", "live")
    page.context.set_offline(True)
    expect(link(page)).to_contain_text("terakhir diperbarui pukul")
    expect(signed(page)).to_have_text("1")
    make.sign(make.participant_of(ceremony, 1))
    page.context.set_offline(False)
    expect(signed(page)).to_have_text("2")
    expect(link(page)).to_have_text("Langsung")


def test_after_a_deploy_it_loads_itself_again_but_not_during_the_pledge(open_page, address):
    page = open_page(WALL)
    page.goto(address)
    page.keyboard.press("i")
    page.evaluate("document.querySelector('[data-board]').dataset.version = 'lama'")
    page.evaluate("window.loadedBefore = true")
    with page.expect_response("**/angka.json"):
        pass
    with page.expect_response("**/angka.json"):
        pass
    assert page.evaluate("window.loadedBefore") is True
    with page.expect_event("domcontentloaded"):
        page.keyboard.press("Escape")
    assert page.evaluate("window.loadedBefore") is None


def test_every_opd_gets_its_turn_and_nothing_moves_out_of_sight(open_page, address):
    page = open_page(WALL)
    page.goto(address)
    expect(page.locator("[data-opds-page]")).to_contain_text("Halaman 1 dari")
    pages = int(page.locator("[data-opds-page]").inner_text().rsplit(" ", 1)[1])
    seen = []
    for _ in range(pages):
        seen += page.locator(".opd:visible .opd-name").all_inner_texts()
        page.keyboard.press("ArrowRight")
    assert len(seen) == len(set(seen)) == 40
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")


@pytest.mark.parametrize("screen", [WALL, LAPTOP])
def test_the_pledge_is_led_by_a_presenters_keys_and_never_cut_off(open_page, address, screen):
    page = open_page(screen)
    page.goto(address)
    page.keyboard.press("i")
    expect(page.locator("[data-slide-at]")).to_have_text("Judul")
    for words in ("Petugas", "Pembukaan", *(f"Butir {n} dari 5" for n in range(1, 6)), "Penutup"):
        page.keyboard.press("PageDown")
        expect(page.locator("[data-slide-at]")).to_have_text(words)
        assert slide(page).count() == 1
        assert slide(page).evaluate(CUT_OFF) is False
    page.keyboard.press("PageDown")
    expect(page.locator("[data-slide-at]")).to_have_text("Penutup")
    page.keyboard.press("PageUp")
    expect(page.locator("[data-slide-at]")).to_have_text("Butir 5 dari 5")
    page.keyboard.press("Home")
    expect(page.locator("[data-slide-at]")).to_have_text("Judul")
    page.keyboard.press("Space")
    expect(page.locator("[data-slide-at]")).to_have_text("Petugas")
    page.keyboard.press("End")
    expect(page.locator("[data-slide-at]")).to_have_text("Penutup")
    page.keyboard.press("Escape")
    expect(signed(page)).to_be_visible()


def test_a_page_loaded_again_shows_the_same_part_of_the_pledge(open_page, address):
    page = open_page(WALL)
    page.goto(f"{address}#ikrar")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.reload()
    expect(page.locator("[data-slide-at]")).to_have_text("Pembukaan")


def test_on_a_phone_a_tap_leads_on_and_a_tap_on_the_left_back(phone, address):
    phone.goto(f"{address}#ikrar")
    stage = phone.locator("[data-slides]").bounding_box()
    middle = stage["y"] + stage["height"] / 2
    phone.touchscreen.tap(stage["x"] + stage["width"] * 0.8, middle)
    expect(phone.locator("[data-slide-at]")).to_have_text("Petugas")
    phone.touchscreen.tap(stage["x"] + stage["width"] * 0.1, middle)
    expect(phone.locator("[data-slide-at]")).to_have_text("Judul")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_nothing_on_any_view(open_page, address, scheme):
    # Fading has no contrast of its own, and on a slow machine the controls fade while axe reads.
    page = open_page({**WALL, "color_scheme": scheme, "reduced_motion": "reduce"})
    page.goto(address)
    for key in ("a", "q", "i", "?"):
        page.keyboard.press(key)
        assert (key, findings(page)) == (key, [])


def test_the_keys_of_a_remote_lay_nothing_over_the_pledge(open_page, address):
    page = open_page(WALL)
    page.goto(f"{address}#ikrar")
    board = page.locator("[data-board]")
    expect(board).to_have_attribute("data-idle", "", timeout=8_000)
    page.keyboard.press("PageDown")
    expect(page.locator("[data-slide-at]")).to_have_text("Petugas")
    expect(board).to_have_attribute("data-idle", "")
    page.mouse.move(300, 300)
    expect(board).not_to_have_attribute("data-idle", "")


@pytest.mark.parametrize("screen", [WALL, LAPTOP])
def test_the_code_can_be_scanned_from_afar_and_a_long_title_is_whole(open_page, address, screen):
    page = open_page(screen)
    page.goto(address)
    title = page.locator(".board-title")
    title.evaluate("(e) => { e.textContent = 'Pengucapan Ikrar Netralitas '.repeat(7) }")
    page.evaluate("document.dispatchEvent(new Event('view'))")
    assert title.evaluate(CUT_OFF) is False
    code = page.locator(".entrance-code-qr").bounding_box()
    quiet_zone = code["height"] * 8 / 33
    assert code["height"] - quiet_zone >= screen["viewport"]["height"] / 3


def test_after_the_closing_there_is_no_way_in_to_scan(open_page, address, ceremony):
    page = open_page(WALL)
    page.goto(address)
    page.keyboard.press("q")
    expect(page.locator(".view-code")).to_be_visible()
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    expect(page.locator(".view-figures")).to_be_visible()
    page.keyboard.press("q")
    expect(page.locator(".view-figures")).to_be_visible()
    for gone in (".view-code", ".board-entrance", "[data-show=code]", ".count-rate"):
        expect(page.locator(gone)).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_text("Ikrar untuk dibacakan")).to_be_visible()
    expect(page.get_by_text("Kode QR besar")).to_be_hidden()


def test_dark_and_light_follow_the_device_until_somebody_switches(open_page, address):
    page = open_page({**WALL, "color_scheme": "dark"})
    page.goto(address)
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.keyboard.press("t")
    expect(root).to_have_attribute("data-theme", "light")
    page.reload()
    expect(root).to_have_attribute("data-theme", "light")


def test_names_appear_and_go_as_hr_switches_them(open_page, address, ceremony):
    participant = make.participant_of(ceremony)
    page = open_page(WALL)
    page.goto(address)
    names = page.locator("[data-names]")
    expect(names).to_be_hidden()
    boards.show_names(actor=None, ceremony=ceremony)
    make.sign(participant)
    expect(names).to_have_text(re.compile(re.escape(participant.name)))
    boards.hide_names(actor=None, ceremony=ceremony)
    expect(names).to_be_hidden()
