"""HR imports a roster in the browser: upload, assign a column, preview, apply, mend, apply."""

import re

import pytest
from playwright.sync_api import expect

from agencies.choices import RoleName
from agencies.models import Employee
from tests import factories
from tests.agencies.roster.files import nip
from tests.conftest import DESKTOP, PHONE

from .import_files import UNKNOWN, hierarchy, mended, roster
from .staff import sign_in


@pytest.fixture
def government(site):
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai", slug="kota-dumai")


@pytest.fixture
def page(request, open_page, government):
    """A window in which HR has logged in: a phone's, unless a test asks for another."""
    page = open_page(getattr(request, "param", PHONE))
    sign_in(page, factories.user_with_role(RoleName.HR, government))
    return page


def fits(page):
    """Whether nothing sticks out of the window sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def upload(page, *files, units=None, extent):
    page.get_by_label("Berkas daftar pegawai").set_input_files(list(files))
    if units:
        page.get_by_label("Berkas hierarki unit").set_input_files(units)
    page.get_by_label(extent).check()
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()
    expect(page.get_by_text("Menunggu giliran", exact=True)).to_be_visible()
    assert fits(page)


def figure(page, label):
    """The number that stands above a label."""
    stat = page.locator(".stat", has=page.get_by_text(label, exact=True))
    return stat.locator(".stat-value")


def apply(page, run_tasks):
    """Say yes, and yes again in the dialog, which repeats what will be written."""
    page.get_by_role("button", name="Terapkan").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile(r"^\d pegawai baru$"))).to_be_visible()
    assert fits(page)
    dialog.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_text("Menunggu giliran", exact=True)).to_be_visible()
    run_tasks()
    expect(page.get_by_text("Impor ini sudah diterapkan")).to_be_visible()
    assert fits(page)


def test_a_roster_is_imported_mended_and_found_unchanged(page, run_tasks):
    page.get_by_role("link", name="Masukkan data pegawai").click()
    upload(page, roster(), units=hierarchy(), extent="Berkas memuat seluruh pegawai")
    run_tasks()
    assign_the_unknown_column(page, run_tasks)
    look_at_the_preview(page)

    with page.expect_download() as rejects:
        page.get_by_role("link", name="Unduh baris yang ditolak").click()
    apply(page, run_tasks)
    assert numbers() == [nip(1), nip(2)]

    page.get_by_role("link", name="Unggah baris yang sudah diperbaiki").click()
    expect(page.get_by_label("Hanya sebagian")).to_be_checked()
    upload(page, mended(rejects.value), extent="Hanya sebagian")
    run_tasks()
    expect(figure(page, "Baru")).to_have_text("1")
    apply(page, run_tasks)
    assert numbers() == [nip(1), nip(2), nip(3)]

    upload_the_same_again(page, run_tasks)


def assign_the_unknown_column(page, run_tasks):
    """The page asks by itself until the worker has read, and then which column it is."""
    expect(page.get_by_text("Ada kolom yang belum dikenali")).to_be_visible()
    page.get_by_role("link", name="Tentukan kolom").click()
    assert fits(page)
    asked = page.get_by_label("NIP / NI PPPK", exact=True)
    expect(asked.locator("option:checked")).to_contain_text(f"{UNKNOWN} ({nip(1)}, ")
    expect(page.get_by_label("NAMA", exact=True)).to_be_hidden()
    asked.select_option("Pilih kolom…")
    page.get_by_role("button", name="Simpan dan baca berkas").click()
    page.get_by_role("alert").get_by_role("link", name="NIP / NI PPPK").click()
    expect(asked).to_be_focused()
    assert fits(page)
    asked.select_option(asked.locator("option", has_text=UNKNOWN).text_content())
    page.get_by_role("button", name="Simpan dan baca berkas").click()
    expect(page.get_by_text("Menunggu giliran", exact=True)).to_be_visible()
    run_tasks()


def look_at_the_preview(page):
    expect(page.get_by_text("Menunggu persetujuan")).to_be_visible()
    assert fits(page)
    assert Employee.objects.count() == 0
    expect(figure(page, "Baru")).to_have_text("2")
    expect(figure(page, "Ditolak")).to_have_text("1")
    page.get_by_role("link", name="Ditolak", exact=True).click()
    expect(page.get_by_role("cell", name=re.compile("baris 4"))).to_be_visible()
    assert fits(page)


def upload_the_same_again(page, run_tasks):
    """Only the spoilt row is told of again; its person, known by now, is not taken as gone."""
    page.goto("/impor/baru/")
    upload(page, roster(), extent="Berkas memuat seluruh pegawai")
    run_tasks()
    expect(figure(page, "Tetap")).to_have_text("2")
    expect(figure(page, "Baru")).to_have_text("0")
    expect(page.get_by_text("Tidak ada yang perlu diterapkan")).to_be_visible()
    expect(page.get_by_role("button", name="Terapkan")).to_have_count(0)
    page.get_by_role("button", name="Selesai").click()
    expect(page.get_by_text("Menunggu giliran", exact=True)).to_be_visible()
    run_tasks()
    expect(page.get_by_text("Tidak ada data yang berubah.")).to_be_visible()
    assert fits(page)


def numbers():
    return sorted(Employee.objects.values_list("number", flat=True))


@pytest.mark.parametrize("page", [DESKTOP], ids=["desktop"], indirect=True)
def test_what_becomes_of_those_who_left_is_asked_and_then_repeated(page, government, run_tasks):
    factories.EmployeeFactory(agency=government, name="Budi Santoso")
    page.goto("/impor/baru/")
    upload(page, roster(), units=hierarchy(), extent="Berkas memuat seluruh pegawai")
    run_tasks()
    page.get_by_role("link", name="Tentukan kolom").click()
    page.get_by_role("button", name="Simpan dan baca berkas").click()
    run_tasks()
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_label("Biarkan aktif").check()
    page.get_by_label("Nonaktifkan 1 pegawai").check()
    page.get_by_role("button", name="Terapkan").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("1 pegawai dinonaktifkan")).to_be_visible()
    expect(dialog.get_by_text("tidak ada pegawai yang dinonaktifkan")).to_be_hidden()
    dialog.get_by_role("button", name="Kembali").click()
    expect(page.get_by_role("button", name="Terapkan")).to_be_focused()
    assert fits(page)


def test_files_that_would_be_refused_are_told_of_before_they_are_sent(page):
    page.goto("/impor/baru/")
    picker = page.get_by_label("Berkas daftar pegawai")
    picker.set_input_files({"name": "foto.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    expect(page.get_by_text("foto.pdf (4 B): Bukan CSV atau XLSX.")).to_be_visible()
    page.get_by_label("Hanya sebagian").check()
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Impor daftar pegawai")
    assert page.url.endswith("/impor/baru/")
    picker.set_input_files(roster())
    expect(page.get_by_text("Bukan CSV atau XLSX.")).to_have_count(0)


def test_files_that_the_server_refuses_are_told_of_beside_their_field(page):
    page.goto("/impor/baru/")
    twice = [roster(), roster() | {"name": "lagi.csv"}]
    page.get_by_label("Berkas daftar pegawai").set_input_files(twice)
    page.get_by_label("Hanya sebagian").check()
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()
    beside = page.locator("#id_files_error")
    expect(beside).to_have_text("Berkas lagi.csv sama isinya dengan siasn-pns.csv.")
    expect(beside).to_be_visible()
    assert fits(page)
    page.get_by_label("Berkas daftar pegawai").set_input_files(roster())
    expect(beside).to_be_hidden()
