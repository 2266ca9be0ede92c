"""/impor/baru/: files that are refused, each with a sentence where HR looks for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.choices import ImportState
from agencies.models import RosterFile, RosterImport
from agencies.roster.sources import MAX_FILES
from tests.agencies.roster.files import pns
from tests.agencies.roster.hostile import CASES
from tests.pledges.views.pages import beside, text_of

from .pages import CREATE, address, file_of

EMPTY = SimpleUploadedFile("kosong.csv", b"")


def refused(client, **data):
    """The page that refuses an upload; nothing was kept of it."""
    before = RosterImport.objects.count()
    response = client.post(CREATE, {"extent": "lengkap", **data})
    assert response.status_code == 400
    assert RosterImport.objects.count() == before
    assert not RosterFile.objects.exclude(content="").exists()
    return response


@pytest.mark.parametrize("field", ["files", "units"])
def test_an_empty_file_is_told_of_beside_its_field(client, hr, field):
    data = {"files": [file_of(pns(1))]} | {field: EMPTY}
    assert "kosong" in beside(refused(client, **data), field)


def test_too_many_files_are_told_of_beside_the_field(client, hr):
    files = [file_of(pns(n), name=f"{n}.csv") for n in range(1, MAX_FILES + 2)]
    told = beside(refused(client, files=files), "files")
    assert told == "Paling banyak 10 berkas dalam satu impor."


def test_no_file_at_all_is_told_of_beside_the_field(client, hr):
    assert beside(refused(client), "files") == "Bidang ini tidak boleh kosong."


def test_the_same_file_as_roster_and_hierarchy_is_told_of_beside_the_field(client, hr):
    response = refused(client, files=[file_of(pns(1))], units=file_of(pns(1), name="unor.csv"))
    assert beside(response, "files") == "Berkas unor.csv sama isinya dengan pns.csv."


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("foto.xlsx", lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x81\x8d", "bukan CSV maupun XLSX"),
        ("halaman.csv", lambda: b"<html><table></table></html>", "adalah halaman web"),
        ("kosong.csv", lambda: b" \r\n ", "Berkas kosong.csv kosong."),
        ("surat.csv", lambda: b"Yth. Kepala BKPSDM\r\n", "tidak ada tabel di dalamnya"),
        ("lama.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel lama (.xls)"),
        ("bom.xlsx", CASES["260 MB in one kilobyte a megabyte"], "terlalu besar bila dibuka"),
    ],
)
def test_what_turns_out_to_be_no_roster_is_refused_on_its_page(
    client, hr, upload, name, make, sentence
):
    found = upload(SimpleUploadedFile(name, make()))
    assert found.state == ImportState.REFUSED
    text = text_of(client.get(address("import-detail", found)))
    assert "Berkas ini tidak dapat diimpor" in text
    assert name in found.refusal
    assert sentence in text
    assert "Terapkan" not in text
