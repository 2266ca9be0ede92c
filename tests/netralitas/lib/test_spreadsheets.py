"""A workbook holds what it was given, as text or numbers and never as a formula."""

import io

import pytest
from openpyxl import load_workbook

from netralitas.lib.spreadsheets import workbook, workbook_response

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
