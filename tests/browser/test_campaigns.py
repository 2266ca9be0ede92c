"""A campaign as people make it: HR at a desk, the operator of an OPD on a phone."""

import pytest
from playwright.sync_api import expect

from agencies.choices import RoleName
from pledges.models import Ceremony
from tests import factories

from .axe import findings
from .staff import sign_in

pytestmark = pytest.mark.page


@pytest.fixture
def opds(site):
    """Two OPD of a government whose city event, for heads, is frozen; its year is to come."""
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai")
    names = ("Dinas Kesehatan", "Dinas Pendidikan")
    made = [factories.OpdFactory(parent=government, name=name) for name in names]
    for opd in made:
        factories.EmployeeFactory(agency=opd, position="Kepala Dinas")
        factories.EmployeeFactory(agency=opd)
    factories.ceremony_in(
        "READY",
        government,
        employees=0,
        title="Apel Kota",
        scope="OFFICIALS",
        official_positions=["Kepala Dinas"],
    )
    return made


def looked_at(page):
    """Nothing is wider than the screen, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert (page.url, findings(page)) == (page.url, [])


def test_hr_begins_with_the_citys_event_and_an_operator_sets_the_date(desktop, phone, opds):
    sign_in(desktop, factories.user_with_role(RoleName.HR, opds[0].government))
    desktop.goto("/rangkaian/")
    desktop.get_by_role("main").get_by_role("link", name="Rangkaian baru").first.click()
    lead = Ceremony.objects.get()
    desktop.get_by_label("Nama rangkaian").fill("Ikrar Netralitas 2023")
    desktop.locator("[name=text]").select_option(str(lead.text_id))
    desktop.locator("[name=lead]").select_option(str(lead.pk))
    desktop.get_by_label("Target selesai").fill("2023-01-31")
    desktop.get_by_label("Nama acara OPD").fill("Ikrar Netralitas Pegawai")
    desktop.locator("[name=kind]").select_option("APEL")
    desktop.locator("[name=day]").fill("2023-01-18")
    desktop.locator("[name=clock]").fill("07:30")
    expect(desktop.get_by_label("Dinas Kesehatan")).to_be_hidden()
    desktop.locator("[name=which][value=CHOSEN]").check()
    desktop.get_by_label("Dinas Kesehatan").check()
    looked_at(desktop)
    desktop.get_by_role("button", name="Buat rangkaian").click()
    expect(desktop.get_by_text("1 acara OPD dibuat sebagai konsep.")).to_be_visible()
    expect(desktop.get_by_text("Termasuk di acara induk: 0 dari 1 sudah")).to_be_visible()
    for box in desktop.locator("[data-chosen]").all():
        expect(box).not_to_be_checked()
        box.check()
    desktop.get_by_role("button", name="Buat acara OPD").click()
    dialog = desktop.get_by_role("dialog")
    expect(dialog.get_by_text("1 OPD dipilih.")).to_be_visible()
    dialog.get_by_role("button", name="Buat acara").click()
    expect(desktop.get_by_text("2 acara belum mempunyai jadwal;")).to_be_visible()
    looked_at(desktop)

    sign_in(phone, factories.user_with_role(RoleName.OPERATOR, opds[0]))
    phone.get_by_role("link", name="Tetapkan jadwal acara").click()
    phone.locator("[name=day]").fill("2023-01-20")
    phone.get_by_label("Tempat").fill("Halaman Dinas Kesehatan")
    phone.get_by_label("Pemimpin acara").fill("Khairil Adli")
    looked_at(phone)
    phone.get_by_role("button", name="Tetapkan jadwal").click()
    expect(phone.get_by_text("Jumat, 20 Januari 2023, 07.30 WIB").first).to_be_visible()
    phone.goto("/acara/kalender/?bulan=2023-01")
    expect(phone.get_by_text("Jumat, 20 Januari 2023")).to_be_visible()
    expect(phone.get_by_text("Kamis, 19 Januari 2023")).to_be_hidden()
    looked_at(phone)

    desktop.goto("/acara/kalender/?bulan=2023-01")
    for title in ("Apel Kota", "Ikrar Netralitas Pegawai Dinas Kesehatan"):
        expect(desktop.get_by_role("link", name=title)).to_be_visible()
    expect(desktop.get_by_text("Usulan", exact=True)).to_have_count(1)
    looked_at(desktop)
