"""HR writes a text: from a pattern, with the preview beside it, to its publication."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agencies.choices import RoleName
from pledges.models import PledgeText
from tests import factories
from tests.conftest import PHONE

from .axe import findings
from .staff import sign_in

pytestmark = pytest.mark.page


@pytest.fixture
def officer(site):
    """HR of a city that prepares an election."""
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai", slug="kota-dumai")
    factories.ElectionFactory(government=government, name="Pilkada Tahun 2027", year=2027)
    return factories.user_with_role(RoleName.HR, government)


def begin_from_pattern(page):
    pattern = PledgeText.objects.get(family="pola-pasangan-calon")
    page.goto(reverse("text-from-pattern", args=[pattern.uuid]))
    page.get_by_label("Untuk pemilu").select_option(label="Pilkada Tahun 2027")
    page.get_by_role("button", name="Buat konsep").click()


def change_the_points(page, preview):
    """The last goes first, and another one is added; the preview follows each step."""
    page.get_by_role("button", name="Naikkan butir 4").click()
    expect(preview.get_by_role("listitem").nth(2)).to_contain_text("Menolak politik uang")
    page.get_by_role("button", name="Tambah butir").click()
    expect(page.get_by_label("Butir 5", exact=True)).to_be_focused()
    page.keyboard.type("Melaporkan pelanggaran.")
    expect(preview.get_by_text("Naskah ini memuat 5 butir")).to_be_visible()
    page.get_by_role("button", name="Hapus butir 1").click()
    expect(page.get_by_text("Butir 1 dihapus.")).to_be_visible()
    expect(preview.get_by_text("Naskah ini memuat")).to_have_count(0)


PASTE = """(area, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  const how = { clipboardData, bubbles: true, cancelable: true };
  area.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def test_a_pasted_list_becomes_a_field_for_each_point(desktop, officer):
    sign_in(desktop, officer)
    desktop.goto(reverse("text-create"))
    desktop.get_by_label("Butir 2", exact=True).evaluate(PASTE, "1. Netral.\n2) Adil.\n\nJujur.")
    preview = desktop.get_by_role("region", name="Pratinjau")
    expect(preview.get_by_role("listitem").first).to_have_text("Netral.")
    points = [area.input_value() for area in desktop.locator("textarea[name=points]").all()]
    assert points == ["", "Netral.", "Adil.", "Jujur.", "", ""]


def test_hr_writes_a_text_with_its_preview_and_publishes_it(desktop, officer):
    sign_in(desktop, officer)
    begin_from_pattern(desktop)
    preview = desktop.get_by_role("region", name="Pratinjau")
    expect(preview.get_by_text("pelaksanaan Pilkada Tahun 2027 kami")).to_be_visible()
    desktop.get_by_label("Judul ikrar").fill("Ikrar {sebutan} Damai pada {pemilu} {hal}")
    expect(preview.get_by_text("Tanda pengisi {hal} tidak dikenal.")).to_be_visible()
    desktop.get_by_label("Judul ikrar").fill("Ikrar {sebutan} Damai pada {pemilu}")
    heading = preview.get_by_role("heading", name="Ikrar Pegawai ASN Damai pada Pilkada Tahun 2027")
    expect(heading).to_be_visible()
    change_the_points(desktop, preview)
    assert findings(desktop) == []
    desktop.get_by_role("button", name="Simpan konsep").click()
    desktop.get_by_role("button", name="Terbitkan").click()
    desktop.get_by_role("dialog").get_by_role("button", name="Terbitkan").click()
    expect(desktop.get_by_text("Naskah diterbitkan dan tidak dapat diubah lagi.")).to_be_visible()
    text = PledgeText.objects.get(government=officer.government)
    assert text.heading == "Ikrar Pegawai ASN Damai pada Pilkada Tahun 2027"
    assert [point.split()[0] for point in text.points] == [
        "Menghindari",
        "Menolak",
        "Menggunakan",
        "Melaporkan",
    ]
    expect(desktop.get_by_text(text.digest)).to_be_visible()


def test_texts_and_guidance_fit_a_phone_and_axe_finds_nothing(open_page, officer):
    page = open_page(PHONE)
    national, older = PledgeText.objects.filter(government=None).published()
    addresses = [
        "/panduan/",
        "/panduan/kota-dumai/",
        f"{reverse('text-compare')}?a={older.uuid}&b={national.uuid}",
        reverse("text-create"),
        reverse("text-list"),
    ]
    sign_in(page, officer)
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert findings(page) == [], address
