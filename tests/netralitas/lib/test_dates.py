"""Printed dates and times."""

from datetime import UTC, date, datetime

import pytest

from netralitas.lib import dates

JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
ASSEMBLY = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)
NEAR_MIDNIGHT = datetime(2023, 1, 10, 16, 30, 59, tzinfo=UTC)


def test_weekdays_are_computed_from_the_date():
    assert dates.long_date(date(2022, 12, 13)) == "Selasa, 13 Desember 2022"
    assert dates.long_date(date(2023, 1, 11)) == "Rabu, 11 Januari 2023"
    assert dates.long_date(date(2020, 10, 12)) == "Senin, 12 Oktober 2020"
    assert dates.long_date(date(2024, 2, 29)) == "Kamis, 29 Februari 2024"
    assert dates.long_date(date(2024, 3, 1)) == "Jumat, 1 Maret 2024"


def test_every_month_has_its_indonesian_name():
    printed = [dates.date_only(date(2024, month, 7)).split()[1] for month in range(1, 13)]
    assert printed == [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ]  # fmt: skip


def test_a_day_begins_at_midnight_of_the_zone():
    assert dates.date_only(NEAR_MIDNIGHT, JAKARTA) == "10 Januari 2023"
    assert dates.long_date(NEAR_MIDNIGHT, MAKASSAR) == "Rabu, 11 Januari 2023"
    assert dates.long_date(NEAR_MIDNIGHT, JAYAPURA) == "Rabu, 11 Januari 2023"


def test_a_moment_without_a_named_zone_is_read_in_the_current_one(settings):
    assert settings.TIME_ZONE == JAKARTA
    assert dates.long_date(datetime(2023, 1, 10, 18, 0, tzinfo=UTC)) == "Rabu, 11 Januari 2023"


@pytest.mark.parametrize(
    ("zone", "printed"),
    [(JAKARTA, "08.00 WIB"), (MAKASSAR, "09.00 WITA"), (JAYAPURA, "10.00 WIT")],
)
def test_a_time_carries_its_zone(zone, printed):
    assert dates.time_with_zone(ASSEMBLY, zone) == printed
    assert dates.date_time(ASSEMBLY, zone) == f"Rabu, 11 Januari 2023, {printed}"


def test_evidence_is_dated_to_the_second():
    assert dates.exact_date_time(NEAR_MIDNIGHT, JAKARTA) == "Selasa, 10 Januari 2023, 23.30.59 WIB"


def test_a_zone_that_is_not_indonesian_is_refused():
    with pytest.raises(KeyError):
        dates.zone_label("Asia/Singapore")
    with pytest.raises(KeyError):
        dates.time_with_zone(ASSEMBLY, "Asia/Singapore")
    with pytest.raises(KeyError):
        dates.long_date(ASSEMBLY, "Nowhere")


def test_a_moment_that_does_not_know_its_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        dates.date_only(datetime(2023, 1, 11, 8, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("zone", "kept", "printed"),
    [
        (JAKARTA, "2023-01-11T08:00:00+07:00", "Rabu, 11 Januari 2023, 08.00 WIB"),
        (MAKASSAR, "2023-01-11T09:00:00+08:00", "Rabu, 11 Januari 2023, 09.00 WITA"),
        (JAYAPURA, "2023-01-11T10:00:00+09:00", "Rabu, 11 Januari 2023, 10.00 WIT"),
    ],
)
def test_a_moment_kept_is_printed_in_its_own_zone_again(zone, kept, printed):
    assert dates.kept(ASSEMBLY, zone) == kept
    assert dates.of_kept(kept) == printed
