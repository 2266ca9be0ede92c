"""Counts by the hour as hours, days or weeks."""

from datetime import UTC, datetime, timedelta

from netralitas.lib.time_steps import steps_of

JAKARTA, JAYAPURA = "Asia/Jakarta", "Asia/Jayapura"
MORNING = datetime(2023, 1, 11, 1, tzinfo=UTC)


def shown(steps):
    return [(step.label, step.count, step.total) for step in steps]


def test_nothing_makes_no_step():
    assert steps_of([], JAKARTA) == []


def test_a_day_is_shown_by_hours_with_the_empty_ones_between():
    hours = [(MORNING, 40), (MORNING + timedelta(hours=3), 2)]
    steps = steps_of(hours, JAKARTA)
    assert shown(steps) == [
        ("08.00", 40, 40),
        ("09.00", 0, 40),
        ("10.00", 0, 40),
        ("11.00", 2, 42),
    ]
    assert steps[0].told == "Rabu, 11 Januari 2023, 08.00–09.00 WIB"


def test_hours_are_those_of_the_zone():
    (step,) = steps_of([(MORNING, 1)], JAYAPURA)
    assert step.told == "Rabu, 11 Januari 2023, 10.00–11.00 WIT"


def test_weeks_of_late_signing_are_shown_by_days_as_the_zone_counts_them():
    evening = datetime(2023, 1, 13, 17, tzinfo=UTC)  # midnight in Jakarta
    steps = steps_of([(MORNING, 5), (MORNING + timedelta(hours=2), 1), (evening, 3)], JAKARTA)
    assert shown(steps) == [("11/1", 6, 6), ("12/1", 0, 6), ("13/1", 0, 6), ("14/1", 3, 9)]
    assert steps[-1].told == "Sabtu, 14 Januari 2023"


def test_months_are_shown_by_weeks_from_monday():
    steps = steps_of([(MORNING, 5), (MORNING + timedelta(days=70), 1)], JAKARTA)
    assert len(steps) == 11
    assert steps[0].told == "Pekan mulai Senin, 9 Januari 2023"
    assert (steps[0].total, steps[-1].total) == (5, 6)
