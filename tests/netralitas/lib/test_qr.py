"""QR codes as SVG."""

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import segno
from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib import qr

ADDRESS = "https://netralitas.example.go.id/v/4Q7ZK2M9XAB0CDEFGHJKMNPQRS/"
RUN = re.compile(r"([Mm])(-?\d+) (-?[\d.]+)|h(\d+)")


def dark_modules(svg):
    """Which modules the path of the drawing darkens, as (column, row)."""
    path = ElementTree.fromstring(svg)[1].get("d").replace("-", " -").replace("m ", "m")
    x = y = 0
    dark = set()
    for move, dx, dy, run in RUN.findall(path):
        if run:
            dark |= {(x + step, int(y)) for step in range(int(run))}
            x += int(run)
        else:
            x, y = (int(dx), float(dy)) if move == "M" else (x + int(dx), y + float(dy))
    return dark


def test_the_drawing_is_the_code_inside_its_quiet_zone():
    matrix = qr.code(ADDRESS).matrix
    expected = {
        (column + 4, row + 4)
        for row, line in enumerate(matrix)
        for column, on in enumerate(line)
        if on
    }
    drawing = qr.svg(ADDRESS)
    assert (
        ElementTree.fromstring(drawing).get("viewBox") == f"0 0 {len(matrix) + 8} {len(matrix) + 8}"
    )
    assert dark_modules(drawing) == expected


def test_errors_are_corrected_at_level_m_or_better():
    assert qr.code(ADDRESS).error in {"M", "Q", "H"}
    assert not qr.code("1").is_micro


def test_a_page_takes_it_as_an_address():
    head, drawing = qr.data_uri(ADDRESS).split(",", 1)
    assert head == "data:image/svg+xml;charset=utf-8"
    assert dark_modules(unquote(drawing)) == dark_modules(qr.svg(ADDRESS))


def test_the_file_is_the_same_drawing_with_its_namespace():
    file = qr.svg_file(ADDRESS)
    assert ElementTree.fromstring(file.encode()).tag == "{http://www.w3.org/2000/svg}svg"
    plain = file.replace(' xmlns="http://www.w3.org/2000/svg"', "").partition("?>")[2]
    assert dark_modules(plain) == dark_modules(qr.svg(ADDRESS))


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), min_size=1, max_size=80))
def test_a_code_put_together_from_others_is_the_code_of_its_text(text):
    matrix = segno.make_qr(text.encode(), error="m", mask=qr.MASK, mode="byte").matrix
    side, runs = qr.runs(text)
    dark = {(x + step, y) for x, y, length in runs for step in range(length)}
    assert side == len(matrix) + 2 * qr.QUIET_ZONE
    assert dark == {
        (x + qr.QUIET_ZONE, y + qr.QUIET_ZONE)
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    }
