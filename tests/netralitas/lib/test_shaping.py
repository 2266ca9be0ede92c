"""Lines of text shaped with kerning, and broken where a page renderer breaks them."""

import pytest

from netralitas.lib.shaping import NotSettable, Typeface, typeface

SERIF = "Liberation Serif"


@pytest.fixture(scope="module")
def face():
    return Typeface(SERIF)


def test_each_letter_is_one_glyph_with_its_kerning(face):
    apart = sum(face.shaped(letter).width for letter in "AVATAR")
    assert len(face.shaped("AVATAR").glyphs) == 6
    assert face.shaped("AVATAR").width < apart - 0.3
    assert face.shaped("fi").glyphs == face.shaped("f").glyphs + face.shaped("i").glyphs


def test_what_is_shown_moves_back_where_letters_are_kerned(face):
    assert face.shaped("nn").shown == b"[<00510051>]"
    assert face.shaped("AV").shown.startswith(b"[<0024>")
    assert face.shaped("AV").shown.endswith(b"<0039>]")
    assert face.shaped("AV").shown.count(b"<") == 2


@pytest.mark.parametrize("text", ["Zoë", "محمد", "e\u0301", "A\tB", "漢"])
def test_letters_outside_the_alphabet_are_not_for_here(face, text):
    with pytest.raises(NotSettable):
        face.shaped(text)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Dinas Kesehatan", 20, ("Dinas Kesehatan",)),
        ("Dinas Kesehatan", 5, ("Dinas", "Kesehatan")),
        ("baik-baik saja", 3.5, ("baik-", "baik", "saja")),
        ("Kelurahan/Desa Baru", 5, ("Kelurahan/", "Desa Baru")),
        ("tahun 2020-2024", 5, ("tahun", "2020-2024")),
        ("a [b/c] (d, e)", 20, ("a [b/c] (d, e)",)),
    ],
)
def test_lines_break_at_spaces_and_after_hyphens_and_strokes_between_letters(
    face, text, room, lines
):
    assert face.wrapped(text, room) == lines


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("Kesehatan", 3),
        ("satu – dua", 4),
        ("satu (dua )", 4),
        ("dr. –tiga empat", 4),
        ('satu "dua" tiga', 4),
        ("(S1)-Guru Ahli", 4),
    ],
)
def test_where_it_is_not_sure_how_a_line_breaks_nothing_is_set(face, text, room):
    with pytest.raises(NotSettable):
        face.wrapped(text, room)


def test_a_line_that_just_fits_or_just_does_not_is_left_to_the_page_renderer(face):
    width = face.shaped("satu dua").width
    with pytest.raises(NotSettable):
        face.wrapped("satu dua tiga", width + 0.001)
    assert face.wrapped("satu dua tiga", width + 0.01) == ("satu dua", "tiga")
    assert face.wrapped("satu dua tiga", width - 0.01) == ("satu", "dua tiga")


def test_a_subset_has_the_outlines_of_its_glyphs_alone(face):
    glyphs = face.shaped("Siti").glyphs
    whole = face.subset(face.letters)
    assert len(face.subset(glyphs)) < len(whole) / 3
    assert whole.startswith(b"\x00\x01\x00\x00")


def test_a_font_file_is_read_once():
    assert typeface(SERIF) is typeface(SERIF)
