"""The pages of the roster import: /impor/ and everything below it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from agencies.choices import ImportState, RoleName
from agencies.models import Employee, Event, Role, RosterImport
from agencies.roster.sources import MAX_TOTAL_BYTES
from tests import factories
from tests.pledges.views.pages import beside, text_of

from .roster.files import applied, csv_bytes, csv_file, hierarchy_file, nip, non_asn, pns

LIST = reverse("import-list")
CREATE = reverse("import-create")
FILES_UNKNOWN = {"NIP BARU": "NOMOR INDUK"}


def file_of(*rows, name="pns.csv", renamed=None):
    """A CSV of rows, some of its headings renamed."""
    renamed = renamed or {}
    rows = [{renamed.get(key, key): row[key] for key in row} for row in rows]
    return SimpleUploadedFile(name, csv_bytes(rows))


def address(name, roster_import, **more):
    return reverse(name, kwargs={"uuid": roster_import.uuid, **more})


@pytest.fixture
def dumai(city):
    """Kota Dumai with the units of the test rosters and two people in them."""
    city.government.slug = "kota-dumai"
    city.government.save()
    applied(csv_file(pns(1), pns(2)), units=True)
    return city


@pytest.fixture
def hr(client, dumai):
    """HR of Kota Dumai, logged in."""
    client.force_login(dumai.hr)
    return dumai.hr


@pytest.fixture
def upload(client, run_tasks):
    """A function: upload files as HR does, and let the worker read them; the import."""

    def send(*files, extent="lengkap", read=True, **more):
        response = client.post(CREATE, {"files": list(files), "extent": extent, **more})
        assert response.status_code == 302, text_of(response)
        if read:
            run_tasks()
        found = RosterImport.objects.first()
        assert response.url == address("import-detail", found)
        return found

    return send


@pytest.fixture
def changes(upload):
    """An import of a complete file: one new, one changed, one moved, one rejected; nobody left."""
    moved = pns(1, UNOR_ID="D2", UNOR_NAMA="Dinas Perhubungan")
    changed = pns(2, JABATAN_NAMA="PERAWAT AHLI MADYA", NOMOR_HP="081200000000")
    return upload(file_of(moved, changed, pns(3), pns(4, NIP_BARU="1,97906E+17")))


@pytest.fixture
def with_leaver(upload):
    """An import of a complete file in which the second of two people is missing."""
    return upload(file_of(pns(1)))


def rows_of(response):
    """[[text of each cell]] of the table of a page."""
    table = response.context["table"]
    return [[str(cell) for cell in row.cells] for row in table.paginated_rows]


def figures_of(response):
    return {figure.label: figure.count for figure in response.context["figures"]}


def sheet_of(response):
    """[[cells]] of a downloaded workbook, its heading row first."""
    return [
        list(row)
        for row in load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True)
    ]


# The list -----------------------------------------------------------------------------------------


def test_before_the_first_import_hr_is_shown_the_way(client, city):
    client.force_login(city.hr)
    response = client.get(LIST)
    assert "Belum ada impor" in text_of(response)
    assert response.content.decode().count(f'href="{CREATE}"') == 2


def test_the_list_tells_when_by_whom_what_and_where_it_stands(client, hr, upload):
    units = SimpleUploadedFile("unor.xlsx", hierarchy_file().data)
    found = upload(file_of(pns(1), pns(3)), file_of(non_asn(), name="non.csv"), units=units)
    when, by, files, counts, state = rows_of(client.get(LIST))[0]
    assert address("import-detail", found) in when
    assert by == str(hr)
    assert files == "pns.csv, non.csv, unor.xlsx"
    assert counts == "2 baru, 1 keluar, 1 tetap"
    assert "Menunggu persetujuan" in state


def test_an_import_by_the_command_line_says_so(client, hr):
    assert [row[1] for row in rows_of(client.get(LIST))] == ["Baris perintah"]


def test_an_auditor_sees_the_imports_but_no_way_to_add_one(client, dumai):
    client.force_login(dumai.auditor)
    response = client.get(LIST)
    assert len(rows_of(response)) == 1
    assert CREATE not in response.content.decode()


def test_another_governments_imports_are_not_seen(client, dumai, regency):
    client.force_login(regency.hr)
    assert "Belum ada impor" in text_of(client.get(LIST))
    found = RosterImport.objects.get()
    assert client.get(address("import-detail", found)).status_code == 404


# The upload ---------------------------------------------------------------------------------------


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


# While the worker reads ---------------------------------------------------------------------------


def test_while_it_is_read_the_page_asks_by_itself_how_far_it_is(client, hr, upload):
    found = upload(file_of(pns(1)), read=False)
    page = client.get(address("import-detail", found)).content.decode()
    assert f'hx-get="{address("import-progress", found)}"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "Menunggu giliran" in page
    RosterImport.objects.update(stage="Membaca pns.csv", done=25, total=100)
    piece = client.get(address("import-progress", found))
    assert "Membaca pns.csv 25 dari 100 (25%)" in text_of(piece)
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


# Columns ------------------------------------------------------------------------------------------


@pytest.fixture
def unknown(hr, upload):
    """An import that waits for somebody to say which column holds the NIP."""
    return upload(file_of(pns(1), pns(3), renamed=FILES_UNKNOWN))


def columns_page(roster_import):
    file = roster_import.files.get()
    return address("import-columns", roster_import, file_uuid=file.uuid)


def chosen_on(client, page, **fields):
    """What the form of a page would send, with `fields` (by heading) chosen otherwise."""
    form = client.get(page).context["form"]
    fields = {name.replace("_", " "): value for name, value in fields.items()}
    return {
        name: fields.get(field.label, form[name].value()) for name, field in form.fields.items()
    }


def test_the_page_names_what_is_missing_and_leads_to_the_columns(client, unknown):
    response = client.get(address("import-detail", unknown))
    assert "pns.csv Daftar pegawai · belum ditemukan: NIP / NI PPPK atau NIK" in text_of(response)
    assert columns_page(unknown) in response.content.decode()


def test_what_is_recognised_is_chosen_already(client, unknown):
    response = client.get(columns_page(unknown))
    unrecognised = [field.label for field in response.context["unknown"]]
    assert unrecognised == ["NOMOR INDUK", "AGAMA NAMA", "NIK"]
    chosen = {field.label: field.value() for field in response.context["known"]}
    assert chosen["NAMA"] == "name"
    assert chosen["GOL AKHIR NAMA"] == "grade"


def test_a_column_is_assigned_and_remembered_for_the_next_file(
    client, hr, unknown, upload, run_tasks
):
    page = columns_page(unknown)
    response = client.post(page, chosen_on(client, page, NOMOR_INDUK="number"))
    assert response.url == address("import-detail", unknown)
    run_tasks()
    unknown.refresh_from_db()
    assert unknown.state == ImportState.READY
    assert unknown.counts["new"] == 1
    again = upload(file_of(pns(1), pns(5), renamed=FILES_UNKNOWN))
    assert again.state == ImportState.READY


def test_two_columns_cannot_hold_the_same(client, unknown):
    page = columns_page(unknown)
    data = chosen_on(client, page, NOMOR_INDUK="number", AGAMA_NAMA="number")
    response = client.post(page, data)
    assert response.status_code == 400
    assert "Sudah dipilih untuk kolom NOMOR INDUK." in text_of(response)


def test_what_a_file_cannot_do_without_is_asked_for(client, unknown):
    page = columns_page(unknown)
    response = client.post(page, chosen_on(client, page))
    assert response.status_code == 400
    assert "Belum ada kolom untuk: NIP / NI PPPK atau NIK (bagi Non-ASN)." in text_of(response)


def test_the_columns_of_an_applied_import_cannot_be_assigned_any_more(client, hr, unknown):
    page = columns_page(unknown)
    data = chosen_on(client, page, NOMOR_INDUK="number")
    client.post(address("import-discard", unknown))
    assert client.post(page, data).status_code in {400, 404}


# The preview --------------------------------------------------------------------------------------


def test_figures_count_the_groups_and_filter_them(client, hr, changes):
    response = client.get(address("import-detail", changes))
    assert figures_of(response) == {
        "Baru": 1,
        "Berubah": 1,
        "Pindah unit": 1,
        "Keluar": 0,
        "Tetap": 0,
        "Ditolak": 1,
        "Peringatan": 0,
    }
    assert 'href="?group=REJECTED#baris"' in response.content.decode()
    assert len(rows_of(response)) == 4
    rejected = client.get(address("import-detail", changes), {"group": "REJECTED"})
    assert 'href="?#baris" aria-current="true"' in rejected.content.decode()
    assert len(rows_of(rejected)) == 1


def test_a_change_is_told_field_by_field_old_and_new(client, hr, changes):
    response = client.get(address("import-detail", changes), {"group": "CHANGED"})
    text = text_of(response)
    assert "Jabatan PERAWAT AHLI MUDA" in text
    assert "<del>PERAWAT AHLI MUDA</del>" in response.content.decode()
    assert "<ins>PERAWAT AHLI MADYA</ins>" in response.content.decode()
    assert "081200000000" in text


def test_a_move_is_told_with_origin_and_destination(client, hr, changes):
    row = rows_of(client.get(address("import-detail", changes), {"group": "MOVED"}))[0]
    assert row[1].index("Dinas Kesehatan") < row[1].index("Dinas Perhubungan")


def test_a_rejected_row_is_told_with_file_row_column_and_reason(client, hr, changes):
    row = rows_of(client.get(address("import-detail", changes), {"group": "REJECTED"}))[0]
    assert "dibulatkan oleh Excel" in row[1]
    assert "pns.csv" in row[2]
    assert "baris 5, NIP BARU" in row[2]


@pytest.mark.parametrize(
    ("words", "found"),
    [("rahmawati 3", 1), ("19790606 200104 2 002", 1), ("perhubungan", 1), ("excel", 1), ("x%", 0)],
)
def test_lines_are_searched_by_name_number_unit_and_reason(client, hr, changes, words, found):
    response = client.get(address("import-detail", changes), {"q": words})
    assert len(rows_of(response)) == found


def test_lines_are_sorted(client, hr, changes):
    response = client.get(address("import-detail", changes), {"sort": "-name"})
    assert "RAHMAWATI 4" in rows_of(response)[0][0]


@pytest.mark.parametrize("query", ["group=bogus", "page=x", "sort=-bogus", "q=%00", "per_page=0"])
def test_nonsense_in_the_query_is_answered_with_a_page(client, hr, changes, query):
    assert client.get(f"{address('import-detail', changes)}?{query}").status_code == 200


def test_an_auditor_sees_that_contact_data_changes_not_how(client, dumai, changes):
    client.force_login(dumai.auditor)
    response = client.get(address("import-detail", changes))
    assert "Nomor ponsel (tidak ditampilkan)" in text_of(response)
    assert "081200000000" not in response.content.decode()
    for words in ("Terapkan", "Buang", "Baca ulang", "Unduh baris yang ditolak"):
        assert words not in text_of(response)


def test_the_same_files_again_change_nothing(client, hr, upload):
    again = upload(file_of(pns(1), pns(2)))
    response = client.get(address("import-detail", again))
    assert figures_of(response)["Tetap"] == 2
    assert "Tidak ada yang berubah" in text_of(response)
    assert "Yang akan ditulis: tidak ada" in text_of(response)


# Yes and no ---------------------------------------------------------------------------------------


def approved(client, roster_import, run_tasks, **data):
    response = client.post(address("import-approve", roster_import), data)
    assert response.status_code == 302, text_of(response)
    run_tasks()
    roster_import.refresh_from_db()
    return client.get(response.url)


def test_hr_is_told_what_will_be_written_and_it_is(client, hr, changes, run_tasks):
    page = text_of(client.get(address("import-detail", changes)))
    told = "1 pegawai baru, 1 pegawai dengan data berubah, 1 pegawai pindah unit."
    assert f"Yang akan ditulis: {told}" in page
    response = approved(client, changes, run_tasks)
    assert changes.state == ImportState.APPLIED
    assert changes.applied_by == hr
    assert f"Impor ini sudah diterapkan {told}" in text_of(response)
    assert Employee.objects.get(number=nip(1)).agency.name == "Dinas Perhubungan"
    assert not Employee.objects.filter(name__endswith="4").exists()


def test_those_who_left_stay_active_until_somebody_decides(client, hr, with_leaver, run_tasks):
    response = client.post(address("import-approve", with_leaver), {})
    assert response.status_code == 400
    assert "Bidang ini tidak boleh kosong." in text_of(response)
    with_leaver.refresh_from_db()
    assert with_leaver.state == ImportState.READY


@pytest.mark.parametrize(("choice", "active"), [("nonaktifkan", False), ("biarkan", True)])
def test_those_who_left_become_what_hr_decides(client, hr, with_leaver, run_tasks, choice, active):
    response = approved(client, with_leaver, run_tasks, leavers=choice)
    assert Employee.objects.get(number=nip(2)).active is active
    assert ("1 pegawai dinonaktifkan." in text_of(response)) is not active


def test_an_approval_sent_twice_is_refused_the_second_time(client, hr, changes, run_tasks):
    approved(client, changes, run_tasks)
    response = client.post(address("import-approve", changes), {})
    assert response.status_code == 400
    assert "Impor ini berstatus “Sudah diterapkan”" in text_of(response)


def test_a_preview_overtaken_by_other_changes_is_shown_anew(client, hr, changes, run_tasks):
    Employee.objects.filter(number=nip(2)).update(position="KEPALA DINAS")
    response = approved(client, changes, run_tasks)
    assert changes.state == ImportState.READY
    assert "Data yang tersimpan berubah sejak pratinjau dibuat" in text_of(response)
    assert "KEPALA DINAS" in text_of(response)


def test_months_later_the_applied_lines_can_still_be_looked_at(client, hr, changes, run_tasks):
    response = approved(client, changes, run_tasks)
    text = text_of(response)
    assert figures_of(response)["Berubah"] == 1
    assert changes.files.get().sha256 in text
    for words in ("Terapkan", "Buang", "Baca ulang"):
        assert f">{words}<" not in response.content.decode()
    person = Employee.objects.get(number=nip(3))
    assert reverse("employee-detail", args=[person.uuid]) in response.content.decode()


def test_a_discarded_import_keeps_its_place_in_the_list_and_nothing_else(client, hr, changes):
    response = client.post(address("import-discard", changes), follow=True)
    assert "Impor dibuang. Tidak ada data pegawai yang berubah." in text_of(response)
    page = client.get(address("import-detail", changes))
    assert "Tidak ada yang ditulis dari berkas-berkas ini." in text_of(page)
    assert "RAHMAWATI" not in text_of(page)


# Downloads ----------------------------------------------------------------------------------------


def test_rejected_rows_are_downloaded_mended_and_accepted(client, hr, changes, upload):
    response = client.get(address("import-rejects", changes))
    assert response["Content-Disposition"].startswith('attachment; filename="Baris ditolak 2')
    book = load_workbook(io.BytesIO(response.getvalue()))
    (spoilt,) = (cell for row in book.active for cell in row if cell.value == "1,97906E+17")
    spoilt.value = nip(4)
    data = io.BytesIO()
    book.save(data)
    mended = upload(SimpleUploadedFile("mended.xlsx", data.getvalue()), extent="sebagian")
    assert mended.counts["new"] == 1
    assert mended.counts["rejected"] == 0
    event = Event.objects.get(act="roster.exported")
    assert event.data == {"count": 1, "lines": "REJECTED"}


def test_rejected_rows_are_not_for_auditors(client, dumai, changes):
    client.force_login(dumai.auditor)
    assert client.get(address("import-rejects", changes)).status_code == 403


def test_the_lines_found_are_exported_and_the_trail_tells_so(client, hr, changes):
    response = client.get(address("import-export", changes), {"group": "CHANGED"})
    headings, row = sheet_of(response)
    line = dict(zip(headings, row, strict=True))
    assert line["Pegawai"] == "SITI RAHMAWATI 2, S.E."
    assert line["Nomor"] == nip(2)
    assert "Jabatan: PERAWAT AHLI MUDA → PERAWAT AHLI MADYA" in line["Keterangan"]
    assert line["Asal"] == "pns.csv"
    assert line["Baris"] == 3
    event = Event.objects.get(act="roster.exported")
    assert event.actor == hr
    assert event.data == {"count": 1, "lines": "CHANGED"}


def test_a_formula_in_a_name_stays_text_when_exported(client, hr, upload):
    found = upload(file_of(pns(1), pns(2), pns(3, NAMA="=HYPERLINK(1)")))
    response = client.get(address("import-export", found))
    cells = [cell for row in load_workbook(io.BytesIO(response.getvalue())).active for cell in row]
    (formula,) = (cell for cell in cells if str(cell.value).startswith("=HYPERLINK"))
    assert formula.data_type == "s"


def test_an_auditor_exports_without_contact_data(client, dumai, changes):
    client.force_login(dumai.auditor)
    rows = sheet_of(client.get(address("import-export", changes)))
    assert len(rows) == 5
    assert "081200000000" not in str(rows)
    assert Event.objects.get(act="roster.exported").actor == dumai.auditor
