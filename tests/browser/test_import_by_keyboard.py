"""HR imports a roster without a mouse: upload, column, preview, filter, mend, apply."""

import pytest
from playwright.sync_api import expect

from agencies.choices import RoleName
from agencies.models import Employee
from tests import factories
from tests.agencies.roster.files import nip
from tests.conftest import DESKTOP

from .import_files import hierarchy, mended, roster
from .staff import sign_in

pytestmark = pytest.mark.page

MOST_TABS = 80
IS_SEEN = """element => {
    const {outlineStyle, boxShadow} = getComputedStyle(element);
    return outlineStyle !== "none" || boxShadow !== "none";
}"""


@pytest.fixture
def page(open_page, site):
    """A window in which HR has logged in."""
    page = open_page(DESKTOP)
    # From now on, and not only once a key was pressed, the picker is the test's.
    page.on("filechooser", lambda chooser: None)
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai", slug="kota-dumai")
    sign_in(page, factories.user_with_role(RoleName.HR, government))
    return page


def tab_to(page, wanted):
    """Go on with the Tab key as far as `wanted`, which shows that it has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate(IS_SEEN)
            return
    pytest.fail(f"Not reached by the keyboard: {wanted}")


def press(page, role, name, key="Enter"):
    """Go to a link or button and press it."""
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    page.keyboard.press(key)


def choose_file(page, label, file):
    tab_to(page, page.get_by_label(label))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)


def apply(page, run_tasks):
    """Say yes; the dialog begins at the button that leads back."""
    press(page, "button", "Terapkan")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Kembali")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    tab_to(page, dialog.get_by_role("button", name="Terapkan"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Menunggu giliran", exact=True)).to_be_visible()
    run_tasks()
    expect(page.get_by_text("Impor ini sudah diterapkan")).to_be_visible()


def test_a_roster_is_imported_and_mended_by_keyboard_alone(page, run_tasks):
    press(page, "link", "Masukkan data pegawai")
    choose_file(page, "Berkas daftar pegawai", roster())
    choose_file(page, "Berkas hierarki unit", hierarchy())
    tab_to(page, page.get_by_label("Berkas memuat seluruh pegawai"))
    page.keyboard.press("Space")
    press(page, "button", "Unggah dan lihat pratinjau")
    expect(page.get_by_text("Menunggu giliran", exact=True)).to_be_visible()
    run_tasks()

    press(page, "link", "Tentukan kolom siasn-pns.csv")
    press(page, "button", "Simpan dan baca berkas")
    expect(page.get_by_text("Menunggu giliran", exact=True)).to_be_visible()
    run_tasks()

    press(page, "link", "Ditolak")
    expect(page.get_by_text("dibulatkan oleh Excel")).to_be_visible()
    tab_to(page, page.get_by_label("Kelompok"))
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    press(page, "button", "Cari")
    expect(page.get_by_role("heading", name="Baru")).to_be_visible()
    with page.expect_download() as rejects:
        press(page, "link", "Unduh baris yang ditolak")
    apply(page, run_tasks)

    press(page, "link", "Unggah baris yang sudah diperbaiki")
    choose_file(page, "Berkas daftar pegawai", mended(rejects.value))
    press(page, "button", "Unggah dan lihat pratinjau")
    expect(page.get_by_text("Menunggu giliran", exact=True)).to_be_visible()
    run_tasks()
    apply(page, run_tasks)
    numbers = Employee.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [nip(1), nip(2), nip(3)]
