"""Rows become people: kinds, cleaned fields, rejections and warnings of one file."""

from dataclasses import asdict

import pytest

from agencies.choices import EmployeeKind, NumberKind
from agencies.errors import ColumnsMissing, RosterError
from agencies.roster.identity import rounded_reason
from agencies.roster.people import NO_NIP, read_people

from .files import (
    SHEET,
    SLUG,
    csv_file,
    nip,
    non_asn,
    pns,
    pppk,
    reasons,
    told,
    with_part,
    xlsx_file,
)

# What the row holds and no one may keep.
SECRETS = {"Islam", "'1472014606794329"}


def read(*rows, **options):
    return read_people(csv_file(*rows, **options), SLUG)


def only(*rows):
    """The one person of a file, and what was odd about them."""
    read_file = read(*rows)
    assert read_file.rejected == []
    (person,) = read_file.people
    return person, read_file.warnings


def test_a_row_is_cleaned_and_keeps_nothing_but_the_whitelist():
    person, warnings = only(pns(1, GELAR_DEPAN="dr.", ESELON_NAMA="III.A", GOL_AKHIR_NAMA="IIIC"))
    assert asdict(person) == {
        "file": "pns.csv",
        "row": 2,
        "kind": EmployeeKind.PNS,
        "kind_told": True,
        "number_kind": NumberKind.NIP,
        "number": nip(1),
        "name": "SITI RAHMAWATI 1",
        "siasn_id": "P1",
        "title_prefix": "dr.",
        "title_suffix": "S.E.",
        "grade": "III/c",
        "position": "PERAWAT AHLI MUDA",
        "echelon": "III.a",
        "email": "siti@example.go.id",
        "phone": "081212046497",
        "unit_id": "D1",
        "unit_name": "Dinas Kesehatan",
        "opd_name": "",
        "unmarked": False,
        "cells": tuple(row for row in person.cells if row not in SECRETS),
    }
    assert warnings == []


def test_a_person_prints_without_number_name_and_contact():
    person, _ = only(pns(1))
    for secret in (person.number, person.name, person.email, person.phone):
        assert secret not in repr(person)


@pytest.mark.parametrize(
    ("words", "kind", "number_kind"),
    [
        ({}, EmployeeKind.PNS, NumberKind.NIP),
        ({"STATUS_CPNS_PNS": "P"}, EmployeeKind.PNS, NumberKind.NIP),
        ({"STATUS_CPNS_PNS": "CPNS"}, EmployeeKind.CPNS, NumberKind.NIP),
        ({"STATUS_CPNS_PNS": "C"}, EmployeeKind.CPNS, NumberKind.NIP),
        ({"STATUS_CPNS_PNS": ""}, EmployeeKind.PNS, NumberKind.NIP),
        ({"KEDUDUKAN_HUKUM_NAMA": "PPPK Aktif"}, EmployeeKind.PPPK, NumberKind.NI_PPPK),
        ({"JENIS_PEGAWAI_NAMA": "PPPK"}, EmployeeKind.PPPK, NumberKind.NI_PPPK),
        (
            {"KEDUDUKAN_HUKUM_NAMA": "PPPK Paruh Waktu Aktif"},
            EmployeeKind.PPPK_PARUH_WAKTU,
            NumberKind.NI_PPPK,
        ),
        (
            {"JENIS_PEGAWAI_NAMA": "PPPK Paruh Waktu"},
            EmployeeKind.PPPK_PARUH_WAKTU,
            NumberKind.NI_PPPK,
        ),
    ],
)
def test_the_kind_is_what_the_export_says(words, kind, number_kind):
    person, _ = only(pns(1, **words))
    assert (person.kind, person.number_kind, person.kind_told) == (kind, number_kind, True)


