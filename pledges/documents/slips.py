"""The printed sheet of PIN slips: name, number, PIN and a QR that opens the entrance."""

from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.urls import reverse

from netralitas.lib import dates, numbers, qr

from . import pdf

LINES = {"": 8, "long": 11.5, "longer": 16}
# How many characters of each part fill a line at the normal size, and how tall that line is.
CEREMONY, NAME, UNIT = (44, 0.9), (25, 1.2), (42, 0.95)


@dataclass(frozen=True)
class PrintedSlip:
    """One slip, ready to print; `density` is the CSS class that lets long names fit."""

    density: str
    name: str
    number_label: str
    number: str
    unit: str
    pin: str
    qr: str


@dataclass(frozen=True)
class Sheet:
    """What all slips of a sheet share."""

    document_title: str
    ceremony: str
    when: str
    address: str
    code: str
    opd: str


def render_slips(ceremony, opd, slips):
    """The PDF of a sheet: two slips a row with cut marks, in the order given.

    This is the only place where PINs exist in clear.
    """
    context = {"sheet": sheet_of(ceremony, opd), "slips": [printed(slip) for slip in slips]}
    return pdf.laid_out("pdf/slips.html", "pdf/slips.css", context).write_pdf()


def sheet_of(ceremony, opd):
    """The words that every slip of the sheet carries."""
    return Sheet(
        document_title=f"Slip PIN {opd.name}",
        ceremony=ceremony.title,
        when=dates.date_time(ceremony.starts_at, ceremony.time_zone),
        address=settings.SITE_URL.split("://")[1] + reverse("entrance"),
        code=f"{ceremony.code[:4]} {ceremony.code[4:]}",
        opd=opd.name,
    )


def printed(slip):
    """One slip; its QR fills in the number, never the PIN."""
    participant = slip.participant
    ceremony = participant.ceremony
    return PrintedSlip(
        density=density(ceremony.title, participant.name, participant.agency_name),
        name=participant.name,
        number_label=participant.get_number_kind_display(),
        number=numbers.printed(participant.number, participant.number_kind),
        unit=participant.unit_with_opd,
        pin=f"{slip.pin[:4]} {slip.pin[4:]}",
        qr=qr.data_uri(entrance_address(participant)),
    )


def entrance_address(participant):
    """The entrance with the number behind "#", which a browser keeps to itself.

    Behind "?" it would stand in the log of every server on the way.
    """
    entrance = reverse("ceremony-entrance", args=[participant.ceremony.code])
    return f"{settings.SITE_URL}{entrance}#nip={participant.number}"


def density(ceremony, name, unit):
    """The CSS class under which these fit on a slip whole; "" for those of usual length."""
    lines = sum(
        ceil(len(text) / width) * height
        for text, (width, height) in ((ceremony, CEREMONY), (name, NAME), (unit, UNIT))
    )
    return next((css for css, most in LINES.items() if lines <= most), "longest")
