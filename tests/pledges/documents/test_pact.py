"""The printed integrity pact."""

import subprocess
from dataclasses import asdict, replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from netralitas.lib import qr
from netralitas.lib.pictures import small_png
from pledges.documents import pact
from pledges.documents.pact_pictures import image_uri
from pledges.documents.pdf import ForbiddenFetch, TooLongForOnePage

from .specimens import ADDRESS, EXTREME, LONG_NAME, NON_ASN, PNS, POINTS, PPPK

PICTURES = {"emblem", "strokes"}
NOT_ON_THE_PAGE = PICTURES | {"document_title", "identifier", "signed_at"}
LINES = ["PEMERINTAH KOTA DUMAI", "DINAS KESEHATAN", "Saya yang bertanda tangan di bawah ini:"]


def read(context, record=b""):
    return PdfReader(BytesIO(pact.render_pact(context, record)))


def text_of(reader):
    """The text of the page without any space: lines break where they fit."""
    return "".join(reader.pages[0].extract_text().split())


def flattened(value):
    if isinstance(value, str):
        return [value]
    return [text for item in value for text in flattened(item)]


@pytest.mark.parametrize("context", [PNS, PPPK, NON_ASN, EXTREME])
def test_everything_is_printed_on_one_a4_page(context):
    reader = read(context)
    page = text_of(reader)
    printed = {key: value for key, value in asdict(context).items() if key not in NOT_ON_THE_PAGE}
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox] == [0, 0, 595, 842]
    assert [text for text in flattened(printed.values()) if "".join(text.split()) not in page] == []


def test_the_receipt_is_called_what_the_pages_call_it():
    page = text_of(read(PNS))
    assert "Kodebukti" in page
    assert "tandaterima" not in page


def test_the_file_says_what_it_is():
    reader = read(PNS)
    assert reader.metadata.title == "Pakta Integritas – Siti Rahmawati, S.Kep., M.Kes."
    assert reader.metadata.creation_date.isoformat() == "2023-01-11T08:14:05+07:00"
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert b'pdfaid:part="3"' in reader.trailer["/Root"]["/Metadata"].get_data()


def test_points_are_numbered_in_their_order():
    points = tuple(f"{word} {POINTS[0]}" for word in "satu dua tiga empat lima enam".split())
    page = read(replace(PNS, points=points)).pages[0]
    lines = [line.split() for line in page.extract_text(extraction_mode="layout").splitlines()]
    heads = [line[:2] for line in lines if line and line[0][-1] == "." and line[0][0].isdigit()]
    assert heads == [
        ["1.", "satu"],
        ["2.", "dua"],
        ["3.", "tiga"],
        ["4.", "empat"],
        ["5.", "lima"],
        ["6.", "enam"],
    ]


def test_an_unsigned_acknowledgement_leaves_room_for_one():
    page = text_of(read(PPPK))
    assert "Mengetahui,KepalaDinasKesehatan," in page
    assert "Syaiful" not in page


def test_without_an_acknowledger_and_a_number_neither_is_mentioned():
    page = text_of(read(replace(NON_ASN, number="")))
    assert "Mengetahui" not in page
    assert "Nomor" not in page


def test_a_typed_name_is_told_from_a_drawing():
    assert "Lestari binti Ahmad\n(nama diketik sebagai tanda tangan)" in (
        read(NON_ASN).pages[0].extract_text()
    )
    assert "diketik" not in text_of(read(PNS))


def test_the_signature_is_called_uncertified_and_nobody_elses():
    page = read(PNS).pages[0].extract_text()
    assert "tidak tersertifikasi menurut Pasal 11" in page
    assert "BSrE" not in page
    assert "Balai Sertifikasi" not in page


def test_html_in_a_name_is_printed_as_it_was_typed():
    name = "Budi <b>Tebal</b> & <script>alert(1)</script>"
    assert "Budi<b>Tebal</b>&<script>alert(1)</script>" in text_of(
        read(replace(PNS, signer_name=name))
    )


def test_no_mark_can_turn_a_name_around():
    name = "Budi\u202e itnaS\u202c\u200f \x00\x07Santoso\nM.\u2011Si."
    assert "Budi itnaS Santoso M.-Si." in (
        read(replace(PNS, signer_name=name)).pages[0].extract_text()
    )


def test_words_without_a_space_stay_inside_the_page():
    endless = "Aw" * 100
    context = replace(EXTREME, kop_agency=endless, signer_name=endless, points=(endless * 3,) * 8)
    page = text_of(read(context))
    assert page.count("Aw") == 100 * 2 + 300 * 8


def test_a_text_that_no_page_holds_is_refused_not_cut():
    with pytest.raises(TooLongForOnePage):
        pact.render_pact(replace(PNS, points=POINTS * 15))


