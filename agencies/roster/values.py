"""Cleaning of cells: what is stored is readable text, and nothing an export adds to it."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

ROMAN = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
GRADE = re.compile(r"\b(IV|I{1,3})\s?[/.\-]?\s?([A-E])\b", re.IGNORECASE)
ECHELON = re.compile(r"(?:ESELON\s*)?(IV|V|I{1,3})\s?[/.\-]?\s?([AB])", re.IGNORECASE)
NONE_WORDS = {"-", "--", "NON ESELON", "NON-ESELON", "TIDAK ADA", "NULL", "N/A", "#N/A"}
ECHELONS = tuple(f"{roman}.{letter}" for roman in ("I", "II", "III", "IV", "V") for letter in "ab")
EXCEL_EPOCH = date(1899, 12, 30)
DATES = (
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})( 00:00:00)?", re.ASCII),
)


def text(cell):
    """The cell as one line of text: no leading `'`, no control characters, single spaces.

    Letters keep their case; composed Unicode, so that a name compares equal to itself.
    """
    if cell is None or cell == "":
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    value = str(cell)
    if not (value.isascii() and value.isprintable()):
        value = unicodedata.normalize("NFC", "".join(_visible(char) for char in value))
    elif "  " not in value and value[0] not in " '" and value[-1] != " ":
        # Most cells are as they should be, and there are many of them.
        return value
    return " ".join(value.split()).lstrip("'").strip()


def _visible(char):
    """The character; a space for white space; nothing for control, format and lone surrogates."""
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn"} else char


def optional(cell):
    """Text, with the ways in which exports write "none" made blank."""
    value = text(cell)
    return "" if value.upper() in NONE_WORDS else value


def grade(cell):
    """Golongan as `III/a` (PNS) or `IX` (PPPK); what is neither stays as it was written."""
    value = optional(cell)
    found = GRADE.search(value)
    if found:
        return f"{found[1].upper()}/{found[2].lower()}"
    return value.upper() if value.upper() in ROMAN else value


def echelon(cell):
    """Eselon as `II.a`; what is none stays as it was written."""
    value = optional(cell)
    found = ECHELON.fullmatch(value)
    return f"{found[1].upper()}.{found[2].lower()}" if found else value


def phone(cell):
    """Phone number as written; a number that a numeric cell cost its leading zero gets it back."""
    value = optional(cell)
    return f"0{value}" if isinstance(cell, int | float) and value.startswith("8") else value


def email(cell):
    """(address, whether what stood there was no address): an invalid one is dropped."""
    value = optional(cell)
    if not value:
        return "", False
    try:
        validate_email(value)
    except ValidationError:
        return "", True
    return (value, False) if len(value) <= 254 else ("", True)


def day(cell):
    """The date in a cell (DD-MM-YYYY, YYYY-MM-DD, Excel serial, date cell), or None."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    value = text(cell)
    for form in DATES:
        if found := form.fullmatch(value):
            return _date(**{name: int(found[name]) for name in ("year", "month", "day")})
    if value.isascii() and value.isdigit() and len(value) == 5:
        return EXCEL_EPOCH + timedelta(days=int(value))
    return None


def _date(year, month, day):
    """The date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def comparable(name):
    """A name as it is compared with another: case and spaces do not count."""
    return " ".join(name.split()).casefold()
