"""Only whitelisted columns leave the reader, whatever their header is called."""

import pytest

from agencies.roster.columns import employee_positions, header_key, unit_positions
from agencies.roster.tables import employee_table

from .files import csv_file, non_asn, pns


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
    ],
)
def test_aliases_are_known(header, field):
    assert employee_positions(["NIP", "NAMA", header]) == {"number": 0, "name": 1, field: 2}


def test_the_preferred_name_wins_and_the_first_of_two_equal_ones():
    assert employee_positions(["NIP", "NIP BARU", "NAMA", "NAMA"]) == {"number": 1, "name": 2}


def test_the_nik_of_asn_is_never_read():
    (_, row, _), *_ = employee_table(csv_file(pns())).rows()
    assert row.keys() == {
        *("siasn_id", "number", "name", "title_prefix", "title_suffix", "birth_date", "phone"),
        *("email", "email_gov", "employment", "legal_position", "status", "grade", "position"),
        *("unit_id", "unit_name", "employer", "echelon"),
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


def test_a_header_without_name_or_number_is_none():
    assert employee_positions(["NAMA", "JABATAN"]) == {}
    assert employee_positions(["NIP", "JABATAN"]) == {}
    assert employee_positions([None, 1, "x"]) == {}


def test_a_hierarchy_needs_all_three_columns():
    assert unit_positions(["ID_ATASAN", "ID", "NAMA_UNOR"]) == {"parent_id": 0, "id": 1, "name": 2}
    assert unit_positions(["ID", "NAMA_UNOR"]) == {}
