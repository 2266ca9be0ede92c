"""Only whitelisted columns leave the reader, whatever their header is called."""

import pytest

from agencies.choices import RosterFileKind
from agencies.roster.columns import header_key, meanings, missing, positions
from agencies.roster.tables import employee_table

from .files import csv_file, non_asn, pns

ROSTER, UNITS = RosterFileKind.ROSTER, RosterFileKind.UNITS


def roster_positions(cells, **aliases):
    return positions(cells, ROSTER, aliases)


@pytest.mark.parametrize(
    "cell", ["GELAR BLK", "gelar_blk", " Gelar  Blk ", "\ufeffGELAR_BLK", "Gelar.Blk", "GELAR\nBLK"]
)
def test_headers_are_compared_without_case_spaces_and_underscores(cell):
    assert header_key(cell) == "GELAR BLK"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("GELAR BLK", "title_suffix"),
        ("GOL NAMA", "grade"),
        ("Golongan", "grade"),
        ("Unit_Kerja", "unit_name"),
        ("UNOR NAMA", "unit_name"),
        ("JABATAN", "position"),
        ("NO HP", "phone"),
        ("PNS_ID", "siasn_id"),
        ("SATUAN KERJA", "opd_name"),
    ],
)
def test_aliases_are_known(header, field):
    assert roster_positions(["NIP", "NAMA", header]) == {"number": 0, "name": 1, field: 2}


def test_the_preferred_name_wins_and_the_first_of_two_equal_ones():
    assert roster_positions(["NIP", "NIP BARU", "NAMA", "NAMA"]) == {"number": 1, "name": 2}


def test_the_nik_of_asn_is_never_read():
    (_, row, _), *_ = employee_table(csv_file(pns())).rows()
    assert row.keys() == {
        *("siasn_id", "number", "name", "title_prefix", "title_suffix", "birth_date", "phone"),
        *("email", "email_gov", "employment", "legal_position", "status", "grade", "position"),
        *("unit_id", "unit_name", "opd_name", "employer", "echelon"),
    }
    assert "Islam" not in row.values()
    assert pns()["NIK"] not in row.values()


def test_the_nik_identifies_where_there_is_no_nip():
    (_, row, _), *_ = employee_table(csv_file(non_asn())).rows()
    assert row == {
        "nik": "'1472011701940001",
        "name": "KAREN MUSTOFA 1",
        "position": "PENGEMUDI",
        "unit_name": "Dinas Perhubungan",
        "unit_id": "D2",
    }


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        (["NAMA", "JABATAN"], ["number", "unit_id"]),
        (["NIP", "UNIT KERJA"], ["name"]),
        (["NIK", "NAMA", "UNOR ID"], []),
        ([None, 1, "x"], ["name", "number", "unit_id"]),
    ],
)
def test_a_roster_needs_a_name_a_number_and_a_unit(header, lacking):
    assert missing(roster_positions(header), ROSTER) == lacking


def test_a_hierarchy_needs_all_three_columns():
    found = positions(["ID_ATASAN", "ID", "NAMA_UNOR"], UNITS, {})
    assert found == {"parent_id": 0, "id": 1, "name": 2}
    assert missing(found, UNITS) == []
    assert missing(positions(["ID", "NAMA_UNOR"], UNITS, {}), UNITS) == ["parent_id"]


def test_what_was_said_of_a_heading_wins_over_what_its_name_says():
    header = ["NO INDUK", "NIP", "NAMA"]
    assert roster_positions(header, **{"NO INDUK": "number"}) == {"number": 0, "name": 2}
    assert roster_positions(header, NIP="") == {"name": 2}
    assert roster_positions(header, NIP="position") == {"position": 1, "name": 2}


def test_each_heading_tells_what_it_is_read_as():
    header = ["NIP BARU", "NIP", "NAMA", "AGAMA"]
    assert meanings(header, ROSTER, {"AGAMA": "position"}) == {
        "NIP BARU": "number",
        "NIP": "",
        "NAMA": "name",
        "AGAMA": "position",
    }


def test_the_nik_of_asn_is_read_in_no_file_but_that_of_rejected_rows():
    header = ["NIP", "NIK", "NAMA"]
    assert "nik" not in roster_positions(header)
    assert "nik" not in roster_positions(header, NIK="nik")
    assert "nik" in roster_positions([*header, "Alasan ditolak"])


def test_an_export_of_asn_without_a_known_nip_asks_for_it_and_never_passes_for_non_asn():
    found = roster_positions(["PNS ID", "NOMOR INDUK", "NIK", "NAMA", "UNOR ID"])
    assert "nik" not in found
    assert missing(found, ROSTER) == ["number"]
