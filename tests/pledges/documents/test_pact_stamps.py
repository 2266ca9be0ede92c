"""Pacts stamped onto a page laid out before look, and read, like those laid out in full."""

import gc
import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdf import PdfReader

from netralitas.lib.stamping import NotSettable, Unstampable
from pledges.documents import pact, pact_stamps, pdf
from pledges.documents.pact_pictures import image_uri
from tests import factories

from .specimens import EXTREME, LONG_NAME, NON_ASN, PNS, POINTS, PPPK

TITLED = "Prof. Dr. Ir. H. Raden Mas Muhammad Abdurrahman Wahid, S.Kep., M.Kes."
RECORD = b'{"nama":"Siti"}'
DPI = 100
# Smoothed edges of letters may differ by part of a shade; what is moved or missing is black.
SHADE, SHADES = 90, 600


def logo():
    return image_uri(factories.picture(colour="red"), "image/png")


def with_rows(context, **rows):
    """The context with other values in the identity table."""
    return replace(
        context,
        identity=tuple((label, rows.get(label, value)) for label, value in context.identity),
    )


CASES = {
    "drawn": PNS,
    "typed, late": NON_ASN,
    "no acknowledger yet": PPPK,
    "nobody acknowledges": replace(
        PPPK, acknowledger_title="", acknowledger_name="", acknowledger_number=""
    ),
    "short name": replace(with_rows(PNS, Nama="Ani"), signer_name="Ani"),
    "long name": replace(
        with_rows(PNS, Nama=TITLED),
        signer_name=TITLED,
    ),
    "unit of two lines": with_rows(
        PNS,
        **{
            "Unit Kerja": "Seksi Pencegahan dan Pengendalian Penyakit Menular, Bidang Pencegahan "
            "dan Pengendalian Penyakit, Dinas Kesehatan"
        },
    ),
    "assisted": replace(
        PNS,
        how_signed="Ditandatangani secara elektronik di perangkat Rudi Hartono, A.Md.Kep. yang "
        "mendampingi dan memeriksa identitas (KTP atau kartu pegawai dilihat), dengan goresan "
        "tanda tangan, pada Rabu, 11 Januari 2023, 08.14.05 WIB menurut jam server.",
    ),
    "signed in one line": replace(PNS, how_signed="Ditandatangani melalui tautan pribadi."),
    "eight points": replace(PNS, points=POINTS + POINTS),
    "letterhead of two lines": replace(
        PNS,
        kop_agency="DINAS PEMBERDAYAAN PEREMPUAN, PERLINDUNGAN ANAK, PENGENDALIAN PENDUDUK",
        emblem=logo(),
    ),
    "Pertama (AV To)": with_rows(PNS, Jabatan="Widyaiswara (AVATAR) Tk. I, To 11-1"),
}


def picture(content, folder, name):
    (folder / f"{name}.pdf").write_bytes(content)
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-singlefile", f"{name}.pdf", name]
    subprocess.run(command, cwd=folder, check=True)
    return Image.open(folder / f"{name}.pgm")


def stamped(context, record=RECORD):
    return pact_stamps.stamped(pdf.printable(context), record)


