"""The ceremonies of a month, day by day."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from netralitas.lib.dates import MONTHS, WEEKDAYS, local_day, long_date

from ..models import Ceremony

FIRST_YEAR, LAST_YEAR = 2000, 2100
AT_ONCE = 3
# No time zone of Indonesia, nor of the world, is further from Greenwich.
FURTHEST = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """A day of the grid; `ceremonies` in the order of their time. Other months' days are empty."""

    date: date
    name: str
    in_month: bool
    is_today: bool
    ceremonies: list

    @property
    def first(self):
        """What is shown at once; a campaign puts dozens of ceremonies on one day."""
        return self.ceremonies[:AT_ONCE]

    @property
    def others(self):
        """What is shown to whoever asks for it."""
        return self.ceremonies[AT_ONCE:]


@require_safe
def ceremony_calendar(request):
    """The month of `?bulan=2027-01`, or the present one; a day is that of the ceremony's zone."""
    today = timezone.localdate()
    first = month_of(request.GET.get("bulan", "")) or today.replace(day=1)
    visible = Ceremony.objects.visible_to(request.user).select_related("organizer")
    days = days_of(first, visible, today)
    empty = not any(day.ceremonies for day in days)
    context = {
        "title": name_of(first),
        "weekdays": WEEKDAYS,
        "days": days,
        "empty": empty,
        "nearest": nearest(first, visible) if empty else None,
        "previous": moved(first, -1),
        "next": moved(first, 1),
        "present": None if first == today.replace(day=1) else month(today),
    }
    return render(request, "ceremonies/calendar.html", context)


def month_of(typed):
    """The first day of the month typed as "2027-01"; None for anything else."""
    try:
        first = datetime.strptime(typed, "%Y-%m").date()
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None


def days_of(first, ceremonies, today):
    """The `Day`s of the month's whole weeks, Monday first, in one query."""
    since = datetime.combine(first, time(), UTC) - FURTHEST
    found = ceremonies.starting(since, since + timedelta(days=31) + 2 * FURTHEST)
    by_day = {}
    for ceremony in found:
        by_day.setdefault(local_day(ceremony.starts_at, ceremony.time_zone).date(), []).append(
            ceremony
        )
    return [
        Day(
            date=day,
            name=long_date(day),
            in_month=day.month == first.month,
            is_today=day == today,
            ceremonies=by_day.get(day, []) if day.month == first.month else [],
        )
        for day in Calendar().itermonthdates(first.year, first.month)
    ]


def moved(first, by):
    """The month before or after, to link to; None beyond the calendar's years."""
    at = first.year * 12 + first.month - 1 + by
    there = date(at // 12, at % 12 + 1, 1)
    return month(there) if FIRST_YEAR <= there.year <= LAST_YEAR else None


def month(day):
    """What a link to the month of `day` needs."""
    return {"query": f"{day:%Y-%m}", "name": name_of(day)}


def name_of(day):
    """Reads "Januari 2027"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def nearest(first, ceremonies):
    """The month of the next ceremony from `first` on, or else of the last before it."""
    since = datetime.combine(first, time(), UTC)
    later = ceremonies.filter(starts_at__gte=since).order_by("starts_at").first()
    found = later or ceremonies.order_by("-starts_at").first()
    return month(local_day(found.starts_at, found.time_zone)) if found else None
