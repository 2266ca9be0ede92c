"""Numbers: the wrong length is rejected, a rounded one never imported, oddities are told."""

from datetime import date

import pytest

from agencies.choices import EmployeeKind, NumberKind
from agencies.errors import RowRejected
from agencies.roster.identity import (
    all_rounded,
    kind_from_number,
    oddities,
    read_number,
    rounded_reason,
)

NIP = "197906062001042001"
BORN = date(1979, 6, 6)


@pytest.mark.parametrize(
    ("cell", "label", "number"),
    [
        (f"'{NIP}", "NIP", NIP),
        ("19790606 200104 2 001", "NIP", NIP),
        (f"\u00a0{NIP} ", "NIP", NIP),
        (197906062001042001, "NIP", NIP),
        ("'1472011701940001", "NIK", "1472011701940001"),
        (1472011701940001, "NIK", "1472011701940001"),
        ("'197906062001042000", "NIP", "197906062001042000"),
    ],
)
def test_a_whole_number_is_read(cell, label, number):
    assert read_number(cell, label) == number


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        (1.97906062001042e17, "NIP"),
        (197906062001042000, "NIP"),
        (int(float(NIP)), "NIP"),
        ("1,97906E+17", "NIP"),
        ("1.97906062001042e17", "NIP"),
        ("2E+17", "NIP"),
        ("197906062001042000,00", "NIP"),
        ("197906062001042000.0", "NIP"),
        (1472011701940000, "NIK"),
        (1.47201170194e15, "NIK"),
        ("1,47201E+15", "NIK"),
    ],
)
def test_a_number_that_excel_rounded_is_rejected_with_how_to_export_it_whole(cell, label):
    with pytest.raises(RowRejected) as caught:
        read_number(cell, label)
    assert str(caught.value) == rounded_reason(label)
    assert "Unduh ulang CSV dari SIASN" in rounded_reason(label)


@pytest.mark.parametrize(
    ("cell", "label", "reason"),
    [
        (None, "NIP", "NIP kosong."),
        (" ' ", "NIK", "NIK kosong."),
        ("12345", "NIP", "NIP harus 18 angka; tertulis 5 angka."),
        (12345, "NIP", "NIP harus 18 angka; tertulis 5 angka."),
        (NIP, "NIK", "NIK harus 16 angka; tertulis 18 angka."),
        ("19790606200104200A", "NIP", "NIP memuat huruf atau tanda; harus 18 angka saja."),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨", "NIP", "NIP memuat huruf atau tanda; harus 18 angka saja."),
        (True, "NIP", "NIP memuat huruf atau tanda; harus 18 angka saja."),
    ],
)
def test_a_number_of_another_length_is_rejected_with_the_reason(cell, label, reason):
    with pytest.raises(RowRejected) as caught:
        read_number(cell, label)
    assert str(caught.value) == reason


def test_a_file_whose_unmarked_numbers_all_end_in_zeros_went_through_excel():
    assert all_rounded(["197906062001042000"], "NIP")
    assert not all_rounded(["197906062001042000", NIP], "NIP")
    assert all_rounded(["1472011701940000"] * 3, "NIK")
    assert not all_rounded(["1472011701940000"] * 2, "NIK")
    assert not all_rounded([], "NIP")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (NIP, EmployeeKind.PNS),
        ("198806042024212001", EmployeeKind.PPPK),
        ("198806042024002001", None),
        ("198806042024132001", None),
    ],
)
def test_a_month_means_pns_and_a_code_from_21_pppk(number, kind):
    assert kind_from_number(number) == kind


@pytest.mark.parametrize(
    ("number", "kind", "born", "odd"),
    [
        (NIP, NumberKind.NIP, BORN, []),
        (NIP, NumberKind.NIP, None, []),
        (
            NIP,
            NumberKind.NIP,
            date(1979, 6, 7),
            ["tanggal lahir di dalam nomor berbeda dari kolom TANGGAL LAHIR"],
        ),
        (
            "197902312001132001",
            NumberKind.NIP,
            BORN,
            [
                "tanggal lahir di dalam nomor tidak mungkin",
                "bulan TMT CPNS di dalam NIP tidak mungkin",
            ],
        ),
        (
            "297906062001043000",
            NumberKind.NIP,
            None,
            [
                "tanggal lahir di dalam nomor tidak mungkin",
                "angka jenis kelamin di dalam nomor bukan 1 atau 2",
                "nomor urut di akhir nomor 000",
            ],
        ),
        ("198806042024242001", NumberKind.NI_PPPK, None, []),
        (NIP, NumberKind.NI_PPPK, BORN, ["kode di dalam NI PPPK tidak lazim"]),
        ("1472011701940001", NumberKind.NIK, date(1994, 1, 17), []),
        ("1472015701940001", NumberKind.NIK, date(1994, 1, 17), []),
        ("1472011701040001", NumberKind.NIK, date(2004, 1, 17), []),
        (
            "1472017501940001",
            NumberKind.NIK,
            None,
            ["tanggal lahir di dalam nomor tidak mungkin"],
        ),
    ],
)
def test_what_is_odd_is_told_and_no_reason_to_reject(number, kind, born, odd):
    assert oddities(number, kind, born) == odd
