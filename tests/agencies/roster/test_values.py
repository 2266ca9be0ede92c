"""Cleaning of cells."""

from datetime import UTC, date, datetime

import pytest

from agencies.roster import values


@pytest.mark.parametrize(
    ("cell", "cleaned"),
    [
        (None, ""),
        ("  PA'DMA   NURAINI ", "PA'DMA NURAINI"),
        ("'197906062001042001", "197906062001042001"),
        ("A\tB\u00a0C\r\nD", "A B C D"),
        ("A\u0000B\u0007C\u200bD\u202e", "ABCD"),
        ("Jose\u0301", "José"),
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        ("=1+1", "=1+1"),
    ],
)
def test_text_is_one_clean_line(cell, cleaned):
    assert values.text(cell) == cleaned


@pytest.mark.parametrize("cell", ["-", " - ", "--", "NULL", "#N/A", "n/a", "Non Eselon", None])
def test_ways_of_writing_none_are_blank(cell):
    assert values.optional(cell) == ""


@pytest.mark.parametrize(
    ("cell", "cleaned"),
    [
        ("III/a", "III/a"),
        ("III/A", "III/a"),
        ("iii.d", "III/d"),
        ("IVe", "IV/e"),
        ("II - c", "II/c"),
        ("Penata Muda Tingkat I, III/b", "III/b"),
        ("ix", "IX"),
        ("XVII", "XVII"),
        ("-", ""),
        ("V", "V"),
        ("Gol. Lama", "Gol. Lama"),
    ],
)
def test_golongan_has_one_spelling(cell, cleaned):
    assert values.grade(cell) == cleaned


@pytest.mark.parametrize(
    ("cell", "cleaned"),
    [
        ("II.a", "II.a"),
        ("II.A", "II.a"),
        ("IIIb", "III.b"),
        ("Eselon IV/a", "IV.a"),
        ("Non Eselon", ""),
        ("JF", "JF"),
    ],
)
def test_eselon_has_one_spelling(cell, cleaned):
    assert values.echelon(cell) == cleaned


@pytest.mark.parametrize(
    ("cell", "cleaned"),
    [
        ("081212046497", "081212046497"),
        (81212046497, "081212046497"),
        (81212046497.0, "081212046497"),
        ("+62 812-1204-6497", "+62 812-1204-6497"),
        (None, ""),
    ],
)
def test_a_phone_number_gets_the_zero_back_that_a_numeric_cell_took(cell, cleaned):
    assert values.phone(cell) == cleaned


@pytest.mark.parametrize(
    ("cell", "cleaned"),
    [
        ("a@dumai.go.id", ("a@dumai.go.id", False)),
        ("", ("", False)),
        ("-", ("", False)),
        ("belum punya", ("", True)),
        ("tidak ada", ("", False)),
        ("a@b", ("", True)),
        (f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.id", ("", True)),
    ],
)
def test_an_invalid_email_is_dropped_and_told(cell, cleaned):
    assert values.email(cell) == cleaned


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("06-06-1979", date(1979, 6, 6)),
        ("1979-06-06", date(1979, 6, 6)),
        ("06/06/1979", date(1979, 6, 6)),
        ("1979-06-06 00:00:00", date(1979, 6, 6)),
        (datetime(1979, 6, 6, tzinfo=UTC), date(1979, 6, 6)),
        (date(1979, 6, 6), date(1979, 6, 6)),
        (29012, date(1979, 6, 6)),
        ("29012", date(1979, 6, 6)),
        ("31-02-1979", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_in_every_form_an_export_has(cell, day):
    assert values.day(cell) == day
