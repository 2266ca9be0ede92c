"""Signature drawings: what is taken, what is refused, how it is drawn."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib import strokes
from netralitas.lib.strokes import StrokesError, check, parse

SIGNATURE = [[[1000, 4000], [2000, 500], [3000, 4200], [4500, 1500]], [[5000, 900]]]
POINTS = st.lists(st.integers(0, 5000), min_size=2, max_size=2)
DRAWINGS = st.lists(st.lists(POINTS, min_size=1, max_size=20), max_size=5).map(
    lambda drawn: [[[0, 0], [4000, 4000], [8000, 100]], *drawn]
)


def refused(value):
    with pytest.raises(StrokesError) as caught:
        check(value)
    return caught.value.code


def refused_text(text):
    with pytest.raises(StrokesError) as caught:
        parse(text)
    return caught.value.code


@given(DRAWINGS)
def test_a_drawing_is_read_back_as_it_was_sent(drawing):
    assert parse(json.dumps(drawing)) == drawing


@given(st.text(max_size=200) | st.from_regex(r"\[\[\[[0-9.,\[\]eE-]{0,40}\]\]\]", fullmatch=True))
def test_any_text_is_a_drawing_or_a_refusal(text):
    try:
        drawing = parse(text)
    except StrokesError as error:
        assert error.code in {"unreadable", "too_large", "empty", "too_small", "line"}
    else:
        check(drawing)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        '"M0 0L9 9"',
        "[1]",
        '["a"]',
        "[[[1, 2, 3]]]",
        "[[[1]]]",
        "[[{}]]",
        "[[[NaN, 1], [2, 3]]]",
        "[[[Infinity, 1], [2, 3]]]",
        "[[[1e3, 1], [2, 3]]]",
        "[[[1.0, 1], [2, 3]]]",
        "[[[true, 1], [2, 3]]]",
        '[[["1", 1], [2, 3]]]',
        "[[[" + "9" * 5000 + ", 1]]]",
        "[[[-1, 1], [2, 3]]]",
        "[[[10001, 1], [2, 3]]]",
        "[[[1, 5001], [2, 3]]]",
        "[" * 100_000,
        json.dumps([*SIGNATURE, []]),
    ],
)
def test_what_is_not_strokes_is_unreadable(text):
    assert refused_text(text) == "unreadable"


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        ([], "empty"),
        ([[]], "empty"),
        ([[[5000, 2500]]], "too_small"),
        ([[[5000, 2500]] * 50], "too_small"),
        ([[[5000, 2500], [5300, 2900], [5100, 2600]]], "too_small"),
        ([[[0, 0], [10000, 5000]]], "line"),
        ([[[0, 2500], [4000, 2560], [10000, 2480]]], "line"),
        ([[[3000, 100], [3000, 4900]], [[3010, 50], [2990, 4000]]], "line"),
    ],
)
def test_nothing_a_dot_a_speck_and_a_straight_line_are_no_signature(drawing, code):
    assert refused(drawing) == code


def test_a_drawing_is_bounded_in_text_strokes_and_points():
    assert refused_text(" " * (strokes.MAX_TEXT + 1)) == "too_large"
    assert refused([[[1, 1]]] * (strokes.MAX_STROKES + 1)) == "too_large"
    assert refused([[[1, 1]] * (strokes.MAX_POINTS + 1)]) == "too_large"
    check([*SIGNATURE, *[[[7000, 7]]] * (strokes.MAX_STROKES - 2)])
    check([*SIGNATURE, [[9000, 9]] * (strokes.MAX_POINTS - 5)])


def test_the_corners_of_the_box_belong_to_it():
    check([[[0, 0], [10000, 0], [10000, 5000], [0, 5000]]])


def test_bounds_are_the_smallest_box_around_all_strokes():
    assert strokes.bounds(SIGNATURE) == (1000, 500, 5000, 4200)


def test_the_path_bends_at_each_point_and_keeps_both_ends():
    assert strokes.to_svg_path(SIGNATURE) == (
        "M1000 4000Q2000 500 2500 2350Q3000 4200 3750 2850L4500 1500M5000 900L5000 900"
    )


def test_the_picture_is_cut_to_the_drawing():
    root = ElementTree.fromstring(strokes.to_svg(SIGNATURE))
    (path,) = root
    # The pen is 1.1 % of the longer side of a 2:1 frame: twice the height of 3700.
    assert root.get("viewBox") == "919 419 4162 3862"
    assert path.get("stroke-width") == "81"
    assert path.get("stroke") == "#14213d"
    assert path.get("stroke-linecap") == "round"
    assert path.get("d") == strokes.to_svg_path(SIGNATURE)


@given(DRAWINGS)
def test_every_drawing_makes_a_picture_that_holds_it(drawing):
    root = ElementTree.fromstring(strokes.to_svg(drawing))
    left, top, width, height = map(int, root.get("viewBox").split())
    for x, y in (point for stroke in drawing for point in stroke):
        assert left < x < left + width
        assert top < y < top + height


def test_a_pdf_draws_the_same_path_with_cubic_curves():
    assert strokes.to_pdf_path([[[0, 0], [300, 600], [900, 600]], [[5, 5]]]) == (
        "0 0 m\n200 400 400 600 600 600 c\n900 600 l\n5 5 m\n5 5 l"
    )
