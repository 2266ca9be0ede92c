"""The tree of agencies as HR uses it: opened by keyboard, reorganised, given a logo."""

import re

import pytest
from playwright.sync_api import expect

from agencies.choices import RoleName
from agencies.models import Agency
from tests import factories
from tests.conftest import DESKTOP

from .staff import sign_in

pytestmark = pytest.mark.page


@pytest.fixture
def hr(site):
    """HR of a city with two OPD; below the first a clinic, and below that a post."""
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai")
    health = factories.OpdFactory(parent=government, name="Dinas Kesehatan")
    clinic = factories.UnitFactory(parent=health, name="Puskesmas Kota")
    factories.UnitFactory(parent=clinic, name="Pos Pantai")
    factories.OpdFactory(parent=government, name="Dinas Sosial")
    factories.EmployeeFactory.create_batch(2, agency=health)
    factories.user_with_role(RoleName.OPERATOR, health, first_name="Rina Marlina")
    return factories.user_with_role(RoleName.HR, government)


def names(page):
    """The agencies in the table, from top to bottom."""
    return page.locator("tbody tr a").all_inner_texts()


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_tree_opens_and_closes_in_place_by_keyboard(request, hr, screen):
    page = request.getfixturevalue(screen)
    sign_in(page, hr)
    page.goto("/opd/")
    closed = ["Pemerintah Kota Dumai", "Dinas Kesehatan", "Dinas Sosial"]
    assert names(page) == closed
    page.get_by_role("link", name="Pemerintah Kota Dumai").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "Unit di bawah Dinas Kesehatan"
    page.keyboard.press("Enter")
    toggle = page.get_by_role("button", name="Unit di bawah Dinas Kesehatan")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    assert names(page) == [*closed[:2], "Puskesmas Kota", closed[2]]
    assert focused(page) == "Unit di bawah Dinas Kesehatan"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "Unit di bawah Puskesmas Kota"
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="Pos Pantai")).to_be_visible()
    assert names(page) == [*closed[:2], "Puskesmas Kota", "Pos Pantai", closed[2]]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    assert names(page) == closed


def test_a_closed_branch_opens_again(desktop, hr):
    sign_in(desktop, hr)
    desktop.goto("/opd/")
    toggle = desktop.get_by_role("button", name="Unit di bawah Dinas Kesehatan")
    for state in ("true", "false", "true"):
        toggle.click()
        expect(toggle).to_have_attribute("aria-expanded", state)
    assert names(desktop).count("Puskesmas Kota") == 1


def test_without_script_there_is_no_button_and_the_name_leads_to_the_units(open_page, hr):
    page = open_page({**DESKTOP, "java_script_enabled": False})
    sign_in(page, hr)
    page.goto("/opd/")
    assert page.get_by_role("button", name="Unit di bawah").count() == 0
    page.get_by_role("link", name="Dinas Kesehatan").click()
    expect(page.get_by_role("link", name="Puskesmas Kota")).to_be_visible()


def test_whoever_was_logged_out_meanwhile_is_led_to_the_login(desktop, hr):
    sign_in(desktop, hr)
    desktop.goto("/opd/")
    desktop.context.clear_cookies()
    desktop.get_by_role("button", name="Unit di bawah Dinas Kesehatan").click()
    expect(desktop).to_have_url(re.compile("/masuk/"))


def test_hr_merges_two_agencies_after_seeing_what_that_does(desktop, hr):
    sign_in(desktop, hr)
    desktop.goto("/opd/")
    desktop.get_by_role("link", name="Dinas Kesehatan").click()
    desktop.get_by_role("link", name="Gabungkan ke instansi lain").click()
    desktop.locator("[name=target]").select_option(label="Dinas Sosial")
    desktop.get_by_role("button", name="Lanjutkan").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Periksa sebelum digabung")
    facts = desktop.locator(".fact")
    expect(facts.filter(has_text="Pegawai yang berpindah")).to_contain_text("2")
    expect(facts.filter(has_text="Unit yang berpindah")).to_contain_text("2")
    assert Agency.objects.in_use().count() == 5
    desktop.get_by_label("Rina Marlina — Operator OPD").check()
    desktop.get_by_role("button", name="Gabungkan").click()
    expect(desktop.get_by_role("status")).to_contain_text("digabung ke Dinas Sosial")
    expect(desktop.get_by_role("link", name="Puskesmas Kota")).to_be_visible()
    desktop.get_by_role("link", name="Dinas Kesehatan").click()
    expect(desktop.get_by_text("Tidak dipakai lagi", exact=True)).to_be_visible()
    expect(desktop.get_by_role("link", name="Dinas Sosial").first).to_be_visible()


def test_hr_uploads_a_logo_and_sees_it_on_the_page(desktop, hr, tmp_path):
    picture = tmp_path / "lambang.webp"
    picture.write_bytes(factories.picture("WEBP", size=(900, 1200)))
    sign_in(desktop, hr)
    desktop.goto("/opd/?q=sosial")
    desktop.get_by_role("link", name="Dinas Sosial").click()
    desktop.get_by_role("link", name="Unggah logo").click()
    desktop.get_by_label("Berkas gambar").set_input_files(picture)
    desktop.get_by_role("button", name="Unggah").click()
    logo = desktop.get_by_alt_text("Logo Dinas Sosial")
    expect(logo).to_be_visible()
    assert logo.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [384, 512]
    desktop.get_by_role("link", name="Ganti logo").click()
    desktop.get_by_role("button", name="Hapus logo").click()
    desktop.get_by_role("dialog").get_by_role("button", name="Hapus").click()
    expect(desktop.get_by_text("Lambang netral")).to_be_visible()
