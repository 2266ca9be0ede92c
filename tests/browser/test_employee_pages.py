"""HR keeps employees by hand in a browser: the form, the choice among many agencies, the page."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Agency, Employee
from tests import factories as make
from tests.conftest import DESKTOP, PHONE

from .staff import sign_in

pytestmark = pytest.mark.page

LONG = "Pengendalian-Penduduk-dan-Keluarga-Berencana-Pemberdayaan-Perempuan"
SECRETARIAT = "Sekretariat — Dinas Pendidikan"
NO_SCRIPTS = {**PHONE, "java_script_enabled": False}


@pytest.fixture
def government(site):
    """A government with two OPD that have a unit of the same name."""
    government = make.GovernmentFactory(name="Pemerintah Kota Contoh")
    for name in ("Dinas Kesehatan", "Dinas Pendidikan"):
        opd = make.OpdFactory(parent=government, name=name)
        make.UnitFactory(parent=opd, name="Sekretariat")
    return government


@pytest.fixture
def officer(government):
    return make.user_with_role(RoleName.HR, government)


def fill_in(page):
    page.locator("[name=kind]").select_option("PNS")
    page.get_by_label("NIP / NI PPPK / NIK").fill("19790606 200104 2 001")
    page.locator("[name=name]").fill("Ani Lestari")


def offered(page):
    """The choices of the agency field that the browser shows, by their labels."""
    options = page.locator("select[name=agency] option")
    return [label.strip() for label in options.all_inner_texts()]


def test_hr_finds_the_agency_among_many_by_typing(desktop, government, officer):
    sign_in(desktop, officer)
    desktop.goto(reverse("employee-create"))
    fill_in(desktop)
    search = desktop.get_by_role("searchbox")
    search.fill("SEKRET pendidikan")
    assert offered(desktop) == ["Pilih unit kerja", SECRETARIAT]
    assert desktop.get_by_text("1 cocok; pilih dari daftar.").is_visible()
    search.press("Enter")
    assert desktop.evaluate("document.activeElement.name") == "agency"
    desktop.locator("[name=agency]").select_option(label=SECRETARIAT)
    search.fill("tidak ada")
    assert offered(desktop) == ["Pilih unit kerja", SECRETARIAT]
    assert desktop.get_by_text("Tidak ada yang cocok.").is_visible()
    search.fill("")
    assert len(offered(desktop)) == 6
    desktop.get_by_role("button", name="Simpan").click()
    desktop.get_by_text("Ani Lestari ditambahkan.").wait_for()
    ani = Employee.objects.get()
    assert ani.agency.name == "Sekretariat"
    assert ani.agency.get_parent().name == "Dinas Pendidikan"


def test_the_agency_is_chosen_with_the_keyboard_alone(desktop, government, officer):
    sign_in(desktop, officer)
    desktop.goto(reverse("employee-create"))
    fill_in(desktop)
    group = desktop.get_by_role("group", name="Unit kerja")
    group.get_by_role("searchbox").focus()
    desktop.keyboard.type("sekret pend")
    assert group.get_by_role("listbox").is_visible()
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("Enter")
    assert group.get_by_role("combobox").is_visible()
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.name") == "position"
    desktop.keyboard.press("Enter")
    desktop.get_by_text("Ani Lestari ditambahkan.").wait_for()
    assert Employee.objects.get().agency.get_parent().name == "Dinas Pendidikan"


def test_without_scripts_the_agency_is_chosen_from_a_plain_list(open_page, officer):
    page = open_page(NO_SCRIPTS)
    sign_in(page, officer)
    page.goto(reverse("employee-create"))
    fill_in(page)
    assert page.get_by_role("searchbox").count() == 0
    page.locator("[name=agency]").select_option(label="Dinas Kesehatan")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Ani Lestari ditambahkan.").wait_for()
    assert Employee.objects.get().agency.name == "Dinas Kesehatan"


def test_the_page_brings_ceremonies_and_signatures_by_itself(desktop, government, officer):
    opd = Agency.objects.opds().first()
    employee = make.EmployeeFactory(agency=opd, name="Ani Lestari")
    ceremony = make.open_ceremony(opd, employees=0, title="Apel Ikrar Senin")
    make.sign(ceremony.participants.get())
    sign_in(desktop, officer)
    desktop.goto(reverse("employee-detail", args=[employee.uuid]))
    desktop.get_by_role("link", name="Apel Ikrar Senin", exact=True).click()
    desktop.wait_for_url("**/peserta/**")


def test_hr_is_asked_before_somebody_is_taken_out(desktop, government, officer):
    employee = make.EmployeeFactory(agency=Agency.objects.opds().first())
    sign_in(desktop, officer)
    desktop.goto(reverse("employee-detail", args=[employee.uuid]))
    desktop.get_by_role("button", name="Nonaktifkan").click()
    desktop.get_by_role("button", name="Kembali").click()
    assert Employee.objects.active().exists()
    desktop.get_by_role("button", name="Nonaktifkan").click()
    desktop.get_by_role("dialog").get_by_role("button", name="Nonaktifkan").click()
    desktop.get_by_role("button", name="Aktifkan kembali").wait_for()
    assert not Employee.objects.active().exists()


def test_no_page_is_too_wide(phone, government, officer):
    unit = make.UnitFactory(parent=make.OpdFactory(parent=government, name=LONG), name=LONG * 2)
    employee = make.EmployeeFactory(agency=unit, name=LONG, position=LONG * 2, email="a@b.example")
    faults = []
    sign_in(phone, officer)
    names = ("detail", "edit", "move", "participations")
    addresses = [reverse(f"employee-{name}", args=[employee.uuid]) for name in names]
    for address in [reverse("employee-list"), reverse("employee-create"), *addresses]:
        assert phone.goto(address).status == 200
        phone.wait_for_load_state("networkidle")
        for screen in (PHONE, DESKTOP):
            phone.set_viewport_size(screen["viewport"])
            width = phone.evaluate("document.documentElement.scrollWidth")
            faults += [f"{address}: {width}"] if width > screen["viewport"]["width"] else []
    assert faults == []
