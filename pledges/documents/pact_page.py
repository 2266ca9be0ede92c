"""The page of a pact, laid out: `pdf/pact.html` with its words and pictures."""

from netralitas.lib import qr
from netralitas.lib.empty_fields import add_field

from . import pact_pictures, pdf

# What the field is called, and what the verifier knows it by.
ACKNOWLEDGEMENT = "Mengetahui"
DENSITIES = tuple(f"density-{step}" for step in range(1, 14))


def laid_out(pact, pictures, spoken_name):
    """The document of one page. `pictures` are data: addresses; `spoken_name` is what is read aloud
    of the drawing. Raises pdf.TooLongForOnePage.
    """
    context = {"pact": pact, "pictures": pictures, "spoken_name": spoken_name}
    return pdf.one_page("pdf/pact.html", "pdf/pact.css", context, densities=DENSITIES)


def in_full(pact, record):
    """The PDF/A-3 bytes of a printable pact, laid out by itself."""
    document = laid_out(pact, pictures_of(pact), pact.signer_name)
    return pdf.to_bytes(
        document,
        identifier=pact.identifier,
        made_at=pact.signed_at,
        record=record,
        finisher=add_acknowledgement,
    )


def add_acknowledgement(document, pdf):
    """The empty field above the name of whoever takes note; the worker fills it in later
    (services/countersigning)."""
    add_field(
        document,
        pdf,
        name=ACKNOWLEDGEMENT,
        spoken="Tanda tangan pejabat yang mengetahui",
        css_class="acknowledgement",
    )


def pictures_of(pact):
    """What a pact shows beside its emblem."""
    return {
        "qr": pact_pictures.qr_uri(qr.runs(pact.verify_url)),
        "signature": pact_pictures.signature_uri(pact.strokes) if pact.strokes else "",
    }
