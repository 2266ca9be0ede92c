"""What the pictures of a dashboard say of target and pace."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pledges.documents.dashboard_charts import PACE, Target, due_at, end_of, timeline
from pledges.reports import Progress
from pledges.services.dashboard_figures import Figures

JAKARTA = "Asia/Jakarta"
OPENED = datetime(2023, 1, 11, 1, tzinfo=UTC)
# Ninety signatures are expected: ten people are excused.
TOTAL = Progress(name="", invited=100, signed=30, excused=7, refused=3)
TARGET = Target(OPENED, OPENED + timedelta(days=9), JAKARTA)


def figures(hours, total=TOTAL):
    return Figures(total, opds=[], kinds=[], grades=[], waves=[], hours=hours, annulled=0)


@pytest.mark.parametrize(("days", "due"), [(-1, 0), (0, 0), (1, 10), (4.5, 45), (9, 90), (400, 90)])
def test_an_even_pace_leads_from_nobody_to_all_who_are_expected(days, due):
    assert due_at(TOTAL, TARGET, OPENED + timedelta(days=days)) == due


def test_without_an_end_no_pace_is_asked_for():
    drawn = timeline(figures([(OPENED, 30)]), Target(OPENED, None, JAKARTA), OPENED)
    assert drawn.line_told == "30 dari target 90 tanda tangan."
    assert "chart-pace" not in drawn.line["lebar"]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (2, f"10 lebih banyak daripada laju rata, yang sampai saat ini 20. {PACE}"),
        (5, f"20 kurang dari laju rata, yang sampai saat ini 50. {PACE}"),
        (9, "Batas target: Jumat, 20 Januari 2023, 08.00 WIB."),
    ],
)
def test_it_is_told_whether_they_are_ahead_or_behind_until_the_end(days, told):
    drawn = timeline(figures([(OPENED, 30)]), TARGET, OPENED + timedelta(days=days))
    assert drawn.line_told.endswith(told)
    assert drawn.line["lebar"].count("chart-pace") == 1


def test_nobody_who_has_signed_is_no_picture():
    assert timeline(figures([]), TARGET, OPENED) is None


def test_steps_add_up_to_all_who_have_signed_and_the_busiest_is_told():
    later = OPENED + timedelta(hours=2)
    drawn = timeline(figures([(OPENED, 20), (later, 10)]), TARGET, later + timedelta(hours=1))
    assert (drawn.unit, drawn.steps[-1].total) == ("jam", TOTAL.signed)
    assert drawn.columns_told == (
        "Paling banyak dalam satu jam: 20 tanda tangan, Rabu, 11 Januari 2023, 08.00–09.00 WIB."
    )


def test_the_last_day_of_a_campaign_lasts_until_its_last_minute():
    ends = end_of(date(2023, 1, 31), JAKARTA)
    assert ends.astimezone(UTC) == datetime(2023, 1, 31, 16, 59, tzinfo=UTC)
