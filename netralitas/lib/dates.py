"""Dates and times as Indonesian papers print them; a printed time always carries its zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE_LABELS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
# Hours east of Greenwich, as a kept moment tells its zone.
ZONES = {7: "Asia/Jakarta", 8: "Asia/Makassar", 9: "Asia/Jayapura"}
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
).split()


def zone_label(zone_name):
    """The label printed after a time: WIB, WITA or WIT. Raises KeyError for any other zone."""
    return ZONE_LABELS[zone_name]


def date_only(day, zone_name=None):
    """Reads "11 Januari 2023": of a date, or of an aware datetime as its day is in the zone.

    Without `zone_name` a datetime is read in the current time zone. Raises ValueError for a naive
    datetime and KeyError for an unknown zone.
    """
    return _printed_date(_local(day, zone_name))


def long_date(day, zone_name=None):
    """Reads "Rabu, 11 Januari 2023", the weekday computed; takes what `date_only` takes."""
    local = _local(day, zone_name)
    return f"{WEEKDAYS[local.weekday()]}, {_printed_date(local)}"


def time_with_zone(moment, zone_name):
    """Reads "08.00 WIB": hours and minutes of an aware datetime in the zone."""
    return f"{_local(moment, zone_name):%H.%M} {zone_label(zone_name)}"


def date_time(moment, zone_name):
    """Reads "Rabu, 11 Januari 2023, 08.00 WIB": of an aware datetime."""
    return f"{long_date(moment, zone_name)}, {time_with_zone(moment, zone_name)}"


def exact_date_time(moment, zone_name):
    """Reads "Rabu, 11 Januari 2023, 08.14.05 WIB": to the second, as evidence needs it."""
    local = _local(moment, zone_name)
    return f"{long_date(moment, zone_name)}, {local:%H.%M.%S} {zone_label(zone_name)}"


def kept(moment, zone_name):
    """Reads "2023-01-11T08:00:00+07:00": how the audit trail keeps an aware datetime."""
    return _local(moment, zone_name).isoformat(timespec="seconds")


def of_kept(text):
    """The `date_time` of what `kept` has made. Raises ValueError or KeyError for anything else."""
    moment = datetime.fromisoformat(text)
    return date_time(moment, ZONES[moment.utcoffset() // timedelta(hours=1)])


def in_figures(day, zone_name=None):
    """Reads "11-01-2023"; takes what `date_only` takes."""
    return f"{local_day(day, zone_name):%d-%m-%Y}"


def local_day(day, zone_name):
    """A plain date as it is; of an aware datetime the day in the zone. Raises as `date_only`."""
    return _local(day, zone_name)


def _printed_date(local):
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def _local(day, zone_name):
    """A plain date as it is; an aware datetime moved to the zone."""
    if not isinstance(day, datetime):
        return day
    if timezone.is_naive(day):
        raise ValueError("a printed time needs a datetime that knows its zone")
    if zone_name is None:
        return timezone.localtime(day)
    zone_label(zone_name)
    return day.astimezone(ZoneInfo(zone_name))
