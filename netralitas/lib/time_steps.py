"""Counts by the hour, gathered into steps that fit a picture: hours, days or weeks."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from . import dates

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
# The longest span that is shown by hours, and by days.
BY_HOURS, BY_DAYS = timedelta(hours=36), timedelta(days=62)
NAMES = {HOUR: "jam", DAY: "hari", WEEK: "pekan"}


@dataclass(frozen=True)
class Step:
    """What came in one hour, day or week: how many, and how many until its end in all."""

    begins: datetime
    length: timedelta
    count: int
    total: int

    @property
    def ends(self):
        return self.begins + self.length

    @property
    def label(self):
        """As short as it can be: "08" of an hour, "11/1" of a day or the Monday of a week."""
        if self.length == HOUR:
            return f"{self.begins:%H}.00"
        return f"{self.begins.day}/{self.begins.month}"

    @property
    def told(self):
        """In full: "Rabu, 11 Januari 2023, 08.00–09.00 WIB"."""
        if self.length == HOUR:
            zone = dates.zone_label(self.begins.tzinfo.key)
            hours = f"{self.begins:%H}.00–{self.ends:%H}.00 {zone}"
            return f"{dates.long_date(self.begins.date())}, {hours}"
        first = dates.long_date(self.begins.date())
        return first if self.length == DAY else f"Pekan mulai {first}"


def length_of(begins, ends):
    """The step that suits a span."""
    span = ends - begins
    if span <= BY_HOURS:
        return HOUR
    return DAY if span <= BY_DAYS else WEEK


def steps_of(hours, zone_name):
    """A `Step` for each hour, day or week from the first to the last of `hours`, also empty ones.

    `hours` are pairs of an aware moment, at which a whole hour begins, and a count. The zones are
    whole hours from UTC, so that an hour there is an hour here.
    """
    if not hours:
        return []
    zone = ZoneInfo(zone_name)
    moments = [moment.astimezone(zone) for moment, _ in hours]
    length = length_of(min(moments), max(moments) + HOUR)
    counted = Counter()
    for moment, (_, count) in zip(moments, hours, strict=True):
        counted[_floor(moment, length)] += count
    begins, last = min(counted), max(counted)
    found, total = [], 0
    while begins <= last:
        total += counted[begins]
        found.append(Step(begins, length, counted[begins], total))
        begins += length
    return found


def _floor(moment, length):
    """When the hour, the day or the week (its Monday) began in which `moment` lies."""
    if length == HOUR:
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.date() - timedelta(days=moment.weekday() if length == WEEK else 0)
    return datetime.combine(day, time(), moment.tzinfo)
