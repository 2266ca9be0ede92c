"""The ceremony form as HR uses it: rows of witnesses, choices that appear, a question first."""

import pytest
from playwright.sync_api import expect

from agencies.choices import RoleName
from pledges.models import Ceremony, PledgeText
from tests import factories

from .staff import sign_in

pytestmark = pytest.mark.page


@pytest.fixture
def hr(site):
    """HR of a government with one employee, an election and a text of its own."""
    opd = factories.OpdFactory(name="Dinas Kominfo")
    factories.EmployeeFactory(agency=opd)
    government = factories.government_of(opd)
    factories.ElectionFactory(government=government, name="Pemilu Tahun 2029")
    factories.published_text(government=government, title="Naskah Dumai")
    return factories.user_with_role(RoleName.HR, government)


def fill_in(page):
    page.goto("/acara/baru/")
    page.get_by_label("Nama acara").fill("Apel Ikrar Netralitas")
    page.locator("[name=kind]").select_option("APEL")
    page.locator("[name=organizer]").select_option(label="Dinas Kominfo")
    page.locator("[name=election]").select_option(label="Pemilu Tahun 2029")
    page.locator("[name=text]").select_option(str(PledgeText.objects.get(title="Naskah Dumai").pk))
    page.locator("[name=place]").fill("Halaman Kantor")
    page.locator("[name=day]").fill("2029-01-11")
    page.locator("[name=clock]").fill("08:00")
    page.locator("[name=leader_name]").fill("Indra Gunawan")
    page.locator("[name=scope][value=SUBTREE]").check()


def witness_rows(page):
    return page.locator("[data-formset-row]:visible")


def name_of(row):
    return row.locator("[name$='-name']")


def save(page):
    page.get_by_role("button", name="Simpan konsep").click()
    expect(page.get_by_text("Konsep acara disimpan.")).to_be_visible()


def witnesses():
    return list(
        Ceremony.objects.get().officials.filter(role="WITNESS").values_list("name", flat=True)
    )


def test_witnesses_are_added_and_taken_away_on_a_phone(phone, hr):
    sign_in(phone, hr)
    fill_in(phone)
    name_of(witness_rows(phone).first).fill("Agustri")
    for name in ("Budi", "Citra"):
        phone.get_by_role("button", name="Tambah saksi").click()
        name_of(witness_rows(phone).last).fill(name)
    witness_rows(phone).nth(1).get_by_role("button", name="Hapus saksi").click()
    expect(witness_rows(phone)).to_have_count(2)
    save(phone)
    assert witnesses() == ["Agustri", "Citra"]
    phone.get_by_role("link", name="Ubah").click()
    witness_rows(phone).first.get_by_role("button", name="Hapus saksi").click()
    save(phone)
    assert witnesses() == ["Citra"]


def test_freezing_shows_the_roster_first_and_can_be_declined(desktop, hr):
    sign_in(desktop, hr)
    fill_in(desktop)
    save(desktop)
    freeze = desktop.get_by_role("link", name="Bekukan daftar peserta")
    freeze.click()
    desktop.get_by_role("link", name="Kembali ke acara").click()
    assert Ceremony.objects.get().state == "DRAFT"
    freeze.click()
    desktop.get_by_role("button", name="Bekukan 1 peserta").click()
    expect(desktop.get_by_text("Daftar peserta dibekukan.")).to_be_visible()
    assert Ceremony.objects.get().participants.count() == 1


def test_waves_come_with_a_choice_and_a_wave_is_opened_after_a_question(desktop, hr):
    sign_in(desktop, hr)
    fill_in(desktop)
    name = desktop.get_by_label("Nama gelombang").first
    expect(name).to_be_hidden()
    desktop.get_by_label("Bergelombang").check()
    name.fill("Pimpinan")
    desktop.get_by_label("Pemegang jabatan").first.fill("Kepala Dinas")
    desktop.get_by_role("button", name="Tambah gelombang").click()
    desktop.locator("[name=gelombang-1-name]").fill("Pengawas")
    desktop.locator("[name=gelombang-1-echelons][value=III]").check()
    save(desktop)
    ceremony = Ceremony.objects.get()
    assert list(ceremony.waves.values_list("name", flat=True)) == [
        "Pimpinan",
        "Pengawas",
        "Peserta lainnya",
    ]
    for act in (factories.ceremonies.freeze, factories.ceremonies.open_signing):
        act(actor=hr, ceremony=ceremony)
    desktop.reload()
    desktop.get_by_role("button", name="Buka gelombang").last.click()
    dialog = desktop.get_by_role("dialog")
    expect(dialog).to_contain_text("Buka gelombang “Peserta lainnya”?")
    dialog.get_by_role("button", name="Buka").click()
    expect(desktop.get_by_text("Gelombang dibuka.")).to_be_visible()
    assert ceremony.waves.get(order=3).opened_at is not None
