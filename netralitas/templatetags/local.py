"""Dates, times and numbers in pages, as Indonesians write them."""

from django import template

from netralitas.lib import codes, dates, numbers

register = template.Library()


@register.filter
def moment(value, zone):
    """A moment in a zone: "Rabu, 11 Januari 2023, 08.00 WIB"; empty for none."""
    return dates.date_time(value, zone) if value else ""


@register.filter
def exact_moment(value, zone):
    """The same to the second."""
    return dates.exact_date_time(value, zone) if value else ""


@register.filter
def clock(value, zone):
    """The hour of a moment in a zone: "08.00 WIB"."""
    return dates.time_with_zone(value, zone)


@register.filter
def day(value, zone=None):
    """A day: "11 Januari 2023"; of a moment as the day is in the zone."""
    return dates.date_only(value, zone) if value else ""


@register.filter
def printed_number(person):
    """The number of an employee or participant in its groups."""
    return numbers.printed(person.number, person.number_kind)


@register.filter
def receipt(code):
    """A receipt code in its groups."""
    return codes.grouped(code)


@register.filter
def spaced(code):
    """A ceremony code in two groups of four."""
    return codes.spaced(code)


@register.filter
def in_fours(code):
    """A longer code in groups of four, to be typed."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
