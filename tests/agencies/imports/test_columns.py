"""/impor/<uuid>/kolom/<uuid>/"""

import logging
import re

import pytest

from agencies.choices import ImportState
from agencies.forms.columns import ColumnsForm
from agencies.models import ColumnAlias, RosterFile, RosterImport
from tests.agencies.roster.files import nip, non_asn, pns
from tests.pledges.views.pages import beside, text_of

from .pages import address, file_of

UNKNOWN = {"NIP BARU": "NOMOR INDUK"}


@pytest.fixture
def unknown(hr, upload):
    """An import that waits for somebody to say which column holds the NIP."""
    rows = [pns(n, Catatan=f"<b>catatan {n}</b>") for n in (1, 3, 3, 4, 5)]
    return upload(file_of(*rows, renamed=UNKNOWN))


def columns_page(roster_import):
    file = roster_import.files.exclude(headings=[]).get()
    return address("import-columns", roster_import, file_uuid=file.uuid)


def columns_form(client, roster_import):
    return client.get(columns_page(roster_import)).context["form"]


def options_of(field):
    """{group: [options as they read]} of a choice of column."""
    return {group: [text for _, text in found] for group, found in field.choices[1:]}


def answered(client, page, **answers):
    """What the form of a page would send, with answers by the field or heading that is asked."""
    form = client.get(page).context["form"]
    headings = {field.label.replace(" ", "_"): name for name, field in form.fields.items()}
    sent = {name: form[name].value() for name in form.fields}
    for asked, answer in answers.items():
        sent[headings.get(asked, f"for_{asked}")] = answer
    return sent


def place_of(client, page, heading):
    """The value by which a choice of column names the column `heading`."""
    form = client.get(page).context["form"]
    return str(form.headings.index(heading))


def test_the_page_of_the_import_names_what_is_missing_and_leads_to_the_columns(client, unknown):
    response = client.get(address("import-detail", unknown))
    told = "Kolom berikut tidak ditemukan dalam pns.csv: NIP / NI PPPK atau NIK (bagi Non-ASN)"
    assert told in text_of(response)
    assert columns_page(unknown) in response.content.decode()


def test_only_what_is_missing_is_asked_for_and_the_rest_is_folded_away(client, unknown):
    response = client.get(columns_page(unknown))
    asked = [field.label for field in response.context["lacking"]]
    assert asked == ["NIP / NI PPPK"]
    (_, others, _), (_, known, _) = response.context["others"]
    assert [field.label for field in others] == ["NOMOR INDUK", "Catatan"]
    chosen = {field.label: field.value() for field in known}
    assert chosen["NAMA"] == "name"
    assert chosen["GOL AKHIR NAMA"] == "grade"
    folded = re.findall(r"<details[^>]*>", response.content.decode())
    assert len([tag for tag in folded if "column-list" in tag and "open" not in tag]) == 2


def test_columns_are_shown_with_three_cells_and_the_likely_one_is_chosen(client, unknown):
    field = columns_form(client, unknown)["for_number"]
    assert options_of(field.field) == {
        "Disarankan": [f"NOMOR INDUK ({nip(1)}, {nip(3)}, {nip(4)})"],
        "Belum dikenali": ["Catatan (<b>catatan 1</b>, <b>catatan 3</b>, <b>catatan 4</b>)"],
        "Kolom lain": ["AGAMA NAMA", "NIK"],
    }
    assert dict(field.field.choices[1][1])[field.value()].startswith("NOMOR INDUK")


def test_what_stands_in_a_file_is_text_and_never_markup(client, unknown):
    page = client.get(columns_page(unknown)).content.decode()
    assert "Contoh isi: &lt;b&gt;catatan 1&lt;/b&gt;" in page
    assert "<b>catatan" not in page


def test_nothing_of_what_nobody_reads_is_shown(client, unknown):
    text = text_of(client.get(columns_page(unknown)))
    assert "Islam" not in text
    assert "1472014606794329" not in text


