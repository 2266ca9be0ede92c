"""The printed sheet of PIN slips: name, number, PIN and a QR that opens the entrance."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from netralitas.lib import dates, numbers, qr

from . import pdf


@dataclass(frozen=True)
class PrintedSlip:
    """One slip, ready to print."""

    name: str
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
    entrance = reverse("ceremony-entrance", args=[participant.ceremony.code])
    address = f"{settings.SITE_URL}{entrance}?{urlencode({'nip': participant.number})}"
    return PrintedSlip(
        name=participant.name,
        number=numbers.printed(participant.number, participant.number_kind),
        unit=participant.agency_name,
        pin=f"{slip.pin[:4]} {slip.pin[4:]}",
        qr=qr.data_uri(address),
    )
