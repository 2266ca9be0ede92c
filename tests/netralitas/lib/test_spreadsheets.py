"""A workbook holds what it was given, as text or numbers and never as a formula."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from netralitas.lib.spreadsheets import Sheet, workbook, workbook_of, workbook_response

HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "{=1}",
    "http://contoh.go.id",
    "\tx",
]


def sheet_of(content):
    return load_workbook(io.BytesIO(content)).active


def test_a_workbook_holds_headings_and_rows():
    sheet = sheet_of(workbook("Pegawai", ["Nama", "Nomor", "Jumlah"], [["Siti", "1979060620", 3]]))
    assert sheet.title == "Pegawai"
    assert list(sheet.iter_rows(values_only=True)) == [
        ("Nama", "Nomor", "Jumlah"),
        ("Siti", "1979060620", 3),
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C2"


def test_a_number_of_eighteen_digits_keeps_all_of_them():
    sheet = sheet_of(workbook("Pegawai", ["NIP"], [["197906062001042001"]]))
    assert sheet["A2"].value == "197906062001042001"
    assert sheet["A2"].data_type == "s"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_that_looks_like_a_formula_or_a_link_stays_text(text):
    cell = sheet_of(workbook("Pegawai", ["Nama"], [[text]]))["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_time_without_a_zone_is_a_date_that_sorts():
    moment = datetime.fromisoformat("2023-01-11T08:00:05")
    cell = sheet_of(workbook("Jejak", ["Waktu (WIB)"], [[moment]]))["A2"]
    assert (cell.value, cell.is_date) == (moment, True)
    assert cell.number_format == "dd/mm/yyyy hh:mm:ss"


def test_an_empty_table_has_its_headings():
    sheet = sheet_of(workbook("Pegawai", ["Nama"], []))
    assert list(sheet.iter_rows(values_only=True)) == [("Nama",)]


def test_a_sheet_name_that_excel_forbids_is_mended():
    assert sheet_of(workbook("Dinas [A]/B", ["a"], [])).title == "Dinas  A  B"
    assert len(sheet_of(workbook("x" * 40, ["a"], [])).title) == 31


def test_the_response_is_a_download_with_a_safe_name():
    response = workbook_response("Pegawai: Dinas/A", b"PK")
    assert b"".join(response.streaming_content) == b"PK"
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert 'filename="Pegawai Dinas A.xlsx"' in response["Content-Disposition"]


def test_a_last_row_stays_below_whatever_is_filtered():
    sheets = [
        Sheet("Satu", ["Nama", "Persen"], [["A", 50], ["B", 100]], last=["Jumlah", 75], bars=1)
    ]
    sheet = sheet_of(workbook_of(sheets))
    assert list(sheet.values)[-1] == ("Jumlah", 75)
    assert sheet.auto_filter.ref == "A1:B3"


def test_a_workbook_has_as_many_sheets_as_it_is_given():
    content = workbook_of([Sheet("Satu", ["A"], [[1]]), Sheet("Dua", ["B"], [])])
    assert load_workbook(io.BytesIO(content)).sheetnames == ["Satu", "Dua"]


def test_columns_are_as_wide_as_their_content_and_headings_are_printed_on_each_page():
    name = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    sheet = load_workbook(io.BytesIO(workbook("Rekap", ["OPD", "Sudah"], [[name, 4]]))).active
    widths = {column: size.width for column, size in sheet.column_dimensions.items()}
    assert widths["A"] > len(name) > 4 * widths["B"]
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
