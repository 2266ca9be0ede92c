"""Text, lines and QR codes drawn straight into a PDF."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from netralitas.lib import qr
from netralitas.lib.fonts import Face, Font, FontMissing
from netralitas.lib.sheets import POINT, Sheets, Style, fitted


@pytest.fixture
def face():
    return Face(Font("Liberation Sans"), Font("DejaVu Sans"))


@pytest.fixture
def style(face):
    return Style(face, 10)


def page_of(sheets):
    sheets.end_page()
    (page,) = PdfReader(BytesIO(sheets.to_bytes())).pages
    return page


def test_what_was_drawn_can_be_read_and_copied(style):
    sheets = Sheets("Judul")
    sheets.text(10, 20, "Nguyễn (1) ☃", style)
    assert page_of(sheets).extract_text() == "Nguyễn (1) ☃"


def test_only_the_glyphs_that_were_used_are_embedded(style):
    sheets = Sheets("Judul")
    sheets.text(10, 20, "a", style)
    sheets.end_page()
    assert len(sheets.to_bytes()) < 20_000


def test_a_text_is_as_wide_as_its_characters(face):
    assert face.width("ii", 10) == pytest.approx(2 * face.width("i", 10))
    assert face.width("", 10) == 0
    assert 5.5 < face.width("0", 10) < 5.6


def test_lines_break_between_words_and_within_one_that_is_too_long(face):
    width = face.width("Dinas Kesehatan", 10)
    assert face.wrapped("Dinas Kesehatan  Kota", 10, width) == ["Dinas Kesehatan", "Kota"]
    pieces = face.wrapped("x" * 100, 10, width)
    assert "".join(pieces) == "x" * 100
    assert all(face.width(piece, 10) <= width for piece in pieces)
    assert face.wrapped("", 10, width) == []


def test_text_gets_smaller_until_it_fits_and_is_never_cut(style):
    words = "Unit Pelaksana Teknis Daerah " * 4
    assert fitted("Dinas", style, 60, 10) == (10, ["Dinas"])
    size, lines = fitted(words, style, 60, 6)
    assert " ".join(lines).split() == words.split()
    assert len(lines) * size * style.leading * POINT <= 6


def test_a_character_that_no_font_knows_is_left_out(style):
    sheets = Sheets("Judul")
    sheets.text(10, 20, "A\U0010ffffB", style)
    assert page_of(sheets).extract_text() == "AB"


def test_a_code_is_drawn_square_by_square(style):
    rows = qr.squares("https://ikrar.example/i/ACDE3467/")
    assert {len(row) for row in rows} == {len(rows)}
    assert (rows[0][:8], rows[3][:8]) == ([1] * 7 + [0], [1, 0, 1, 1, 1, 0, 1, 0])
    sheets = Sheets("Judul")
    sheets.text(10, 10, "x", style)
    sheets.squares(10, 10, 20, rows)
    drawn = page_of(sheets).get_contents().get_data().decode()
    assert f"/W {len(rows)} /H {len(rows)}" in drawn
    assert "ID FE" in drawn


def test_a_machine_without_fonts_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FontMissing, match="no font for Tidak Ada"):
        Font("Tidak Ada")
