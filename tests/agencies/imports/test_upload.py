"""/impor/baru/, and the page while the worker reads"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.choices import ImportState, RoleName
from agencies.models import Role, RosterImport
from agencies.roster.sources import MAX_TOTAL_BYTES
from tests import factories
from tests.agencies.roster.files import pns
from tests.pledges.views.pages import beside, text_of

from .pages import CREATE, LIST, address, file_of, rows_of


def test_whether_the_files_hold_everybody_has_to_be_said(client, hr):
    page = client.get(CREATE)
    assert 'type="radio"' in page.content.decode()
    assert " checked" not in page.content.decode()
    response = client.post(CREATE, {"files": [file_of(pns(1))]})
    assert response.status_code == 400
    assert "Apa yang dimuat berkas-berkas ini? : Bidang ini tidak boleh kosong." in text_of(
        response
    )
    assert RosterImport.objects.count() == 1


def test_mended_rows_are_a_part_unless_somebody_says_otherwise(client, hr):
    form = client.get(CREATE, {"sebagian": "1"}).context["form"]
    assert form["extent"].value() == "sebagian"
    assert client.get(CREATE, {"sebagian": "x"}).context["form"]["extent"].value() is None


@pytest.mark.parametrize("field", ["files", "units"])
def test_a_file_of_another_kind_is_refused_by_name(client, hr, field):
    wrong = SimpleUploadedFile("foto.pdf", b"%PDF")
    data = {"files": [file_of(pns(1))], "extent": "lengkap"} | {field: wrong}
    response = client.post(CREATE, data)
    assert response.status_code == 400
    assert "Berkas foto.pdf bukan CSV atau XLSX." in text_of(response)


def test_a_file_given_twice_is_refused_beside_the_field(client, hr):
    twice = [file_of(pns(1)), file_of(pns(1), name="lagi.csv")]
    response = client.post(CREATE, {"files": twice, "extent": "lengkap"})
    assert response.status_code == 400
    assert "Berkas lagi.csv sama isinya dengan pns.csv." in beside(response, "files")


def test_a_form_larger_than_all_files_may_be_is_refused_unread(client, hr):
    announced = {
        "CONTENT_LENGTH": str(2 * MAX_TOTAL_BYTES),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }
    response = client.generic("POST", CREATE, **announced)
    assert response.status_code == 400
    assert "terlalu besar: 200 MB" in text_of(response)


def test_hr_of_two_governments_says_whose_employees_they_are(client, hr, upload, regency):
    Role.objects.create(user=hr, agency=regency.government, role=RoleName.HR)
    response = client.post(CREATE, {"files": [file_of(pns(1))], "extent": "lengkap"})
    assert "Pemerintah daerah : Bidang ini tidak boleh kosong." in text_of(response)
    chosen = regency.government.uuid
    assert upload(file_of(pns(1)), government=chosen).government == regency.government
    assert "Pemerintah Kabupaten Murung Raya" in text_of(client.get(LIST))


def test_no_government_of_somebody_else_can_be_chosen(client, hr, regency):
    factories.user_with_role(RoleName.HR, regency.government)
    Role.objects.create(user=hr, agency=factories.GovernmentFactory(), role=RoleName.HR)
    data = {"files": [file_of(pns(1))], "extent": "lengkap", "government": regency.government.uuid}
    assert client.post(CREATE, data).status_code == 400
    assert not regency.government.roster_imports.exists()


def test_while_it_is_read_the_page_asks_by_itself_how_far_it_is(client, hr, upload):
    found = upload(file_of(pns(1)), read=False)
    page = client.get(address("import-detail", found)).content.decode()
    assert f'hx-get="{address("import-progress", found)}"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "Menunggu giliran" in page
    assert "Menunggu giliran" in rows_of(client.get(LIST))[0][-1]
    RosterImport.objects.update(stage="Membaca pns.csv", done=25, total=100)
    piece = client.get(address("import-progress", found))
    assert "Sedang dibaca Membaca pns.csv 25 dari 100 (25%)" in text_of(piece)
    assert "<html" not in piece.content.decode()


def test_when_it_was_read_the_page_is_loaded_anew(client, hr, with_leaver):
    assert client.get(address("import-progress", with_leaver)).headers["HX-Refresh"] == "true"
    assert "hx-get" not in client.get(address("import-detail", with_leaver)).content.decode()


def test_what_cannot_be_imported_says_why_and_can_be_read_again(client, hr, upload, run_tasks):
    found = upload(SimpleUploadedFile("rusak.xlsx", b"PK\x03\x04bukan"))
    response = client.get(address("import-detail", found))
    assert "Berkas rusak.xlsx bukan XLSX yang utuh." in text_of(response)
    client.post(address("import-read-again", found))
    found.refresh_from_db()
    assert found.state == ImportState.READING
    run_tasks()
    found.refresh_from_db()
    assert found.state == ImportState.REFUSED
