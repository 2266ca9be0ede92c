"""What a filled field shows: a drawing or a typed name, and lines in small type that always fit."""

import re

import pytest

from netralitas.lib.appearances import SIZES, Mark, appearance

STROKES = (((0, 0), (5000, 2500), (9000, 0)),)
SIZE = (222.5, 56.7)
LINES = ("Ditandatangani secara elektronik oleh Khairil Adli", "Kepala Dinas", "pukul 10.15.03 WIB")


def drawn(**changes):
    values = {"strokes": STROKES, "typed_name": "", "paragraphs": LINES, **changes}
    return appearance(Mark(**values), *SIZE).get_object()


def operators(form):
    return form.data.decode("latin-1")


def sizes(form):
    return {float(size) for size in re.findall(r"/F\d+ (\S+) Tf", operators(form))}


def test_it_has_the_size_of_its_place():
    assert [round(float(side), 1) for side in drawn()["/BBox"]] == [0, 0, *SIZE]


def test_a_drawing_stands_above_lines_in_the_largest_type_that_leaves_room():
    form = drawn()
    assert sizes(form) == {SIZES[0]}
    assert operators(form).count("BT") == len(LINES)
    assert " m " in operators(form)


def test_a_typed_name_is_set_in_its_place_slanted():
    form = drawn(strokes=(), typed_name="Khairil Adli")
    assert sizes(form) == {SIZES[0], 15}
    assert len(form["/Resources"]["/Font"]) == 2
    assert " m " not in operators(form)


def test_long_names_are_set_in_smaller_type_and_stay_inside():
    form = drawn(paragraphs=("Kepala Dinas Perpustakaan " * 12, *LINES))
    places = [float(y) for y in re.findall(r"Td|(\d+\.\d+) Td", operators(form)) if y]
    assert sizes(form) < set(SIZES[1:])
    assert min(places) >= 0
    assert max(places) < SIZE[1]


@pytest.mark.parametrize("name", ["Łukasz Żółć", "李 Budi"])
def test_letters_of_other_scripts_come_from_another_font_or_are_left_out(name):
    assert "BT" in operators(drawn(paragraphs=(name,)))


def test_fonts_are_embedded_and_tell_their_letters():
    for reference in drawn()["/Resources"]["/Font"].values():
        font = reference.get_object()
        descendant = font["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_the_same_mark_is_drawn_once():
    mark = Mark(STROKES, "", LINES)
    assert appearance(mark, *SIZE) is appearance(mark, *SIZE)
