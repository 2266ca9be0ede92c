"""XLSX: typed cells, several sheets, and archives made to do harm."""

import io
import zipfile
from datetime import date

import pytest

from agencies.errors import RosterError
from agencies.roster.people import read_people
from agencies.roster.sources import Source
from agencies.roster.tables import employee_table

from .files import SHEET, SLUG, csv_file, non_asn, pns, told, with_part, xlsx_file

BROKEN = "bukan XLSX yang utuh"


def read(source):
    return read_people(source, SLUG)


def test_a_date_cell_is_compared_with_the_number():
    good = xlsx_file(pns(1, TANGGAL_LAHIR=date(1979, 6, 6)), name="pns.xlsx")
    other = xlsx_file(pns(1, TANGGAL_LAHIR=date(1980, 6, 6)), name="pns.xlsx")
    assert read(good).warnings == []
    assert told(read(other).warnings) == [
        "pns.xlsx baris 2: tanggal lahir di dalam nomor berbeda dari kolom TANGGAL LAHIR."
    ]


def test_the_sheet_with_a_roster_is_found_and_notes_beside_it_are_left_alone():
    header, row = list(pns()), [*pns().values(), None, "catatan: cuti"]
    source = xlsx_file(["Rekapitulasi"], ["Jumlah", 1], sheets=[[header, row]])
    assert [person.row for person in read(source).people] == [2]


def test_a_wrong_dimension_hides_no_rows():
    source = with_part(
        xlsx_file(pns(1), pns(2)), SHEET, lambda xml: xml.replace('ref="A1:T3"', 'ref="A1"')
    )
    assert len(read(source).people) == 2


def test_a_far_cell_costs_nothing():
    source = with_part(
        xlsx_file(pns(1)),
        SHEET,
        lambda xml: xml.replace(
            "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    )
    assert [person.row for person in read(source).people] == [2]


def test_a_row_number_no_sheet_has_is_refused():
    source = with_part(
        xlsx_file(pns(1)),
        SHEET,
        lambda xml: xml.replace("</sheetData>", '<row r="999999999999"/></sheetData>'),
    )
    with pytest.raises(RosterError, match=r"berisi lebih dari 200\.000 baris"):
        read(source)


def test_a_sheet_that_is_too_wide_is_refused():
    with pytest.raises(RosterError, match="berisi lebih dari 200 kolom"):
        read(xlsx_file(pns(1) | {f"KOLOM {n}": "x" for n in range(300)}))


def test_an_entity_bomb_is_refused():
    declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    source = with_part(xlsx_file(pns(1)), SHEET, lambda xml: declared + xml)
    with pytest.raises(RosterError, match=BROKEN):
        read(source)


def test_a_cut_archive_and_one_that_is_no_workbook_are_refused():
    whole = xlsx_file(pns(1)).data
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    for data in (whole[: len(whole) // 2], other.getvalue(), b"PK\x03\x04"):
        with pytest.raises(RosterError, match=BROKEN):
            employee_table(Source("rusak.xlsx", data))


def test_damage_found_half_way_is_refused():
    source = with_part(
        xlsx_file(pns(1), pns(2)), SHEET, lambda xml: xml.replace('<row r="3"', "<row <")
    )
    with pytest.raises(RosterError, match=BROKEN):
        read(source)


def test_an_old_or_encrypted_workbook_is_refused_with_what_to_do():
    with pytest.raises(RosterError, match=r"Excel lama \(\.xls\) atau dilindungi kata sandi"):
        employee_table(Source("lama.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)))


def test_the_ending_of_the_name_does_not_matter():
    assert len(read(Source("a.csv", xlsx_file(pns(1)).data)).people) == 1
    assert len(read(csv_file(non_asn(), name="b.xlsx")).people) == 1
