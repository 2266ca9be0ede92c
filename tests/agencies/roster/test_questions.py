"""What somebody is asked of a file's columns: of which, with which cells, and what is likely."""

from datetime import date

import pytest

from agencies.choices import RosterFileKind
from agencies.roster.columns import meanings
from agencies.roster.questions import NEVER_READ, asked_of, likely_field, samples_of
from agencies.roster.tables import MOST_ROWS, readings

from .files import DATA, SHEET, csv_file, needs_data, nip, pns, with_part, xlsx_file

ROSTER, UNITS = RosterFileKind.ROSTER, RosterFileKind.UNITS


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_three_different_cells_of_a_column_are_told(make):
    rows = [{"A": "x", "B": f"'{nip(n)}", "C": ""} for n in (1, 1, 2, 3, 4)]
    found = samples_of(make(*rows), ["A", "B", "C"], ["A", "B", "C"])
    assert found == {"A": ["x"], "B": [nip(1), nip(2), nip(3)], "C": []}


def test_no_cell_is_told_of_a_column_nobody_asks_of():
    assert samples_of(csv_file({"A": "x", "B": "y"}), ["A", "B"], ["B"]) == {"B": ["y"]}


def test_cells_are_found_below_titles_whatever_the_delimiter():
    source = csv_file({"A": "x", "B": "y"}, delimiter="|")
    titled = type(source)("pns.csv", b"DAFTAR PEGAWAI\r\n\r\n" + source.data)
    assert samples_of(titled, ["A", "B"], ["B"]) == {"B": ["y"]}


def test_long_cells_are_cut_and_dates_are_dates():
    source = xlsx_file({"A": "x" * 30, "B": date(1979, 6, 6)})
    assert samples_of(source, ["A", "B"], ["A", "B"]) == {
        "A": [f"{'x' * 23}…"],
        "B": ["06-06-1979"],
    }


def test_damage_below_the_first_rows_costs_no_cell():
    source = csv_file({"A": "x", "B": "y"})
    damaged = type(source)("pns.csv", source.data + b'"no end;z')
    assert samples_of(damaged, ["A", "B"], ["A"]) == {"A": ["x"]}


@pytest.mark.parametrize(
    ("heading", "samples", "field"),
    [
        ("NOMOR INDUK", [nip(1), nip(2)], "number"),
        ("NOMOR INDUK", ["1472011701940001"], "nik"),
        ("NOMOR INDUK", ["1,97906E+17", nip(2)], "number"),
        ("NOMOR INDUK", ["-", "123"], ""),
        ("Nama ASN", [], "name"),
        ("Nama Unit Kerja", ["Dinas Kesehatan"], "unit_name"),
        ("Agama", ["Islam"], ""),
    ],
)
def test_the_field_is_guessed_by_cells_and_by_the_words_of_the_heading(heading, samples, field):
    assert likely_field(heading, samples, ROSTER) == field


def test_of_a_hierarchy_no_number_of_a_person_is_guessed():
    assert likely_field("Kode", ["197906062001042001"], UNITS) == ""
    assert likely_field("ID atasan unit", [], UNITS) == "parent_id"


def test_the_nik_of_asn_is_never_asked_of_that_of_others_is():
    assert "NIK" not in asked_of(meanings(list(pns()), ROSTER, {}))
    assert "NIK" in asked_of(meanings(["NIK", "Pegawai"], ROSTER, {}))


@needs_data
def test_of_a_whole_export_of_siasn_nobody_is_asked_of_a_column_that_is_not_read():
    header = (DATA / "roster-small" / "siasn-pns.csv").read_text("utf-8-sig").partition("\n")[0]
    found = meanings(header.strip().split(";"), ROSTER, {})
    assert len(found) == 69
    assert all(found[heading] for heading in asked_of(found))
    assert not NEVER_READ & {heading for heading, field in found.items() if field}


@pytest.mark.parametrize(
    "heading",
    [
        *("AGAMA", "Agama Pegawai", "Status Perkawinan", "STATUS_KAWIN", "NPWP", "No. NPWP"),
        *("No BPJS Kesehatan", "Alamat Rumah", "Jenis Kelamin", "Nomor KK", "No. Rekening"),
    ],
)
def test_of_what_nobody_reads_nobody_is_asked_in_a_list_made_by_hand_either(heading):
    assert asked_of(meanings(["Pegawai", heading], ROSTER, {})) == ["Pegawai"]


def test_what_somebody_said_it_is_and_an_address_of_mail_are_asked_of():
    assert asked_of({"AGAMA": "position"}) == ["AGAMA"]
    assert "Alamat Email" in asked_of(meanings(["Alamat Email"], ROSTER, {}))


def test_the_ktp_of_asn_is_not_asked_of():
    assert asked_of(meanings(["NIP", "No. KTP"], ROSTER, {})) == ["NIP"]
    assert asked_of(meanings(["Nomor", "No. KTP"], ROSTER, {})) == ["Nomor", "No. KTP"]


def test_no_nik_is_shown_beside_nip_whatever_the_headings():
    row = {"INDUK": f"'{nip(1)}", "KARTU": "'1472014606794329", "A": "x"}
    found = samples_of(csv_file(row), list(row), list(row))
    assert found == {"INDUK": [nip(1)], "KARTU": [], "A": ["x"]}


# What a page costs --------------------------------------------------------------------------------


def test_of_two_sheets_with_the_same_header_only_the_first_is_looked_at():
    source = xlsx_file(["A", "B"], ["x", "y"], sheets=[[["A", "B"], ["z", "y"]]])
    assert samples_of(source, ["A", "B"], ["A"]) == {"A": ["x"]}


def test_blank_rows_count_among_those_that_are_looked_at():
    far = f'<row r="{2 * MOST_ROWS}"><c r="A{2 * MOST_ROWS}"><v>7</v></c></row></sheetData>'
    blank = "".join(f'<row r="{number}"/>' for number in range(3, 2 * MOST_ROWS))
    source = with_part(
        xlsx_file(["A", "B"], [1, 2]),
        SHEET,
        lambda xml: xml.replace("</sheetData>", blank + far),
    )
    (reading,) = readings(source)
    assert [number for number, _ in reading.rows] == [1, 2, 2 * MOST_ROWS]
    assert samples_of(source, ["A", "B"], ["A"]) == {"A": ["1"]}


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_no_more_rows_are_read_than_are_asked_for(make):
    source = make(*({"A": n, "B": "x"} for n in range(9)))
    assert {len(list(reading.rows)) for reading in readings(source, 4)} == {4}


def test_texts_that_no_row_at_the_top_refers_to_are_not_read():
    damaged = with_part(
        xlsx_file(pns()), "xl/sharedStrings.xml", lambda xml: xml.replace("</sst>", "<si><broken")
    )
    heading = list(pns())[0]
    assert samples_of(damaged, list(pns()), [heading]) == {heading: ["P1"]}
