"""Rejected rows as a file: downloaded, mended, uploaded again, accepted."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from agencies.choices import EmployeeKind
from agencies.models import Employee, RosterImport
from agencies.roster.identity import rounded_reason
from agencies.roster.rejects import rejected_workbook
from agencies.roster.sources import Source

from .files import (
    applied,
    csv_file,
    nip,
    non_asn,
    pns,
    pppk,
    previewed,
    reasons,
    xlsx_file,
)
from .uploads import four_people

pytestmark = pytest.mark.django_db

ROUNDED = 1.97906062001042e17
PLACE = ["Berkas", "Baris", "Alasan ditolak"]


@pytest.fixture(autouse=True)
def stored():
    return four_people()


def rejects_of(*sources):
    """The workbook of the rows rejected when `sources` are applied as a part."""
    applied(*sources, partial=True)
    return rejected_workbook(RosterImport.objects.first())


def table_of(content):
    """[{heading: cell}] of the only sheet."""
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def mended(content, **cells):
    """The file as it comes back: in each row the named cells as given (spaces as underscores)."""
    book = load_workbook(io.BytesIO(content))
    headings = {cell.value: cell.column for cell in book.active[1]}
    for name, values in cells.items():
        for row, value in enumerate(values, start=2):
            if value is not None:
                book.active.cell(row, headings[name.replace("_", " ")]).value = value
    data = io.BytesIO()
    book.save(data)
    return Source("Baris ditolak.xlsx", data.getvalue())


def test_a_row_stands_there_with_file_row_and_reason_and_nothing_but_the_whitelist():
    (row,) = table_of(rejects_of(csv_file(pns(5), pns(6, UNOR_ID="TIADA"))))
    assert [row[name] for name in PLACE] == [
        "pns.csv",
        "3",
        "UNOR ID tidak ada dalam hierarki; sertakan HierarkiUnor terbaru.",
    ]
    assert (row["NIP BARU"], row["NAMA"]) == (f"'{nip(6)}", "SITI RAHMAWATI 6")
    assert row["UNOR ID"] == "TIADA"
    assert "NIK" not in row
    assert "AGAMA NAMA" not in row


def test_mended_rows_are_accepted_as_if_they_had_been_right_at_once():
    wrong = [
        pns(6, UNOR_ID="TIADA"),
        pns(7, NAMA=""),
        pppk(8, NIP_BARU="1,98806E+17"),
        pppk(9, UNOR_ID="TIADA", KEDUDUKAN_HUKUM_NAMA="PPPK Paruh Waktu Aktif"),
    ]
    right = [
        pns(6),
        pns(7, NAMA="ANI"),
        pppk(8),
        pppk(9, KEDUDUKAN_HUKUM_NAMA="PPPK Paruh Waktu Aktif"),
    ]
    content = rejects_of(csv_file(*wrong))
    source = mended(
        content,
        UNOR_ID=["D1", None, None, "D1"],
        NAMA=[None, "ANI"],
        NIP_BARU=[None, None, pppk(8)["NIP BARU"]],
    )
    plan = applied(source, partial=True)
    assert (plan.rejected, plan.counts()["new"]) == ([], 4)
    assert previewed(csv_file(*right), partial=True).counts()["unchanged"] == 4


def test_rows_of_asn_and_non_asn_come_back_in_one_file():
    content = rejects_of(
        csv_file(pns(6, UNOR_ID="TIADA")),
        xlsx_file(non_asn(1, UNOR_ID="TIADA"), non_asn(2, NIK=None), name="non-asn.xlsx"),
    )
    rows = table_of(content)
    assert [row["NIK"] for row in rows] == [None, "'1472011701940001", None]
    source = mended(content, UNOR_ID=["D1", "D2", "D2"], NIK=[None, None, "1472011701940002"])
    plan = applied(source, partial=True)
    assert (plan.rejected, plan.counts()["new"]) == ([], 3)
    kinds = Employee.objects.filter(number__in=[nip(6), "1472011701940001", "1472011701940002"])
    assert list(kinds.order_by("number").values_list("kind", flat=True)) == [
        EmployeeKind.NON_ASN,
        EmployeeKind.NON_ASN,
        EmployeeKind.PNS,
    ]


def test_the_nik_of_somebody_with_a_nip_is_not_read_from_such_a_file_either():
    content = rejects_of(
        csv_file(pns(6, UNOR_ID="TIADA")), csv_file(non_asn(1, UNOR_ID="TIADA"), name="n.csv")
    )
    source = mended(content, NIK=["1472014606794329"])
    plan = applied(source, partial=True)
    assert len(plan.rejected) == 2
    for line in RosterImport.objects.first().lines.rejected():
        assert line.cells.get("NIK") != "1472014606794329"


def test_unmended_rows_are_rejected_again_for_the_same_reason():
    rows = [
        pns(5, NIP_BARU=ROUNDED),
        pns(6, NIP_BARU=int(ROUNDED)),
        pns(7, NIP_BARU="1,97906E+17"),
        pns(8, NAMA="X" * 300),
        pns(9, UNOR_ID="TIADA"),
        pns(10, INSTANSI_KERJA_NAMA="Pemerintah Kota Pekanbaru"),
        pns(11, STATUS_CPNS_PNS="", JENIS_PEGAWAI_NAMA="", NIP_BARU="'198806042024002001"),
    ]
    first = previewed(xlsx_file(*rows), partial=True)
    again = previewed(mended(rejects_of(xlsx_file(*rows))), partial=True)
    assert len(first.rejected) == len(rows)
    assert reasons(again.rejected) == reasons(first.rejected)


def test_numbers_that_went_through_excel_as_text_are_rejected_again_beside_mended_ones():
    rounded = [pns(n, NIP_BARU=f"19790606200104{n}000") for n in (1, 2)]
    content = rejects_of(csv_file(*rounded))
    source = mended(content, NIP_BARU=[f"'{nip(31)}"])
    plan = previewed(source, partial=True)
    assert plan.counts()["new"] == 0 and plan.counts()["changed"] == 1
    assert reasons(plan.rejected) == [(3, rounded_reason("NIP"))]


def test_a_shifted_row_is_there_to_be_looked_up_and_rejected_again():
    content = rejects_of(csv_file(pns(5), [*pns(6).values(), "lebih"], pns(7, UNOR_ID="X")))
    shifted, _ = table_of(content)
    assert {key: value for key, value in shifted.items() if value is not None} == {
        "Berkas": "pns.csv",
        "Baris": "3",
        "Alasan ditolak": "Jumlah sel tidak sama dengan kepala tabel; isi baris bergeser.",
    }
    assert len(previewed(mended(content), partial=True).rejected) == 2


def test_a_blank_cell_of_such_a_file_erases_nothing_it_comes_from_other_columns():
    Employee.objects.filter(siasn_id="P1").update(grade="III/c", title_prefix="dr.")
    short = {"NIP": f"'{nip(1)}", "NAMA": "SITI RAHMAWATI 1", "UNOR ID": "TIADA"}
    content = rejects_of(csv_file(short), csv_file(pns(9, UNOR_ID="TIADA"), name="lain.csv"))
    plan = previewed(mended(content, UNOR_ID=["D1", "D1"]), partial=True)
    assert (plan.counts()["unchanged"], plan.counts()["new"]) == (1, 1)


def test_formulas_stay_text_from_the_upload_to_the_download():
    formula = '=HYPERLINK("http://jahat.example","SITI")'
    rows = [pns(5, NAMA=formula), pns(6, NAMA=formula, JABATAN_NAMA="@SUM(A1)", UNOR_ID="TIADA")]
    content = rejects_of(csv_file(*rows))
    assert Employee.objects.get(siasn_id="P5").name == formula
    book = load_workbook(io.BytesIO(content))
    found = {cell.value: cell.data_type for row in book.active.iter_rows() for cell in row}
    assert (found[formula], found["@SUM(A1)"]) == ("s", "s")
    assert table_of(content)[0]["NAMA"] == formula


def test_cells_are_formatted_as_text_so_that_a_number_typed_in_stays_whole():
    book = load_workbook(io.BytesIO(rejects_of(csv_file(pns(6, NIP_BARU="'1979")))))
    headings = {cell.value: cell.column for cell in book.active[1]}
    assert book.active.cell(2, headings["NIP BARU"]).number_format == "@"


def test_phones_dates_and_serials_survive_the_way_there_and_back():
    row = pns(6, UNOR_ID="TIADA", NOMOR_HP=81212046497, TANGGAL_LAHIR=date(1979, 6, 6))
    serial = pns(7, UNOR_ID="TIADA", TANGGAL_LAHIR=29012)
    content = rejects_of(xlsx_file(row, serial))
    assert [cells["TANGGAL LAHIR"] for cells in table_of(content)] == ["1979-06-06", "29012"]
    plan = applied(mended(content, UNOR_ID=["D1", "D1"]), partial=True)
    assert (plan.rejected, plan.warnings) == ([], [])
    assert Employee.objects.get(siasn_id="P6").phone == "081212046497"


def test_where_nothing_was_rejected_the_file_has_headings_only():
    assert table_of(rejects_of(csv_file(pns(5)))) == []