def test_without_any_word_on_the_kind_the_number_decides_and_a_warning_says_so():
    read_file = read(
        {"NIP": f"'{nip(1)}", "NAMA": "A", "UNIT KERJA": "X"},
        {"NIP": "'198806042024212001", "NAMA": "B", "UNIT KERJA": "X"},
        {"NIP": "'198806042024002001", "NAMA": "C", "UNIT KERJA": "X"},
    )
    assert [(person.kind, person.kind_told) for person in read_file.people] == [
        (EmployeeKind.PNS, False),
        (EmployeeKind.PPPK, False),
    ]
    assert reasons(read_file.rejected) == [
        (4, "Jenis pegawai (PNS, CPNS, PPPK, PPPK Paruh Waktu) tidak diketahui.")
    ]
    assert told(read_file.warnings) == [
        "pns.csv: kolom jenis pegawai tidak ada; PNS atau PPPK dibaca dari NIP."
    ]


def test_a_column_the_file_lacks_says_nothing_and_a_blank_contact_neither():
    person, _ = only(non_asn(1))
    assert person.kind == EmployeeKind.NON_ASN
    assert (person.grade, person.echelon, person.title_prefix) == (None, None, None)
    blank, _ = only(
        pns(1, EMAIL_GOV="", NOMOR_HP="-", PNS_ID="", GELAR_BELAKANG="", ESELON_NAMA="")
    )
    assert (blank.email, blank.phone, blank.siasn_id) == (None, None, None)
    assert (blank.title_suffix, blank.echelon) == ("", "")


def test_the_private_address_is_used_where_the_government_one_is_blank_or_wrong():
    person, warnings = only(pns(1, EMAIL_GOV="rusak", EMAIL="siti@example.com"))
    assert person.email == "siti@example.com"
    assert told(warnings) == ["pns.csv baris 2: alamat surel tidak sah dan diabaikan."]


def test_one_bad_row_does_not_stop_the_others():
    read_file = read(
        pns(1, NIP_BARU="'1979"),
        pns(2),
        pns(3, NAMA=" "),
        pns(4, JABATAN_NAMA="X" * 256),
        pns(5, GELAR_DEPAN="X" * 61),
        pns(6, NIP_BARU="1,97906E+17"),
    )
    assert [person.row for person in read_file.people] == [3]
    assert reasons(read_file.rejected) == [
        (2, "NIP harus 18 angka; tertulis 4 angka."),
        (4, "NAMA kosong."),
        (5, "JABATAN NAMA terlalu panjang: 256 huruf, paling banyak 255."),
        (6, "GELAR DEPAN terlalu panjang: 61 huruf, paling banyak 60."),
        (7, rounded_reason("NIP")),
    ]


def test_no_reason_and_no_warning_holds_a_number_or_a_name():
    read_file = read(
        pns(1, NAMA=""), pns(2, TANGGAL_LAHIR="01-01-1970"), pns(3, GOL_AKHIR_NAMA="?")
    )
    said = [rejection.reason for rejection in read_file.rejected] + told(read_file.warnings)
    assert len(said) == 3
    assert not any(nip(n) in sentence or "SITI" in sentence for sentence in said for n in (1, 2, 3))


def test_numbers_excel_rounded_and_saved_as_text_are_rejected():
    read_file = read(pns(1, NIP_BARU="197906062001042000"), pns(2, NIP_BARU="198001012005011000"))
    assert read_file.people == []
    assert reasons(read_file.rejected) == [(2, rounded_reason("NIP")), (3, rounded_reason("NIP"))]


def test_numeric_cells_of_a_workbook_are_rejected_where_they_lost_digits():
    rounded, exact = 1.97906062001042e17, "<v>197906062001042003</v>"
    source = xlsx_file(*(pns(n, NIP_BARU=cell) for n, cell in enumerate((rounded, rounded, 3), 1)))
    source = with_part(source, SHEET, lambda xml: xml.replace("<v>3</v>", exact))
    read_file = read_people(source, SLUG)
    assert [person.number for person in read_file.people] == ["197906062001042003"]
    assert reasons(read_file.rejected) == [(2, rounded_reason("NIP")), (3, rounded_reason("NIP"))]


