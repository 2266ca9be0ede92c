"""Reports of breaches are numbers, and "none" is said only where somebody counts."""

from datetime import date

import pytest
import time_machine

from agencies.models import Event
from netralitas.lib.errors import Refusal
from pledges.errors import WrongState
from pledges.models import ReportCount
from pledges.services import report_counts
from tests import factories
from tests.reporting import report_count

pytestmark = pytest.mark.django_db
NOW = "2024-01-20T10:00:00+07:00"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def election():
    return factories.ElectionFactory()


def test_nothing_is_said_where_nobody_records(election):
    assert report_counts.received(election) is None


def test_none_is_said_with_the_days_it_holds_for(election):
    report_counts.begin(actor=None, election=election, since=date(2024, 1, 2))
    assert report_counts.received(election).sentence == (
        "Belum ada laporan pelanggaran netralitas yang diterima (dicatat sejak 2 Januari 2024, "
        "keadaan per 20 Januari 2024)."
    )


def test_it_holds_as_of_the_day_when_hr_last_looked(election):
    report_counts.begin(actor=None, election=election, since=date(2024, 1, 2))
    with time_machine.travel("2024-02-01T10:00:00+07:00"):
        assert report_counts.received(election).checked_on == date(2024, 1, 20)
        report_counts.confirm(actor=None, election=election)
    assert report_counts.received(election).checked_on == date(2024, 2, 1)


def test_who_records_or_takes_back_has_not_looked_at_all_the_days_between(election):
    report = report_count(election, received_on=date(2024, 1, 20))
    with time_machine.travel("2024-11-02T10:00:00+07:00"):
        report.count = 9
        report_counts.change(actor=None, report=report)
        report_counts.remove(actor=None, report=report)
        assert report_counts.received(election).checked_on == date(2024, 1, 20)
        report_count(election, received_on=date(2024, 10, 31))
        assert report_counts.received(election).checked_on == date(2024, 10, 31)


def test_reports_are_added_up_by_kind_and_by_recipient(election):
    report_count(election, count=1_200)
    report_count(election, count=3, kind="CAMPAIGN")
    report_count(election, count=4, forwarded_to="NOBODY")
    report_count(factories.ElectionFactory(), count=99)
    received = report_counts.received(election)
    assert received.total == 1_207
    assert received.sentence.startswith("1.207 laporan pelanggaran netralitas diterima (")
    assert received.kinds == (
        ("Keberpihakan di media sosial", 1_204),
        ("Keikutsertaan dalam kampanye", 3),
    )
    assert received.recipients == (("Bawaslu", 1_203), ("Belum diteruskan", 4))


def test_what_was_recorded_can_be_corrected_and_taken_back_with_a_trace(election):
    officer = factories.user_with_role("HR", election.government)
    report = report_count(election, recorded_by=officer)
    report.count = 5
    report_counts.change(actor=officer, report=report)
    report_counts.remove(actor=officer, report=report)
    assert ReportCount.objects.count() == 0
    events = list(Event.objects.of(election))[:3]
    assert [event.act for event in events] == [
        "reports.removed",
        "reports.changed",
        "reports.added",
    ]
    told = {"report": "REPORT_SOCIAL_MEDIA", "forwarded": "TO_BAWASLU"}
    assert [event.data for event in events] == [
        {"count": 5, **told},
        {"count": 5, **told},
        {"count": 2, **told},
    ]


def test_what_is_gone_is_neither_changed_nor_taken_back_again(election):
    report = report_count(election)
    stale = ReportCount.objects.get(pk=report.pk)
    report_counts.remove(actor=None, report=report)
    for act in (report_counts.change, report_counts.remove):
        with pytest.raises(WrongState, match="sudah dihapus"):
            act(actor=None, report=stale)


def test_nothing_is_recorded_before_it_is_said_since_when(election):
    officer = factories.user_with_role("HR", election.government)
    report = ReportCount(
        election=election,
        received_on=date(2024, 1, 3),
        kind="OTHER",
        forwarded_to="BKN",
        count=1,
    )
    with pytest.raises(WrongState, match="Nyatakan lebih dahulu"):
        report_counts.add(actor=officer, report=report)
    with pytest.raises(WrongState, match="Nyatakan lebih dahulu"):
        report_counts.confirm(actor=officer, election=election)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2024, 1, 21), "Tanggal ini belum terjadi."),
        (date(2024, 1, 1), "Laporan baru dicatat sejak 2 Januari 2024."),
    ],
)
def test_a_day_to_come_or_before_the_recording_is_refused(election, day, sentence):
    with pytest.raises(Refusal, match=sentence) as refusal:
        report_count(election, received_on=day)
    assert refusal.value.field == "received_on"


def test_recording_begins_once_and_not_in_the_future(election):
    with pytest.raises(Refusal, match="belum terjadi"):
        report_counts.begin(actor=None, election=election, since=date(2024, 1, 21))
    report_counts.begin(actor=None, election=election, since=date(2024, 1, 20))
    with pytest.raises(WrongState, match="sudah dicatat"):
        report_counts.begin(actor=None, election=election, since=date(2024, 1, 2))
