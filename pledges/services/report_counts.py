"""Reports of breaches that reached HR: how many, never about whom. The only writer of its tables.

"Belum ada laporan" is true only where somebody writes reports down: `ReportWatch` says since when,
and until which day HR has looked.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import number_format

from agencies.services import events
from netralitas.lib.dates import date_only
from netralitas.lib.errors import Refusal

from ..choices import ReportKind, ReportRecipient
from ..errors import WrongState
from ..models import ReportCount, ReportWatch

ALREADY = "Laporan tentang pemilu ini sudah dicatat."
NOT_RECORDED = "Nyatakan lebih dahulu sejak kapan laporan tentang pemilu ini dicatat."
IN_FUTURE = "Tanggal ini belum terjadi."
TOO_EARLY = "Laporan baru dicatat sejak {since}."
GONE = "Catatan ini sudah dihapus."


@dataclass(frozen=True)
class ReportsReceived:
    """How many reports about one election were recorded; pairs of label and number add up to all.

    `sentence` says it to everybody, with the days it holds for.
    """

    total: int
    since: date
    checked_on: date
    kinds: tuple[tuple[str, int], ...]
    recipients: tuple[tuple[str, int], ...]

    @property
    def sentence(self):
        """That there is none yet, or how many; always since when and until which day."""
        days = f"dicatat sejak {date_only(self.since)}, keadaan per {date_only(self.checked_on)}"
        if not self.total:
            return f"Belum ada laporan pelanggaran netralitas yang diterima ({days})."
        number = number_format(self.total, force_grouping=True)
        return f"{number} laporan pelanggaran netralitas diterima ({days})."


def received(election):
    """The `ReportsReceived` of an election; None where nobody records them, so nothing is known."""
    watch = ReportWatch.objects.filter(election=election).first()
    if watch is None:
        return None
    kinds, recipients = Counter(), Counter()
    grouped = ReportCount.objects.filter(election=election).order_by()
    sums = grouped.values_list("kind", "forwarded_to").annotate(n=Sum("count"))
    for kind, recipient, count in sums:
        kinds[kind] += count
        recipients[recipient] += count
    return ReportsReceived(
        total=kinds.total(),
        since=watch.since,
        checked_on=watch.checked_on,
        kinds=_told(ReportKind, kinds),
        recipients=_told(ReportRecipient, recipients),
    )


@transaction.atomic
def begin(*, actor, election, since, checked_on=None):
    """Say that reports are recorded from the day `since` on. Raises WrongState if that was said,
    Refusal for a day to come. `checked_on` is a day before today of an older recording that is
    entered now; no page gives it.
    """
    _check_day(election, since, since, "since")
    watch, created = ReportWatch.objects.get_or_create(
        election=election,
        defaults={"since": since, "checked_on": checked_on or today_of(election)},
    )
    if not created:
        raise WrongState(ALREADY)
    _record(actor, "reports.begun", election)
    return watch


@transaction.atomic
def confirm(*, actor, election):
    """Say that what is recorded holds as of today. Raises WrongState if nobody records."""
    _looked(_watch(election), today_of(election))
    _record(actor, "reports.confirmed", election)


@transaction.atomic
def add(*, actor, report):
    """Record reports of one day, kind and recipient. Raises WrongState if nobody records, Refusal
    for a day to come or before the recording began.

    HR has looked until that day, not until today: that is said by `confirm` alone.
    """
    watch = _check(report)
    report.recorded_by = actor
    report.save()
    _looked(watch, report.received_on)
    _record(actor, "reports.added", report.election, report)
    return report


@transaction.atomic
def change(*, actor, report):
    """Correct what was recorded. Raises as `add`, and WrongState if it is no more."""
    _locked(report)
    _check(report)
    report.save()
    _record(actor, "reports.changed", report.election, report)
    return report


@transaction.atomic
def remove(*, actor, report):
    """Take back what was recorded by mistake. Raises WrongState if it is no more."""
    stored = _locked(report)
    _record(actor, "reports.removed", stored.election, stored)
    stored.delete()


def today_of(election):
    """The day it is where the election is held."""
    return timezone.localdate(timezone=ZoneInfo(election.government.time_zone))


def _check(report):
    """The recording into which the report fits."""
    watch = _watch(report.election)
    _check_day(report.election, report.received_on, watch.since, "received_on")
    return watch


def _check_day(election, day, since, field):
    if day > today_of(election):
        raise Refusal(IN_FUTURE, field)
    if day < since:
        raise Refusal(TOO_EARLY.format(since=date_only(since)), field)


def _watch(election):
    watch = ReportWatch.objects.select_for_update().filter(election=election).first()
    if watch is None:
        raise WrongState(NOT_RECORDED)
    return watch


def _looked(watch, day):
    watch.checked_on = max(watch.checked_on, day)
    watch.save()


def _locked(report):
    related = ReportCount.objects.select_for_update(of=("self",)).select_related(
        "election__government"
    )
    stored = related.filter(pk=report.pk).first()
    if stored is None:
        raise WrongState(GONE)
    return stored


def _told(choices, counts):
    return tuple((each.label, counts[each]) for each in choices if counts[each])


def _record(actor, act, election, report=None):
    data = {}
    if report:
        data = {
            "count": report.count,
            "report": f"REPORT_{report.kind}",
            "forwarded": f"TO_{report.forwarded_to}",
        }
    events.record(actor=actor, act=act, obj=election, government=election.government, data=data)
