"""A sample of the pact that a text leads to: for one invented person, marked CONTOH, unsealed.

It is laid out by the templates of the pact itself, so that what HR looks at is what people get.
"""

from datetime import date

from django.conf import settings
from django.urls import reverse

from agencies.choices import AgencyLevel, NumberKind
from agencies.models import Agency
from netralitas.lib import dates

from ..models import Ceremony, Election
from ..services import text_patterns
from . import pact, pact_page, pdf
from .pact_context import emblem, heading, letterhead, seat_of, wording

SAMPLE = "CONTOH"
NOT_CHOSEN = "(pemilu belum dipilih)"
NAME, NUMBER = "Siti Contoh, S.Sos.", "197001011995012001"
OPD = "Dinas Contoh"
DAY = date(2000, 1, 3)
UNTIL_SIGNED = "Contoh tampilan: tidak ditandatangani siapa pun dan tidak berlaku sebagai pakta."
# A signature of two strokes, in the box of netralitas.lib.strokes.
STROKES = (
    ((1200, 3300), (1900, 1300), (2500, 3100), (3200, 1500), (3900, 3000), (4800, 2300)),
    ((1000, 3900), (4100, 3500), (7600, 3800)),
)


def sample_context(text, government):
    """The `PactContext` of the sample: the words of `text` as far as they can be filled."""
    election = text.election or Election(name=NOT_CHOSEN)
    told = filled_copy(text)
    opd = Agency(level=AgencyLevel.OPD, name=OPD)
    return pact.PactContext(
        document_title=f"{SAMPLE} Pakta Integritas",
        identifier=SAMPLE,
        signed_at=f"{DAY}T00:00:00+00:00",
        **letterhead(opd, OPD, government),
        emblem=emblem(government),
        heading=heading(Ceremony(text=told, election=election)),
        identity=pact.identity_rows(
            name=NAME,
            number=NUMBER,
            kind=NumberKind.NIP,
            grade="III/d",
            position="Analis Kebijakan Ahli Muda",
            unit=OPD,
            government=government.name,
        ),
        place_and_date=f"{seat_of(government)}, {dates.date_only(DAY)}",
        signer_name=NAME,
        signer_number=pact.number_line(NUMBER, NumberKind.NIP),
        strokes=STROKES,
        acknowledger_title=f"Kepala {OPD}",
        verify_url=settings.SITE_URL + reverse("verify"),
        receipt=SAMPLE,
        digest=text.digest or "(ada setelah naskah diterbitkan)",
        how_signed=UNTIL_SIGNED,
        late_label=SAMPLE,
        **wording(told),
    )


def filled_copy(text):
    """`text` with its placeholders filled as far as possible; an object of its own, unsaved."""
    copy = type(text)(
        government=text.government, title=text.title, version=text.version, election=text.election
    )
    for name, value in text_patterns.filled(text, text.election).items():
        setattr(copy, name, value)
    return copy


def sample_pdf(text, government):
    """The bytes of the sample. Raises pdf.TooLongForOnePage as the pact would."""
    sample = pdf.printable(sample_context(text, government))
    page = {
        "pact": sample,
        "pictures": pact_page.pictures_of(sample),
        "spoken_name": sample.signer_name,
    }
    document = pdf.one_page(
        "pdf/pact.html", "pdf/pact_sample.css", page, densities=pact_page.DENSITIES
    )
    return pdf.to_bytes(document, identifier=sample.identifier, made_at=sample.signed_at)
