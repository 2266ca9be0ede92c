"""What staff do in a browser: a ceremony from form to opening, and every page on a phone."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from pledges.models import Ceremony
from tests import factories as make
from tests.conftest import DESKTOP, PHONE

from .staff import sign_in

pytestmark = pytest.mark.page

LONG = "Pengendalian-Penduduk-dan-Keluarga-Berencana-Pemberdayaan-Perempuan"


@pytest.fixture
def government(site):
    """A government with two OPD: two people at Kesehatan, one at Pendidikan."""
    government = make.GovernmentFactory(name="Pemerintah Kota Contoh")
    for name, people in [("Dinas Kesehatan", ["Aminah", "Budi"]), ("Dinas Pendidikan", ["Citra"])]:
        opd = make.OpdFactory(parent=government, name=name)
        for person in people:
            make.EmployeeFactory(agency=opd, name=person, title_suffix="")
    make.ElectionFactory(government=government, name="Pemilu Serentak 2029", year=2029)
    make.published_text(government=government, title="Naskah Kota Contoh")
    return government


def work_as(page, role, agency):
    """Log a new user with this role in."""
    user = make.user_with_role(role, agency)
    sign_in(page, user)
    return user


def focused(page):
    """The name of what has the focus, or its words."""
    return page.evaluate("document.activeElement.name || document.activeElement.innerText.trim()")


def type_along(page, *words):
    """Type into one field after another, going on with the tab key."""
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Tab")


# A ceremony, from its form to its opening -------------------------------------------------------


def fill_in_what_where_and_when(page):
    page.get_by_label("Nama acara").focus()
    type_along(page, "Apel Kesehatan", "Apel gab", "Pemilu", "Pemerintah", "Naskah Kota")
    page.get_by_label("Tempat").fill("Halaman Kantor")
    page.get_by_label("Tanggal*", exact=True).fill("2028-11-27")
    page.get_by_label("Pukul*", exact=True).fill("07:30")
    page.get_by_label("Pemimpin acara").focus()
    type_along(page, "Indra Gunawan", "Sekretaris Daerah", "Khairil Adli", "Kepala Dinas")


def choose_health_alone(page):
    """By mouse and by arrow keys, so that each part of the form comes and goes."""
    agencies, positions = page.get_by_label("Dinas Kesehatan"), page.get_by_label("Nama jabatan")
    assert (agencies.is_visible(), positions.is_visible()) == (False, False)
    page.get_by_label("Pegawai instansi yang dipilih").check()
    assert (agencies.is_visible(), positions.is_visible()) == (True, False)
    agencies.check()
    page.get_by_label("Pegawai instansi yang dipilih").press("ArrowDown")
    assert (agencies.is_visible(), positions.is_visible()) == (False, True)
    positions.fill("Camat")
    page.get_by_label("Pejabat tertentu saja").press("ArrowUp")
    assert (agencies.is_visible(), positions.is_visible()) == (True, False)


def name_two_witnesses_and_think_better_of_a_third(page):
    page.locator("[name=saksi-0-name]").focus()
    type_along(page, "Agustri", "Ketua", "Bawaslu")
    for row, witness in [(1, "Darwis"), (2, "Salah Ketik")]:
        page.get_by_role("button", name="Tambah saksi").press("Enter")
        assert focused(page) == f"saksi-{row}-name"
        page.keyboard.type(witness)
    page.get_by_role("button", name="Hapus saksi").last.click()
    assert not page.locator("[name=saksi-2-name]").is_visible()


def test_hr_makes_a_ceremony_with_witnesses(desktop, government):
    work_as(desktop, RoleName.HR, government)
    desktop.goto(reverse("ceremony-create"))
    fill_in_what_where_and_when(desktop)
    choose_health_alone(desktop)
    name_two_witnesses_and_think_better_of_a_third(desktop)
    desktop.get_by_role("button", name="Simpan konsep").press("Enter")
    desktop.get_by_text("Konsep acara disimpan.").wait_for()
    ceremony = Ceremony.objects.get()
    assert (ceremony.title, ceremony.kind, ceremony.state) == (
        "Apel Kesehatan",
        "APEL_GABUNGAN",
        "DRAFT",
    )
    assert (ceremony.organizer, ceremony.election.name) == (government, "Pemilu Serentak 2029")
    assert (ceremony.text.title, ceremony.place) == ("Naskah Kota Contoh", "Halaman Kantor")
    assert ceremony.starts_at.isoformat() == "2028-11-27T00:30:00+00:00"
    assert [agency.name for agency in ceremony.agencies.all()] == ["Dinas Kesehatan"]
    assert (ceremony.official_echelons, ceremony.official_positions) == ([], [])
    officials = ceremony.officials.values_list("role", "name", "position", "institution")
    assert list(officials) == [
        ("LEADER", "Indra Gunawan", "Sekretaris Daerah", ""),
        ("READER", "Khairil Adli", "Kepala Dinas", ""),
        ("WITNESS", "Agustri", "Ketua", "Bawaslu"),
        ("WITNESS", "Darwis", "", ""),
    ]


def test_hr_freezes_what_is_shown_and_opens_a_ceremony_after_being_asked(desktop, government):
    ceremony = make.draft_ceremony(government)
    work_as(desktop, RoleName.HR, government)
    desktop.goto(reverse("ceremony-detail", args=[ceremony.uuid]))
    desktop.get_by_role("link", name="Bekukan daftar peserta").press("Enter")
    desktop.get_by_role("heading", name="Yang akan dibekukan").wait_for()
    assert Ceremony.objects.get().state == "DRAFT"
    desktop.get_by_role("button", name="Bekukan 3 peserta").press("Enter")
    desktop.get_by_text("Daftar peserta dibekukan.").wait_for()
    assert Ceremony.objects.get().state == "READY"
    names = ceremony.participants.values_list("name", "opd_name", "state")
    assert list(names) == [
        ("Aminah", "Dinas Kesehatan", "PENDING"),
        ("Budi", "Dinas Kesehatan", "PENDING"),
        ("Citra", "Dinas Pendidikan", "PENDING"),
    ]
    desktop.get_by_role("button", name="Buka penandatanganan").click()
    desktop.get_by_role("button", name="Buka", exact=True).click()
    desktop.get_by_text("Penandatanganan dibuka.").wait_for()
    assert Ceremony.objects.open().get() == ceremony


def test_the_way_in_stands_on_the_page_as_code_address_and_qr(desktop, government):
    ceremony = make.open_ceremony(government)
    work_as(desktop, RoleName.HR, government)
    desktop.goto(reverse("ceremony-detail", args=[ceremony.uuid]))
    entrance = reverse("ceremony-entrance", args=[ceremony.code])
    assert desktop.locator(".entrance-code .code").inner_text() == (
        f"{ceremony.code[:4]} {ceremony.code[4:]}"
    )
    assert desktop.locator(".entrance .code").last.inner_text().endswith(entrance)
    drawn = "image => image.complete && image.naturalWidth > 0"
    assert desktop.get_by_alt_text("Kode QR menuju halaman masuk acara").evaluate(drawn)


def test_a_form_that_was_refused_lists_what_is_wrong_and_leads_there(desktop, government):
    work_as(desktop, RoleName.HR, government)
    desktop.goto(reverse("ceremony-create"))
    desktop.locator("[name=saksi-0-institution]").fill("KPU")
    desktop.get_by_role("button", name="Simpan konsep").click()
    summary = desktop.get_by_role("alert")
    summary.wait_for()
    assert summary.get_by_role("link").all_inner_texts() == [
        "Nama acara",
        "Bentuk acara",
        "Naskah",
        "Tempat",
        "Tanggal",
        "Pukul",
        "Pemimpin acara",
        "Nama saksi (baris 1)",
    ]
    assert "Isian belum dapat disimpan" in focused(desktop)
    summary.get_by_role("link", name="Nama saksi").press("Enter")
    assert focused(desktop) == "saksi-0-name"
    assert desktop.locator("[name=saksi-0-institution]").input_value() == "KPU"
    assert Ceremony.objects.count() == 0


# Invitations ------------------------------------------------------------------------------------


def test_an_operator_issues_and_copies_a_personal_link(desktop, government):
    participant = make.participant_of(make.open_ceremony(government))
    work_as(desktop, RoleName.OPERATOR, participant.opd)
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desktop.goto(reverse("participant-detail", args=[participant.ceremony.uuid, participant.uuid]))
    desktop.get_by_role("button", name="Terbitkan tautan pribadi").click()
    desktop.get_by_role("button", name="Salin tautan").click()
    desktop.get_by_role("button", name="Tersalin").wait_for()
    link = desktop.evaluate("navigator.clipboard.readText()")
    assert desktop.locator(".copyable .code").inner_text() == link
    desktop.goto(link)
    assert participant.name in desktop.locator("main").inner_text()


# Every page -------------------------------------------------------------------------------------


@pytest.fixture
def crowded(government):
    """A ceremony in each state, with names that no line can break."""
    opd = make.OpdFactory(parent=government, name=f"Dinas {LONG}")
    make.EmployeeFactory(agency=opd, name=f"Siti {LONG}", position=LONG * 2)
    title = f"Apel {LONG}"
    states = ("DRAFT", "READY", "ARCHIVED", "CANCELLED", "OPEN", "OPEN")
    ceremonies = [make.ceremony_in(state, government, title=title) for state in states]
    for ceremony in ceremonies[-2:]:
        for participant in ceremony.participants.all()[:2]:
            make.sign(participant)
    make.ceremonies.close_signing(actor=None, ceremony=ceremonies[-2])
    return ceremonies


def addresses_of(government, ceremonies):
    """Every page of HR, with something on it."""
    election = government.elections.first()
    texts = [make.DraftTextFactory(government=government), government.pledge_texts.first()]
    yield from map(
        reverse,
        "home agency-list employee-list election-list election-create text-list text-create "
        "ceremony-list ceremony-create".split(),
    )
    yield from (reverse(f"election-{page}", args=[election.uuid]) for page in ("detail", "edit"))
    yield from (reverse("text-detail", args=[text.uuid]) for text in texts)
    yield reverse("text-edit", args=[texts[0].uuid])
    yield reverse("ceremony-edit", args=[ceremonies[0].uuid])
    for ceremony in ceremonies:
        for page in ("ceremony-detail", "participant-list", "slip-list", "download-list"):
            yield reverse(page, args=[ceremony.uuid])
    everybody = reverse("participant-list", args=[ceremonies[-1].uuid])
    yield from (f"{everybody}?state=SIGNED", f"{everybody}?q=tidak-ada")
    for participant in ceremonies[-1].participants.all():
        yield reverse("participant-detail", args=[ceremonies[-1].uuid, participant.uuid])


def faults_of(page, width):
    """The page's address and its width, if that is more than the screen's."""
    found = page.evaluate("document.documentElement.scrollWidth")
    return [f"{page.url}: {found} px"] if found > width else []


def test_no_page_of_hr_is_too_wide_or_has_an_error_in_its_console(phone, government, crowded):
    faults = []
    phone.on("console", lambda note: note.type == "error" and faults.append(note.text))
    work_as(phone, RoleName.HR, government)
    for address in addresses_of(government, crowded):
        assert phone.goto(address).status == 200, address
        for screen in (PHONE, DESKTOP):
            phone.set_viewport_size(screen["viewport"])
            faults += faults_of(phone, screen["viewport"]["width"])
    assert faults == []


@pytest.mark.parametrize("role", [RoleName.OPERATOR, RoleName.HEAD, RoleName.AUDITOR])
def test_no_page_of_the_others_is_too_wide_on_a_phone(open_page, government, crowded, role):
    page, faults = open_page(PHONE), []
    opd = crowded[-1].participants.first().opd
    work_as(page, role, government if role == RoleName.AUDITOR else opd)
    for address in (reverse("home"), reverse("ceremony-list")):
        page.goto(address)
        faults += faults_of(page, 390)
    for ceremony in crowded:
        page.goto(reverse("ceremony-detail", args=[ceremony.uuid]))
        faults += faults_of(page, 390)
    assert faults == []


@pytest.mark.parametrize("name", ["election-create", "text-create", "ceremony-create"])
def test_a_refused_form_is_not_too_wide_on_a_phone(phone, government, name):
    work_as(phone, RoleName.HR, government)
    phone.goto(reverse(name))
    phone.locator("main form button[type=submit]").last.click()
    phone.get_by_role("alert").wait_for()
    assert faults_of(phone, 390) == []
