"""The integrity pact ("pakta integritas"): one A4 page for one signature.

`pdf/pact.html` says how it looks; `render_in_full` lays it out. Most pacts of a ceremony differ in
a few words only, so `render_pact` stamps those onto a page laid out before (`pact_stamps`), and
lays out in full what cannot be stamped. Both look the same; which of them makes a pact depends on
nothing but the pact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string

from agencies.choices import NumberKind
from netralitas.lib import numbers
from netralitas.lib.stamping import NotSettable, Unstampable

from . import grades, pact_page, pact_pictures, pact_stamps, pdf

LEGAL_NOTE = (
    "Tanda tangan elektronik tidak tersertifikasi menurut Pasal 11 Undang-Undang Informasi dan "
    "Transaksi Elektronik."
)


@dataclass(frozen=True, kw_only=True)
class PactContext:
    """Everything the page prints, ready to print: plain strings and tuples of them.

    `emblem` is a data: address, `strokes` a checked drawing, `verify_url` what the QR code leads
    to. What is empty leaves its part out. Either `strokes` or `typed_name` is given. `signed_at` is
    ISO 8601 with its offset and becomes the date of the file; `identifier` is what tells this file
    from all others.
    """

    document_title: str
    identifier: str
    signed_at: str
    kop_government: str
    kop_agency: str
    kop_address: str
    emblem: str
    heading: tuple[str, ...]
    number: str = ""
    identity: tuple[tuple[str, str], ...]
    opening: str
    points: tuple[str, ...]
    sanction: str
    closing: str
    place_and_date: str
    signer_name: str
    signer_number: str
    strokes: Sequence = ()
    typed_name: str = ""
    acknowledger_title: str = ""
    acknowledger_name: str = ""
    acknowledger_number: str = ""
    verify_url: str
    receipt: str
    digest: str
    how_signed: str
    late_label: str = ""
    legal_note: str = LEGAL_NOTE


def render_pact(context, record=b""):
    """The PDF/A-3 bytes of the page, always one page; the same context gives the same bytes.

    `record` is the canonical record of the signature, attached to the file as its source. Raises
    pdf.TooLongForOnePage for a text far beyond eight long points.
    """
    pact = pdf.printable(context)
    try:
        return pact_stamps.stamped(pact, record)
    except (Unstampable, NotSettable):
        return pact_page.in_full(pact, record)


def render_in_full(context, record=b""):
    """The same page laid out by itself: what `render_pact` must look like."""
    return pact_page.in_full(pdf.printable(context), record)


def identity_rows(*, name, number, kind, grade, position, unit, government):
    """The rows of the identity table; what is not known is left out."""
    rows = (
        ("Nama", name),
        (NumberKind(kind).label, numbers.printed(number, kind)),
        ("Pangkat/Golongan Ruang", grades.grade_with_rank(grade)),
        ("Jabatan", position),
        ("Unit Kerja", unit),
        ("Instansi", government),
    )
    return tuple((label, value) for label, value in rows if value.strip())


def number_line(number, kind):
    """The line under a printed name: "NIP 19790606 200104 2 001"; empty without a number."""
    return f"{NumberKind(kind).label} {numbers.printed(number, kind)}" if number else ""


@cache
def neutral_emblem():
    """The picture on the letterhead of a government that has not given its logo."""
    return pact_pictures.image_uri(render_to_string("pdf/emblem.svg").encode())
