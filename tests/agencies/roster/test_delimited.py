"""CSV in all the shapes in which it arrives."""

import pytest

from agencies.errors import RosterError
from agencies.roster.people import read_people
from agencies.roster.sources import Source
from agencies.roster.tables import employee_table

from .files import SLUG, csv_bytes, csv_file, non_asn, pns


def names(source):
    return [person.name for person in read_people(source, SLUG).people]


@pytest.mark.parametrize("delimiter", [";", "|", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_every_delimiter_encoding_and_line_ending_is_read(delimiter, encoding, newline):
    rows = [pns(1, NAMA="RENÉ, D'ARC", GELAR_BELAKANG="S.Sos., M.Si."), pns(2)]
    source = csv_file(*rows, delimiter=delimiter, encoding=encoding, newline=newline)
    assert names(source) == ["RENÉ, D'ARC", "SITI RAHMAWATI 2"]


def test_a_semicolon_file_with_more_commas_than_semicolons_is_read():
    assert names(csv_file(non_asn(NAMA="A, B, C, D, E, F, G"))) == ["A, B, C, D, E, F, G"]


def test_rows_are_numbered_as_excel_shows_them():
    lines = csv_bytes([pns(1, NAMA="DUA\nBARIS"), pns(2, NAMA="")]).replace(
        b"\r\n", b"\r\n\r\n;;;\r\n", 1
    )
    read = read_people(Source("pns.csv", lines), SLUG)
    assert [(person.row, person.name) for person in read.people] == [(4, "DUA BARIS")]
    assert [(row.row, row.reason) for row in read.rejected] == [(5, "NAMA kosong.")]


def test_lines_above_the_header_are_passed_over():
    above = b"sep=;\r\nDAFTAR PEGAWAI\r\n\r\n"
    assert names(Source("pns.csv", above + csv_bytes([pns(1)]))) == ["SITI RAHMAWATI 1"]


def test_a_shifted_and_a_cut_row_are_rejected_and_the_others_stay():
    shifted, cut = [*pns(2).values(), "lebih"], list(pns(3).values())[:-3]
    read = read_people(csv_file(pns(1), shifted, cut, pns(4)), SLUG)
    assert [person.row for person in read.people] == [2, 5]
    assert [(row.row, row.reason) for row in read.rejected] == [
        (3, "Jumlah sel tidak sama dengan kepala tabel; isi baris bergeser."),
        (4, "Jumlah sel tidak sama dengan kepala tabel; isi baris bergeser."),
    ]


def test_empty_cells_beyond_the_header_do_no_harm():
    assert names(csv_file(pns(1), [*pns(2).values(), "", " "])) == [
        "SITI RAHMAWATI 1",
        "SITI RAHMAWATI 2",
    ]


def test_a_lost_quote_is_refused_instead_of_swallowing_rows():
    data = csv_bytes([pns(1), pns(2), pns(3)]).replace(b"SITI RAHMAWATI 2", b'"SITI')
    with pytest.raises(RosterError, match=r"tidak dapat dibaca mulai baris 3: tanda petik ganda"):
        read_people(Source("pns.csv", data), SLUG)


def test_control_characters_and_nul_are_removed():
    data = csv_bytes([pns(1)]).replace(b"SITI", b"SI\0T\x07I\xe2\x80\x8b")
    assert names(Source("pns.csv", data)) == ["SITI RAHMAWATI 1"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 \x81\x8d\x90", "bukan CSV maupun XLSX yang dapat dibaca"),
        (b"\xff\xfe\x00", "bukan CSV maupun XLSX yang dapat dibaca"),
        (
            b"\xef\xbb\xbf\n<HTML><body>Sesi habis</body></html>",
            "adalah halaman web, bukan CSV atau",
        ),
        (b"Sesi habis\r\nMasuk lagi\r\n", "bukan daftar pegawai: tidak ada tabel di dalamnya"),
        (b'"a";"b"\r\n"c";"d"\r\n', "bukan daftar pegawai: kolom NAMA, NIP BARU"),
        (b"NAMA;JABATAN\r\nSITI;GURU\r\n", r"kolom NIP BARU \(atau NIK bagi Non-ASN\), UNOR ID"),
        (
            b"ID;NAMA_UNOR;ID_ATASAN\r\nR;Kota;\r\n",
            r"adalah hierarki unit \(HierarkiUnor\); unggah",
        ),
    ],
)
def test_what_is_no_roster_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(RosterError, match=sentence):
        employee_table(Source("pns.csv", data))


def test_more_columns_than_any_export_has_are_refused():
    wide = pns(1) | {f"KOLOM {n}": "x" for n in range(200)}
    with pytest.raises(RosterError, match=r"^Berkas pns\.csv berisi lebih dari 200 kolom\.$"):
        employee_table(csv_file(wide))
