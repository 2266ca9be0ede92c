"""Signing as people do it: on a phone with a finger, on a keyboard, without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from netralitas.lib.codes import grouped
from netralitas.lib.strokes import check
from pledges.models import Signature
from tests import factories as make
from tests.conftest import PHONE

from .hand import Finger, canvas_points, draw, drawn, has_ink, show_pad, shows, tick_all

pytestmark = pytest.mark.page

UPRIGHT = {"width": 390, "height": 844}
LYING = {"width": 844, "height": 390}
NARROW = {**PHONE, "viewport": {"width": 320, "height": 640}}
CALM = {**NARROW, "reduced_motion": "reduce"}
NO_SCRIPTS = {**PHONE, "java_script_enabled": False}


def send(page):
    page.locator("[data-send]").click()


def received(page):
    """Wait for the receipt; the one signature that was stored."""
    page.wait_for_url("**/bukti/**")
    signature = Signature.objects.get()
    assert page.locator("h1").inner_text() == "Diterima"
    assert page.locator(".receipt-code .code").inner_text() == grouped(signature.receipt)
    return signature


# Ways to sign -----------------------------------------------------------------------------------


def test_a_phone_signs_by_link_and_a_drawing_finger(phone, link, participant):
    phone.goto(link)
    tick_all(phone)
    draw(phone)
    sent = drawn(phone)
    send(phone)
    signature = received(phone)
    assert signature.strokes == sent
    assert (signature.method, signature.participant) == ("DRAWN", participant)
    assert signature.device_time is not None
    check(signature.strokes)


def test_a_phone_signs_by_code_number_and_pin(phone, participant):
    pin = make.pin_of(participant)
    phone.goto("/i/")
    phone.get_by_label("Kode acara").fill(participant.ceremony.code.lower())
    phone.get_by_role("button", name="Lanjutkan").click()
    phone.get_by_label("NIP, NI PPPK, atau NIK").fill(participant.number)
    phone.get_by_label("PIN", exact=True).fill("00000000")
    phone.get_by_role("button", name="Buka naskah ikrar").click()
    expect(phone.locator("#pin-error")).to_contain_text("Nomor atau PIN tidak cocok.")
    phone.get_by_label("PIN", exact=True).fill(pin)
    phone.get_by_role("button", name="Buka naskah ikrar").click()
    tick_all(phone)
    draw(phone)
    send(phone)
    assert received(phone).channel == "SLIP"


def test_the_code_on_a_slip_fills_in_the_number_and_leaves_no_trace(phone, participant):
    address = reverse("ceremony-entrance", args=[participant.ceremony.code])
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"{address}#nip={participant.number}")
    field = phone.get_by_label("NIP, NI PPPK, atau NIK")
    expect(field).to_have_value(participant.number)
    assert phone.url.endswith(address)
    phone.goto(f"{address}#nip=197001012010011999")
    expect(field).to_have_value("197001012010011999")
    phone.get_by_label("PIN", exact=True).fill(make.pin_of(participant))
    field.fill(participant.number)
    phone.get_by_role("button", name="Buka naskah ikrar").click()
    phone.get_by_text(participant.name, exact=True).first.wait_for()
    assert [url for url in asked if "?" in url or participant.number in url.partition("#")[0]] == []


def test_a_mouse_signs_as_well(desktop, link):
    desktop.goto(link)
    tick_all(desktop)
    show_pad(desktop)
    for stroke in ([(0.2, 0.7), (0.3, 0.2), (0.4, 0.8), (0.5, 0.3)], [(0.2, 0.8), (0.8, 0.75)]):
        first, *rest = canvas_points(desktop, stroke)
        desktop.mouse.move(*first)
        desktop.mouse.down()
        for point in rest:
            desktop.mouse.move(*point, steps=8)
        desktop.mouse.up()
    send(desktop)
    assert len(received(desktop).strokes) == 2


def test_a_keyboard_alone_signs_with_a_typed_name(desktop, link, participant):
    desktop.goto(link)
    desktop.keyboard.press("Tab")
    for _ in range(40):
        focused = desktop.evaluate(
            "() => ({ name: document.activeElement.name, type: document.activeElement.type })"
        )
        if focused.get("type") == "submit":
            break
        if focused.get("type") == "checkbox":
            desktop.keyboard.press("Space")
        elif focused.get("type") == "radio":
            desktop.keyboard.press("ArrowRight")
        elif focused.get("name") == "typed_name":
            desktop.keyboard.type(participant.bare_name)
        desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    signature = received(desktop)
    assert (signature.method, signature.typed_name) == ("TYPED", participant.bare_name)


def test_without_scripts_a_typed_name_signs(open_page, link, participant):
    page = open_page(NO_SCRIPTS)
    page.goto(link)
    assert page.locator("canvas").is_hidden()
    tick_all(page)
    page.get_by_label("Nama Anda").fill(participant.bare_name)
    page.get_by_role("button", name="Tanda tangani").click()
    assert received(page).typed_name == participant.bare_name


# The pad ----------------------------------------------------------------------------------------


def test_turning_the_phone_keeps_the_drawing_and_bends_nothing(phone, link):
    phone.goto(link)
    draw(phone)
    before = drawn(phone)
    for size in (LYING, UPRIGHT, LYING):
        phone.set_viewport_size(size)
        phone.wait_for_timeout(200)
        assert drawn(phone) == before
        assert shows(phone, before)
        box = phone.locator("canvas").bounding_box()
        assert box["width"] / box["height"] == pytest.approx(2, abs=0.02)


def test_turning_the_phone_in_the_middle_of_a_stroke_keeps_what_was_drawn(phone, link):
    phone.goto(link)
    show_pad(phone)
    finger = Finger(phone)
    points = canvas_points(phone, [(0.2, 0.7), (0.3, 0.2), (0.4, 0.8)])
    finger.down(*points[0])
    finger.through(points)
    phone.set_viewport_size(LYING)
    phone.wait_for_timeout(200)
    begun = drawn(phone)
    assert len(begun) == 1
    finger.move(points[-1][0] + 40, points[-1][1])
    finger.up()
    assert drawn(phone) == begun
    draw(phone, [[(0.5, 0.5), (0.8, 0.2)]])
    assert len(drawn(phone)) == 2
    assert drawn(phone)[0] == begun[0]
    assert shows(phone, drawn(phone))


def test_the_page_does_not_scroll_while_somebody_draws(phone, link):
    phone.goto(link)
    show_pad(phone)
    before = phone.evaluate("scrollY")
    Finger(phone).along(canvas_points(phone, [(0.5, 0.9), (0.5, 0.1), (0.6, 0.9)]))
    phone.wait_for_timeout(300)
    assert phone.evaluate("scrollY") == before
    assert len(drawn(phone)) == 1


def test_a_finger_beside_the_pad_scrolls_as_always(phone, link):
    phone.goto(link)
    finger = Finger(phone)
    finger.along([(195, 600), (195, 200)])
    phone.wait_for_timeout(300)
    assert phone.evaluate("scrollY") > 100


def test_a_stroke_that_leaves_the_pad_ends_at_its_edge(phone, link):
    phone.goto(link)
    show_pad(phone)
    Finger(phone).along(canvas_points(phone, [(0.5, 0.5), (1.3, 0.5), (1.3, 1.6), (0.5, 1.6)]))
    xs, ys = zip(*drawn(phone)[0], strict=True)
    assert (max(xs), max(ys)) == (10000, 5000)


def test_the_last_stroke_is_taken_back_and_all_are_cleared(phone, link):
    phone.goto(link)
    undo, clear = (
        phone.get_by_role("button", name="Urungkan"),
        phone.get_by_role("button", name="Hapus"),
    )
    assert undo.is_disabled()
    assert clear.is_disabled()
    draw(phone)
    both = drawn(phone)
    undo.click()
    assert drawn(phone) == both[:1]
    assert has_ink(phone, *both[0][0])
    assert not has_ink(phone, *both[1][-2])
    clear.click()
    assert drawn(phone) == []
    assert not has_ink(phone, *both[0][0])
    assert undo.is_disabled()


# Whatever goes wrong ----------------------------------------------------------------------------


def test_a_double_tap_is_one_signature(phone, link):
    phone.goto(link)
    tick_all(phone)
    draw(phone)
    posts = []
    phone.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    phone.locator("[data-send]").evaluate("(button) => { button.click(); button.click(); }")
    received(phone)
    assert len(posts) == 1


def test_what_is_missing_is_said_next_to_the_first_gap(phone, link):
    phone.goto(link)
    draw(phone)
    phone.locator("[name=points]").nth(0).check()
    phone.locator("[name=points]").nth(2).check()
    assert phone.locator("[data-left]").inner_text() == "Belum: 2 butir, persetujuan"
    send(phone)
    sentence = phone.locator("#points-error")
    assert sentence.inner_text() == "Centang setiap butir ikrar."
    assert sentence.is_visible()
    assert phone.evaluate("document.activeElement.value") == "2"
    assert phone.locator("#consent-error").inner_text().startswith("Berikan persetujuan Anda")
    assert Signature.objects.count() == 0
    tick_all(phone)
    assert sentence.is_hidden()
    assert phone.locator("[data-left]").inner_text() == "Semua sudah lengkap."
    send(phone)
    received(phone)


def test_a_missing_signature_leads_to_the_pad(phone, link):
    phone.goto(link)
    tick_all(phone)
    send(phone)
    assert phone.locator("#strokes-error").inner_text().startswith("Tanda tangan masih kosong.")
    assert phone.locator("[data-pad]").evaluate("(pad) => pad === document.activeElement")
    draw(phone)
    assert phone.locator("#strokes-error").is_hidden()


def test_what_the_server_refuses_comes_back_as_it_was(phone, link):
    phone.goto(link)
    tick_all(phone)
    draw(phone, [[(0.1, 0.5), (0.9, 0.5)]])
    line = drawn(phone)
    send(phone)
    expect(phone.locator("#strokes-error")).to_contain_text("Sebuah garis lurus bukan")
    assert phone.locator("[data-pad]").evaluate("(pad) => pad === document.activeElement")
    assert drawn(phone) == line
    assert shows(phone, line)
    assert phone.locator("[name=points]:checked").count() == 4
    draw(phone)
    send(phone)
    assert len(received(phone).strokes) == 3


def test_a_lost_connection_loses_nothing(phone, link):
    phone.goto(link)
    tick_all(phone)
    draw(phone)
    before = drawn(phone)
    phone.route("**/kirim.json", lambda route: route.abort("internetdisconnected"))
    send(phone)
    expect(phone.locator("[data-status]")).to_contain_text("belum terkirim")
    phone.unroute("**/kirim.json")
    assert received(phone).strokes == before


def test_a_reload_keeps_what_was_done_until_the_receipt(phone, link):
    phone.goto(link)
    tick_all(phone)
    draw(phone)
    before = drawn(phone)
    phone.reload()
    assert drawn(phone) == before
    assert shows(phone, before)
    assert phone.locator("[name=consent]").is_checked()
    send(phone)
    received(phone)
    assert phone.evaluate("sessionStorage.length") == 0


def test_another_person_on_the_same_phone_finds_an_empty_page(phone, site):
    ceremony = make.open_ceremony(employees=2)
    first, second = (make.link_of(make.participant_of(ceremony, n)) for n in range(2))
    phone.goto(f"/t/{first}/")
    tick_all(phone)
    draw(phone)
    phone.goto(f"/t/{second}/")
    assert drawn(phone) == []
    assert phone.locator(":checked:not([type=radio])").count() == 0


# Room and reach ---------------------------------------------------------------------------------


def test_nothing_sticks_out_on_the_narrowest_phone(open_page, link, participant):
    page = open_page(NARROW)
    signed = make.sign(make.participant_of(make.open_ceremony()))
    code = signed.participant.ceremony.code
    for address in (
        "/i/",
        f"/i/{participant.ceremony.code}/",
        link,
        f"/i/{code}/bukti/{signed.receipt}/",
        "/v/",
        f"/v/{signed.receipt}/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address


def test_everything_to_touch_is_large_enough_for_a_thumb(open_page, link):
    page = open_page(NARROW)
    page.goto(link)
    for control in page.locator(".tick, .choice-option, .pad-tools .btn, [data-send]").all():
        box = control.bounding_box()
        assert box["height"] >= 48, control
        assert box["width"] >= 48, control


def test_nothing_that_has_the_focus_hides_behind_the_bar(open_page, link):
    page = open_page(CALM)
    page.goto(link)
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.footer')"):
            break
        hidden = page.evaluate(
            """() => {
              const focused = document.activeElement.getBoundingClientRect();
              const bar = document.querySelector(".send-bar");
              if (bar.contains(document.activeElement)) return false;
              const { top, bottom } = bar.getBoundingClientRect();
              return focused.bottom > top + 1 && focused.top < bottom - 1;
            }"""
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")
