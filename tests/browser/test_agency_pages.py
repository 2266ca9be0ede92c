"""The lists as people use them: on a phone and on a wide screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agencies.choices import RoleName
from agencies.services.logos import set_logo
from netralitas.lib.tables import PER_PAGE
from tests import factories
from tests.conftest import DESKTOP, PHONE

from .staff import sign_in

pytestmark = pytest.mark.page


@pytest.fixture
def hr(site):
    """HR of a city whose one OPD has more people than a page holds."""
    opd = factories.OpdFactory(
        name="Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Pengendalian Penduduk"
    )
    factories.EmployeeFactory.create_batch(PER_PAGE + 1, agency=opd)
    factories.EmployeeFactory(
        agency=factories.UnitFactory(parent=opd, name="UPT Perlindungan"), name="Zulkifli Hasan"
    )
    return factories.user_with_role(RoleName.HR, opd.government)


@pytest.fixture
def signed_in(hr):
    """A function that logs the HR officer in, in a window."""

    def window(page):
        sign_in(page, hr)
        return page

    return window


def fits(page):
    """Whether nothing sticks out of the window sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_phone_an_employee_is_found_and_opened(phone, signed_in):
    page = signed_in(phone)
    page.goto("/pegawai/")
    assert fits(page)
    page.get_by_label("Cari pegawai").fill("zulkifli")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 pegawai", exact=True)).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Zulkifli Hasan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zulkifli Hasan, S.Kom.")
    expect(page.get_by_text("UPT Perlindungan")).to_be_visible()
    assert fits(page)


def test_on_a_phone_a_unit_is_found_and_leads_to_its_people(phone, signed_in):
    page = signed_in(phone)
    page.goto("/opd/")
    assert fits(page)
    page.get_by_label("Cari unit kerja").fill("upt")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="UPT Perlindungan").click()
    assert fits(page)
    page.get_by_role("link", name="Lihat pegawai").click()
    expect(page.get_by_label("Instansi")).to_contain_text("UPT Perlindungan")
    expect(page.get_by_text("1 pegawai", exact=True)).to_be_visible()


def test_on_a_wide_screen_pages_turn_and_keep_order_and_filter(desktop, signed_in):
    page = signed_in(desktop)
    page.goto("/pegawai/?q=Siti")
    page.get_by_role("link", name="Nama").click()
    page.get_by_role("link", name="Berikutnya").click()
    expect(page.get_by_text("51–51 dari 51 pegawai")).to_be_visible()
    expect(page.get_by_label("Cari pegawai")).to_have_value("Siti")
    assert "sort=-name" in page.url
    assert fits(page)


def test_the_filters_apply_as_soon_as_they_are_chosen(desktop, signed_in):
    page = signed_in(desktop)
    page.goto("/pegawai/")
    page.get_by_label("Status").select_option("Tidak aktif")
    expect(page.get_by_role("heading", name="Tidak ada pegawai yang cocok")).to_be_visible()


def test_hr_sets_the_head_of_an_agency(desktop, signed_in):
    page = signed_in(desktop)
    page.goto("/opd/")
    page.get_by_role("link", name="Dinas Pemberdayaan Perempuan").click()
    page.get_by_role("link", name="Ubah").click()
    page.get_by_label("Alamat pada kop surat").fill("Jalan Putri Tujuh Nomor 7")
    page.get_by_label("Kepala").select_option(index=1)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Jalan Putri Tujuh Nomor 7")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("disimpan")


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_digest_in_the_trail_is_read_whole_and_nothing_empty_is_shown_on_a_phone(
    open_page, hr, screen
):
    opd = hr.government.get_children().get()
    set_logo(actor=hr, agency=opd, content=factories.picture())
    page = open_page(screen)
    sign_in(page, hr)
    page.goto(reverse("event-list", query={"act": "agency.changed"}))
    assert fits(page)
    table = page.locator(".table-scroll")
    assert table.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
    digest = page.get_by_text(f"SHA-256: {opd.logo.sha256}")
    expect(digest).to_be_visible()
    blank = page.locator("td[data-blank]")
    expect(blank).to_have_count(1)
    assert blank.is_visible() is (screen == DESKTOP)