def test_somebody_the_export_calls_retired_is_warned_of():
    _, warnings = only(pns(1, KEDUDUKAN_HUKUM_NAMA="Pensiun TMT 01-01-2026"))
    assert told(warnings) == [
        "pns.csv baris 2: kedudukan hukumnya bukan pegawai aktif; periksa sebelum diundang."
    ]
    assert only(pns(1, KEDUDUKAN_HUKUM_NAMA="Masa Persiapan Pensiun"))[1] == []
    assert only(pns(1, KEDUDUKAN_HUKUM_NAMA="Pemberhentian Sementara"))[1] == []


def test_a_roster_of_another_government_is_refused_whole():
    rows = [pns(n, INSTANSI_KERJA_NAMA="Pemerintah Kota Pekanbaru") for n in (1, 2)]
    with pytest.raises(RosterError) as caught:
        read(*rows, pns(3))
    assert caught.value.message == (
        "Berkas pns.csv adalah daftar pegawai pemerintah lain, bukan kota-dumai: 2 dari 3 baris."
    )


def test_few_people_of_another_government_are_rejected_one_by_one():
    read_file = read(
        pns(1), pns(2, INSTANSI_KERJA_NAMA="Pemerintah Kab. Bengkalis"), pns(3), pppk(4)
    )
    assert [person.row for person in read_file.people] == [2, 4, 5]
    assert reasons(read_file.rejected) == [(3, "INSTANSI KERJA NAMA adalah pemerintah lain.")]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pemerintah Kota Dumai", "kota-dumai"),
        ("PEMERINTAH KOTA  DUMAI", "kota-dumai"),
        ("Kota Dumai", "kota-dumai"),
        ("", "kota-dumai"),
        ("Pemerintah Kab. Murung Raya", "kabupaten-murung-raya"),
    ],
)
def test_the_same_government_is_recognised_however_it_is_written(name, slug):
    source = csv_file(pns(1, INSTANSI_KERJA_NAMA=name))
    assert len(read_people(source, slug).people) == 1


def test_a_file_without_a_single_row_is_warned_of():
    data = csv_file(pns(1)).data.split(b"\r\n")[0]
    read_file = read_people(type(csv_file(pns(1)))("pns.csv", data), SLUG)
    assert (read_file.people, read_file.rejected) == ([], [])
    assert told(read_file.warnings) == ["pns.csv: tidak ada satu baris pegawai pun."]


def unnamed(n=1, **cells):
    """A row whose number stands under a heading nobody knows, beside a NIK."""
    row = {"NOMOR INDUK": f"'{nip(n)}", "NIK": f"'147201170194{n:04d}", "NAMA": "SITI"}
    return row | {"UNIT KERJA": "Dinas Kesehatan"} | cells


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_a_column_of_nip_that_nobody_knows_is_asked_for_instead_of_the_nik(make):
    with pytest.raises(ColumnsMissing, match="kolom “NOMOR INDUK” yang tampaknya") as caught:
        read_people(make(unnamed(1), unnamed(2)), SLUG)
    assert caught.value.missing == ["number"]


def test_not_where_somebody_said_that_it_is_not_read():
    read_file = read_people(csv_file(unnamed(1)), SLUG, {"NOMOR INDUK": ""})
    assert [person.number_kind for person in read_file.people] == [NumberKind.NIK]


@pytest.mark.parametrize("kind", ["PNS", "CPNS", "PPPK", "PPPK Paruh Waktu"])
def test_who_is_called_asn_beside_a_nik_is_rejected_and_never_becomes_non_asn(kind):
    read_file = read(unnamed(**{"NOMOR INDUK": "", "JENIS PEGAWAI": kind}))
    assert (read_file.people, reasons(read_file.rejected)) == ([], [(2, NO_NIP)])
    assert read_file.rejected[0].column == "NIK"


@pytest.mark.parametrize("kind", ["", "Honorer", "Non PNS", "NON-PPPK"])
def test_who_is_called_something_else_beside_a_nik_is_non_asn(kind):
    (person,) = read(unnamed(**{"NOMOR INDUK": "", "JENIS PEGAWAI": kind})).people
    assert person.kind == EmployeeKind.NON_ASN
