"""The poster that hangs where people gather: a QR code and a short address, readable from afar."""

from dataclasses import dataclass

from netralitas.lib import dates, qr
from netralitas.lib.codes import spaced

from . import entrance, pdf
from .pact_context import kop

SIZES = ("a4", "a3")
DENSITIES = ("density-1", "density-2", "density-3", "density-4", "density-5")
STEPS = (
    "Pindai kode QR, atau buka alamat dan isi kode acara.",
    "Isi nomor pegawai dan PIN dari slip Anda.",
    "Baca ikrar, centang, lalu tanda tangani.",
)


@dataclass(frozen=True, kw_only=True)
class Poster:
    """What the poster says, ready to print; `emblem` and `qr` are data: addresses."""

    document_title: str
    kop_government: str
    kop_agency: str
    kop_address: str
    emblem: str
    title: str
    election: str
    when: str
    place: str
    qr: str
    address: str
    code: str
    steps: tuple[str, ...] = STEPS


def poster_of(ceremony):
    """The `Poster` of a ceremony, under the letterhead of who organises it."""
    organizer = ceremony.organizer
    return Poster(
        document_title=f"Poster {ceremony.title}",
        title=ceremony.title,
        election=ceremony.election.name,
        when=dates.date_time(ceremony.starts_at, ceremony.time_zone),
        place=ceremony.place,
        qr=qr.data_uri(entrance.address_of(ceremony)),
        address=entrance.short_address(),
        code=spaced(ceremony.code),
        **kop(organizer, organizer.name, organizer.government),
    )


def render_poster(ceremony, size):
    """The PDF on one page of A4 or A3. Raises pdf.TooLongForOnePage for words beyond all measure.

    A3 is A4 with everything larger by the root of two.
    """
    poster = pdf.printable(poster_of(ceremony))
    densities = [f"{size} {density}" for density in DENSITIES]
    context = {"poster": poster}
    document = pdf.one_page("pdf/poster.html", "pdf/poster.css", context, densities=densities)
    return document.write_pdf(pdf_variant=pdf.VARIANT)
