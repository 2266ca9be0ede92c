"""HR imports a roster in the browser: upload, assign a column, preview, apply, mend, apply."""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from agencies.choices import RoleName
from agencies.models import Employee
from tests import factories
from tests.agencies.roster.files import csv_bytes, hierarchy_file, nip, pns
from tests.conftest import DESKTOP, PHONE

from .staff import sign_in

UNKNOWN = "NOMOR INDUK"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRONG_NUMBER = "1,97906E+17"


@pytest.fixture
def government(site):
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai", slug="kota-dumai")


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request, open_page, government):
    """A window in which HR has logged in."""
    page = open_page(request.param)
    sign_in(page, factories.user_with_role(RoleName.HR, government))
    return page


def roster():
    """Three people under a heading nobody knows, the number of the third spoilt by Excel."""
    rows = [pns(1), pns(2, UNOR_ID="D2", UNOR_NAMA="Dinas Perhubungan"), pns(3)]
    rows[2]["NIP BARU"] = WRONG_NUMBER
    renamed = [{UNKNOWN if key == "NIP BARU" else key: row[key] for key in row} for row in rows]
    return {"name": "siasn-pns.csv", "mimeType": "text/csv", "buffer": csv_bytes(renamed)}


def hierarchy():
    return {"name": "hierarki-unor.xlsx", "mimeType": XLSX, "buffer": hierarchy_file().data}


def fits(page):
    """Whether nothing sticks out of the window sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def upload(page, *files, units=None, extent):
    page.get_by_label("Berkas daftar pegawai").set_input_files(list(files))
    if units:
        page.get_by_label("Berkas hierarki unit").set_input_files(units)
    page.get_by_label(extent).check()
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()
    expect(page.get_by_text("Sedang dibaca", exact=True)).to_be_visible()
    assert fits(page)


def figure(page, label):
    """The number that stands above a label."""
    stat = page.locator(".stat", has=page.get_by_text(label, exact=True))
    return stat.locator(".stat-value")


def apply(page, run_tasks):
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_text("Sedang diterapkan", exact=True)).to_be_visible()
    run_tasks()
    expect(page.get_by_text("Impor ini sudah diterapkan")).to_be_visible()
    assert fits(page)


def mended(download):
    """The rejected rows, with the number put right."""
    book = load_workbook(io.BytesIO(download.path().read_bytes()))
    spoilt = [cell for row in book.active for cell in row if cell.value == WRONG_NUMBER]
    assert len(spoilt) == 1
    spoilt[0].value = nip(3)
    data = io.BytesIO()
    book.save(data)
    return {"name": "diperbaiki.xlsx", "mimeType": XLSX, "buffer": data.getvalue()}


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
    """The page asks by itself until the worker has read, and then what the column holds."""
    expect(page.get_by_text("Ada kolom yang belum dikenali")).to_be_visible()
    page.get_by_role("link", name="Tentukan kolom").click()
    assert fits(page)
    page.get_by_label(UNKNOWN, exact=True).select_option("NIP / NI PPPK *")
    page.get_by_role("button", name="Simpan dan baca berkas").click()
    expect(page.get_by_text("Sedang dibaca", exact=True)).to_be_visible()
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


def numbers():
    return sorted(Employee.objects.values_list("number", flat=True))


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