@pytest.mark.parametrize("name", CASES)
def test_a_stamped_pact_looks_like_one_laid_out_in_full(name, tmp_path):
    fast = picture(stamped(CASES[name]), tmp_path, "fast")
    full = picture(pact.render_in_full(CASES[name], RECORD), tmp_path, "full")
    difference = ImageChops.difference(fast, full)
    assert fast.size == full.size
    assert difference.getextrema()[1] < SHADE
    assert sum(difference.histogram()[SHADE // 3 :]) < SHADES


@pytest.mark.parametrize("name", ["drawn", "typed, late", "assisted", "letterhead of two lines"])
def test_a_stamped_pact_says_the_same_of_itself(name):
    fast, full = (
        PdfReader(BytesIO(content))
        for content in (stamped(CASES[name]), pact.render_in_full(CASES[name], RECORD))
    )
    assert fast.pages[0].extract_text().split() == full.pages[0].extract_text().split()
    assert dict(fast.metadata) == dict(full.metadata)
    assert fast.xmp_metadata.stream.get_data() == full.xmp_metadata.stream.get_data()
    assert fast.attachments == full.attachments == {"catatan.json": [RECORD]}
    assert attached(fast) == attached(full)
    assert fast.trailer["/ID"][0] == full.trailer["/ID"][0]
    assert links(fast) == links(full) == [CASES[name].verify_url]
    assert places(fast) == places(full)
    assert spoken(fast) == spoken(full)


def attached(reader):
    """What is said of the attachment."""
    file = reader.trailer["/Root"]["/AF"][0].get_object()["/EF"]["/F"].get_object()
    return dict(file["/Params"])


def links(reader):
    notes = (note.get_object() for note in reader.pages[0]["/Annots"])
    return [note["/A"]["/URI"] for note in notes if note["/Subtype"] == "/Link"]


def places(reader):
    """The names and places of the fields that wait for a signature."""
    fields = (field.get_object() for field in reader.trailer["/Root"]["/AcroForm"]["/Fields"])
    return [
        (field["/T"], field["/FT"], [round(side) for side in field["/Rect"]]) for field in fields
    ]


def spoken(reader):
    """What is read aloud of the pictures, in their order."""
    found = []

    def walk(element):
        if isinstance(element, dict):
            found.extend([element["/Alt"]] if "/Alt" in element else [])
            inside = element.get("/K", [])
            for each in inside if isinstance(inside, list) else [inside]:
                walk(each.get_object())

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object())
    return found


def test_a_stamped_pact_is_a_sound_tagged_pdf_a():
    with pikepdf.open(BytesIO(stamped(PNS))) as file:
        assert file.check_pdf_syntax() == []
        assert file.Root.MarkInfo.Marked
        assert (file.open_metadata()["pdfaid:part"], file.Root.Lang) == ("3", "id")
        assert "Siti Rahmawati" in spoken(PdfReader(BytesIO(stamped(PNS))))[1]


@pytest.mark.parametrize(
    "context",
    [
        EXTREME,
        replace(PNS, signer_name="Zoë Müller"),
        replace(PNS, signer_name="محمد"),
        replace(PNS, signer_name="Aw" * 100),
        with_rows(PNS, Jabatan="Pengelola " * 60),
        with_rows(PNS, Jabatan="Pengelola {semua} " * 6),
        replace(PNS, closing="Qx01a"),
    ],
)
def test_what_cannot_be_stamped_surely_is_laid_out_in_full(context):
    with pytest.raises((Unstampable, NotSettable)):
        stamped(context)
    assert pact.render_pact(context, RECORD) == pact.render_in_full(context, RECORD)


def test_usual_pacts_are_stamped():
    for context in CASES.values():
        assert pact.render_pact(context, RECORD) == stamped(context)


def test_the_same_pact_gives_the_same_bytes_whatever_was_made_before():
    first = stamped(CASES["assisted"])
    for context in CASES.values():
        stamped(context)
    pact_stamps.template_or_reason.cache_clear()
    assert stamped(CASES["assisted"]) == first


def test_pacts_of_one_shape_share_a_page():
    pact_stamps.template_or_reason.cache_clear()
    for n in range(30):
        name = f"Pegawai {n}"
        stamped(replace(with_rows(PNS, Nama=name), signer_name=name, place_and_date=f"{n} Mei"))
    # The first guess at how many lines there are, and what they turned out to be.
    assert pact_stamps.template_or_reason.cache_info().currsize == 2


def test_no_more_pages_are_kept_than_said():
    assert pact_stamps.template_or_reason.cache_info().maxsize == pact_stamps.KEPT


def test_memory_stays_flat():
    """A page kept for each pact, or its content, would be 24 MB."""
    held = {}
    for n in range(900):
        name = f"Pegawai {n}"
        stamped(replace(with_rows(PNS, Nama=name), signer_name=name, identifier=str(n)))
        if n in {300, 899}:
            gc.collect()
            held[n] = resident_megabytes()
    assert held[899] - held[300] < 8


def resident_megabytes():
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


WORDS = st.lists(
    st.text("ABTVWYabefiklnorty1.,'()&", min_size=1, max_size=9), min_size=1, max_size=5
)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_whatever_is_stamped_can_be_read(words):
    name = " ".join(" ".join(words).split())
    try:
        content = stamped(replace(with_rows(PNS, Nama=name), signer_name=name))
    except NotSettable:
        return
    text = "".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    assert text.count("".join(name.split())) >= 2


def test_a_long_name_stays_itself():
    assert "Nguyễn" in PdfReader(BytesIO(pact.render_pact(EXTREME))).pages[0].extract_text()
    assert "Nguyễn" in LONG_NAME