def test_cells_are_kept_neither_in_the_database_nor_in_caches_nor_in_logs(client, unknown, caplog):
    with caplog.at_level(logging.DEBUG):
        response = client.get(columns_page(unknown))
    assert nip(1) in text_of(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert nip(1) not in caplog.text
    assert nip(1) not in str(RosterFile.objects.values_list("headings", "missing"))


def test_who_may_not_import_sees_no_cell(client, dumai, unknown):
    page = columns_page(unknown)
    client.force_login(dumai.auditor)
    assert client.get(page).status_code == 403


def test_a_column_is_assigned_and_remembered_for_the_next_file(
    client, hr, unknown, upload, run_tasks
):
    page = columns_page(unknown)
    response = client.post(page, answered(client, page))
    assert response.url == address("import-detail", unknown)
    run_tasks()
    unknown.refresh_from_db()
    assert unknown.state == ImportState.READY
    assert unknown.counts["new"] == 3
    again = upload(file_of(pns(1), pns(6), renamed=UNKNOWN))
    assert again.state == ImportState.READY


def test_either_of_two_columns_may_stand_for_the_unit(client, hr, upload, run_tasks):
    renamed = {"UNIT KERJA": "Tempat tugas", "UNOR ID": "Kode"}
    found = upload(file_of(non_asn(1), name="non.csv", renamed=renamed), extent="sebagian")
    page = columns_page(found)
    asked = [field.label for field in columns_form(client, found).lacking_fields()]
    assert asked == ["ID unit kerja (UNOR ID)", "atau Nama unit kerja"]
    place = place_of(client, page, "Tempat tugas")
    client.post(page, answered(client, page, unit_name=place))
    run_tasks()
    found.refresh_from_db()
    assert (found.state, found.counts["new"]) == (ImportState.READY, 1)


def test_one_column_cannot_hold_two_things(client, hr, upload):
    renamed = {"NAMA": "Pegawai", "UNIT KERJA": "Tempat tugas", "UNOR ID": "Kode"}
    found = upload(file_of(non_asn(1), name="non.csv", renamed=renamed))
    page = columns_page(found)
    place = place_of(client, page, "Tempat tugas")
    response = client.post(page, answered(client, page, name=place, unit_name=place))
    assert response.status_code == 400
    assert "Kolom Tempat tugas sudah dipilih untuk Nama." in beside(response, "for_unit_name")


def test_two_columns_cannot_hold_the_same_and_the_part_with_the_fault_is_open(client, unknown):
    page = columns_page(unknown)
    data = answered(client, page, NOMOR_INDUK="phone")
    response = client.post(page, data)
    assert response.status_code == 400
    assert "Kolom NOMOR INDUK sudah dipilih untuk NIP / NI PPPK." in text_of(response)
    assert "Sudah dipilih untuk kolom NOMOR HP." not in text_of(response)
    assert response.content.decode().count('<details class="fieldset column-list" open>') == 1


def test_what_is_not_chosen_is_asked_for_and_the_summary_leads_to_its_field(client, unknown):
    page = columns_page(unknown)
    response = client.post(page, answered(client, page, number=""))
    assert response.status_code == 400
    told = "Pilih kolom yang berisi NIP / NI PPPK atau NIK (bagi Non-ASN)."
    assert told in beside(response, "for_number")
    assert f'<a href="#id_for_number">NIP / NI PPPK</a>: {told}' in response.content.decode()


def test_a_name_that_is_no_longer_read_is_asked_for_at_its_own_column(client, unknown):
    page = columns_page(unknown)
    response = client.post(page, answered(client, page, NAMA=""))
    assert "Pilih kolom yang berisi Nama." in text_of(response)


def test_once_columns_are_no_longer_asked_for_the_page_leads_back(client, unknown):
    page = columns_page(unknown)
    data = answered(client, page)
    client.post(address("import-discard", unknown))
    for response in (client.get(page), client.post(page, data)):
        assert response.url == address("import-detail", unknown)
    assert not ColumnAlias.objects.exists()


def test_a_file_whose_content_is_lost_is_told_of(client, unknown):
    page = columns_page(unknown)
    unknown.files.get().content.delete(save=False)
    response = client.get(page)
    assert response.status_code == 400
    assert "Isi berkas pns.csv tidak ada lagi di penyimpanan" in text_of(response)


def test_an_asn_list_with_a_nik_suggests_one_column_and_can_be_sent_as_it_is(
    client, hr, upload, run_tasks
):
    row = {"NOMOR INDUK": f"'{nip(7)}", "NO KTP": "'1472014606794329", "AGAMA": "Islam"}
    row |= {"NAMA": "SITI", "UNIT KERJA": "Dinas Kesehatan"}
    found = upload(file_of(row), extent="sebagian")
    page = columns_page(found)
    form = columns_form(client, found)
    assert (bool(form["for_number"].value()), form["for_nik"].value()) == (True, "")
    text = text_of(client.get(page))
    assert "1472014606794329" not in text
    assert "Islam" not in text
    client.post(page, answered(client, page))
    run_tasks()
    found.refresh_from_db()
    assert (found.state, found.counts["new"]) == (ImportState.READY, 1)


def test_two_likely_columns_of_a_group_are_not_both_chosen(client, hr, upload):
    row = {"Kode": "'1472011701940001", "Induk": f"'{nip(7)}", "NAMA": "SITI"}
    form = ColumnsForm(
        kind="ROSTER",
        meanings=dict.fromkeys(row, ""),
        samples={heading: [cell.lstrip("'")] for heading, cell in row.items()},
    )
    assert (form["for_number"].value(), form["for_nik"].value()) == ("1", "")


def test_columns_taken_wrongly_are_set_right_from_the_preview(client, hr, upload, run_tasks):
    ColumnAlias.objects.create(
        government=RosterImport.objects.first().government,
        kind="ROSTER",
        heading="NO KTP",
        field="number",
    )
    row = {"NO KTP": "'1472011701940001", "NAMA": "KAREN", "UNIT KERJA": "Dinas Kesehatan"}
    found = upload(file_of(row), extent="sebagian")
    assert (found.state, found.counts["rejected"]) == (ImportState.READY, 1)
    page = address("import-columns", found, file_uuid=found.files.get().uuid)
    assert f'href="{page}"' in client.get(address("import-detail", found)).content.decode()
    response = client.get(page)
    ((_, known, _),) = response.context["others"]
    assert {field.label: field.value() for field in known}["NO KTP"] == "number"
    assert '<details class="fieldset column-list" open>' in response.content.decode()
    client.post(page, answered(client, page, NO_KTP="nik"))
    run_tasks()
    found.refresh_from_db()
    assert (found.state, found.counts["new"]) == (ImportState.READY, 1)


def test_an_auditor_is_not_led_to_the_columns(client, hr, dumai, changes):
    client.force_login(dumai.auditor)
    assert "Atur kolom" not in text_of(client.get(address("import-detail", changes)))


def test_of_an_applied_import_no_columns_can_be_set(client, hr, changes, run_tasks):
    client.post(address("import-approve", changes), {"plan": changes.plan_digest})
    run_tasks()
    page = address("import-columns", changes, file_uuid=changes.files.get().uuid)
    assert client.get(page).url == address("import-detail", changes)
    assert "Atur kolom" not in text_of(client.get(address("import-detail", changes)))