def test_the_same_context_gives_the_same_bytes():
    assert pact.render_pact(PNS, b"{}") == pact.render_pact(PNS, b"{}")
    assert pact.render_pact(PNS) != pact.render_pact(replace(PNS, identifier="lain"))


def test_the_signed_record_is_attached_as_the_source():
    record = '{"nama":"Peña"}'.encode()
    reader = read(PNS, record)
    files = [file.get_object() for file in reader.trailer["/Root"]["/AF"]]
    assert reader.attachments == {"catatan.json": [record]}
    assert {file["/AFRelationship"] for file in files} == {"/Source"}
    assert read(PNS).attachments == {}


@pytest.mark.parametrize("address", ["https://example.org/a.png", "file:///etc/hostname"])
def test_nothing_outside_the_page_is_fetched(address):
    with pytest.raises(ForbiddenFetch):
        pact.render_pact(replace(PNS, emblem=address))


def test_the_neutral_emblem_stands_in_for_a_logo():
    assert pact.neutral_emblem().startswith("data:image/svg+xml;base64,")
    assert len(read(replace(PNS, emblem=pact.neutral_emblem())).pages) == 1


def logo(mode):
    """A logo as it is kept: red, and through its upper half one sees where it can be."""
    picture = Image.new("RGBA", (300, 400), (200, 30, 20, 255))
    picture.paste((200, 30, 20, 0), (0, 0, 300, 200))
    target = BytesIO()
    picture.convert(mode).save(target, format="PNG")
    return image_uri(small_png(target.getvalue()), "image/png")


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_logo_is_printed_as_pdf_a_allows(mode):
    page = read(replace(PNS, emblem=logo(mode))).pages[0]
    (picture,) = [each for each in images_of(page) if each["/Width"] == 300]
    assert (picture["/Height"], picture["/ColorSpace"]) == (400, "/DeviceRGB")
    assert [each["/Interpolate"] for each in images_of(page)] == [False] * len(images_of(page))
    masks = [image["/SMask"] for image in images_of(page) if "/SMask" in image]
    assert [mask["/ColorSpace"] for mask in masks] == ["/DeviceGray"] * (mode == "RGBA")
    assert [mask["/Interpolate"] for mask in masks] == [False] * (mode == "RGBA")


def images_of(page):
    objects = [each.get_object() for each in page["/Resources"]["/XObject"].values()]
    return [each for each in objects if each["/Subtype"] == "/Image"]


def test_with_a_logo_too_the_same_context_gives_the_same_bytes():
    context = replace(PNS, emblem=logo("RGBA"))
    assert pact.render_pact(context, b"{}") == pact.render_pact(context, b"{}")


def test_a_phone_can_read_the_printed_code(tmp_path):
    """Every module of the QR code, at 300 dpi, is where the code of the address has it."""
    (tmp_path / "pact.pdf").write_bytes(pact.render_pact(PNS))
    subprocess.run(
        ["pdftoppm", "-r", "300", "-gray", "-singlefile", "pact.pdf", "pact"],
        cwd=tmp_path,
        check=True,
    )
    matrix = qr.squares(ADDRESS)
    foot = Image.open(tmp_path / "pact.pgm").crop((248, 3000, 590, 3400))
    code = foot.crop(foot.point(lambda grey: 255 * (grey < 100)).getbbox())
    module = code.width / len(matrix)
    assert len(matrix) * module / 300 * 25.4 >= 22
    seen = [
        [code.getpixel(((x + 0.5) * module, (y + 0.5) * module)) < 128 for x in range(len(matrix))]
        for y in range(len(matrix))
    ]
    assert seen == [[bool(on) for on in row] for row in matrix]


def test_identity_rows_leave_out_what_is_not_known():
    rows = pact.identity_rows(
        name="Lestari",
        number="1472011701940001",
        kind="NIK",
        grade="",
        position=" ",
        unit="Sekretariat",
        government="Pemerintah Kota Dumai",
    )
    assert rows == (
        ("Nama", "Lestari"),
        ("NIK", "1472 0117 0194 0001"),
        ("Unit Kerja", "Sekretariat"),
        ("Instansi", "Pemerintah Kota Dumai"),
    )


def test_the_number_carries_the_name_of_its_kind():
    assert pact.number_line("197906062001042001", "NIP") == "NIP 19790606 200104 2 001"
    assert pact.number_line("199003152023211007", "NI_PPPK") == "NI PPPK 19900315 202321 1 007"
    assert pact.number_line("1472011701940001", "NIK") == "NIK 1472 0117 0194 0001"
    assert pact.number_line("", "NIK") == ""
    assert len(LONG_NAME) == 200
