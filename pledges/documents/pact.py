"""The integrity pact ("pakta integritas"): one A4 page for one signature."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string

from agencies.choices import NumberKind
from netralitas.lib import numbers, qr, strokes

from . import grades, pdf

DENSITIES = tuple(f"density-{step}" for step in range(1, 14))
LEGAL_NOTE = (
    "Tanda tangan elektronik tidak tersertifikasi menurut Pasal 11 Undang-Undang Informasi dan "
    "Transaksi Elektronik."
)


@dataclass(frozen=True, kw_only=True)
class PactContext:
    """Everything the page prints, ready to print: plain strings and tuples of them.

    Pictures (`emblem`, `signature`, `qr`) are data: addresses. An empty string leaves its part
    out. Either `signature` or `typed_name` is given. `signed_at` is ISO 8601 with its offset and
    becomes the date of the file; `identifier` is what tells this file from all others.
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
    signature: str = ""
    typed_name: str = ""
    acknowledger_title: str = ""
    acknowledger_name: str = ""
    acknowledger_number: str = ""
    qr: str
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
    document = pdf.one_page("pdf/pact.html", "pdf/pact.css", {"pact": pact}, densities=DENSITIES)
    return pdf.to_bytes(document, identifier=pact.identifier, made_at=pact.signed_at, record=record)


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


def signature_image(drawing):
    """The picture of a drawn signature (checked strokes)."""
    return image_uri(strokes.to_svg(drawing).encode())


def qr_image(address):
    """The picture of the QR code that leads to the verification page."""
    return qr.data_uri(address)


@cache
def neutral_emblem():
    """The picture on the letterhead of a government that has not given its logo."""
    return image_uri(render_to_string("pdf/emblem.svg").encode())


def image_uri(data, media_type="image/svg+xml"):
    """The bytes of a picture as a data: address."""
    return f"data:{media_type};base64,{b64encode(data).decode()}"
