"""An empty field for a signature, where a box of the page was laid out."""

from functools import partial
from io import BytesIO

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from netralitas.lib.empty_fields import add_field, place_of

PAGE = (
    "<style>@page {{ size: 100mm; margin: 0 }} body {{ margin: 0 }} "
    "div {{ position: absolute; left: 10mm; top: 20mm; width: 30mm; height: 40mm }}</style>"
    '<div class="{}"></div><a href="https://example.id/">x</a>'
)
MM = 72 / 25.4


def document(css_class="here"):
    return HTML(string=PAGE.format(css_class)).render()


def test_the_place_is_measured_from_the_lower_left_corner():
    found = place_of(document(), "here")
    expected = (10 * MM, 40 * MM, 40 * MM, 80 * MM)
    assert found == pytest.approx(expected, abs=0.01)
    assert place_of(document("elsewhere"), "here") is None


def reader(css_class):
    finisher = partial(add_field, name="Nama", spoken="Dibacakan", css_class="here")
    return PdfReader(BytesIO(document(css_class).write_pdf(finisher=finisher)))


def test_the_field_is_empty_and_on_page_and_form():
    pdf = reader("here")
    (field,) = pdf.trailer["/Root"]["/AcroForm"]["/Fields"]
    notes = [note.get_object()["/Subtype"] for note in pdf.pages[0]["/Annots"]]
    field = field.get_object()
    assert notes == ["/Link", "/Widget"]
    assert (field["/FT"], field["/T"], field["/TU"], "/V" in field) == (
        "/Sig",
        "Nama",
        "Dibacakan",
        False,
    )
    assert field["/AP"]["/N"].get_object().get_data() == b""


def test_without_such_a_box_there_is_no_form():
    assert "/AcroForm" not in reader("elsewhere").trailer["/Root"]
