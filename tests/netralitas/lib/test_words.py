"""Numbers and dates are spelled out as Indonesian minutes do."""

from datetime import UTC, datetime

import pytest

from netralitas.lib.words import date_in_words, in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (15, "lima belas"),
        (20, "dua puluh"),
        (31, "tiga puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2022, "dua ribu dua puluh dua"),
        (8379, "delapan ribu tiga ratus tujuh puluh sembilan"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (5_588_245, "lima juta lima ratus delapan puluh delapan ribu dua ratus empat puluh lima"),
        (1_000_000_001, "satu miliar satu"),
    ],
)
def test_a_number_is_spelled_out(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize("number", [-1, 10**12])
def test_what_cannot_be_spelled_out_is_refused(number):
    with pytest.raises(ValueError, match="spelled out"):
        in_words(number)


def test_a_date_is_spelled_out_in_its_zone():
    moment = datetime(2022, 12, 12, 23, 30, tzinfo=UTC)
    assert date_in_words(moment, "Asia/Jakarta") == (
        "Selasa tanggal tiga belas bulan Desember tahun dua ribu dua puluh dua"
    )
