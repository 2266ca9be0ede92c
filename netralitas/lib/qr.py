"""QR codes as SVG, drawn here so that no page and no PDF fetches an image."""

import re
from functools import lru_cache
from io import BytesIO

import segno

QUIET_ZONE = 4
INK = "#000"
PAPER = "#fff"
# One of the eight patterns a reader takes off again. Trying which is best takes five times as long.
MASK = 3
DARK = re.compile("1+")
ZERO = b"0"
# About a hundred characters, each in as many places.
REMEMBERED = 4096


def code(text):
    """The QR code of a text: error level M, or better where that costs no size."""
    return segno.make_qr(text, error="m")


def svg(text):
    """An `<svg>` element without a size of its own, with its quiet zone on white."""
    return code(text).svg_inline(border=QUIET_ZONE, dark=INK, light=PAPER, omitsize=True)


def data_uri(text):
    """The same drawing as a data: address for an `<img>`."""
    return code(text).svg_data_uri(border=QUIET_ZONE, dark=INK, light=PAPER, omitsize=True)


def svg_file(text):
    """The same drawing as the text of an SVG file."""
    file = BytesIO()
    code(text).save(file, kind="svg", border=QUIET_ZONE, dark=INK, light=PAPER, omitsize=True)
    return file.getvalue().decode()


def squares(text):
    """The rows of 0 and 1 of a code without its quiet zone, made fast: for sheets of thousands."""
    return [list(row) for row in segno.make_qr(text, error="m", mask=MASK).matrix]


def runs(text):
    """(side, [(x, y, length)]) of such a code with its quiet zone: its dark modules, row by row."""
    side, modules = _modules(text)
    digits = f"{modules:0{side * side}b}"
    found = [
        (QUIET_ZONE + run.start(), QUIET_ZONE + y, run.end() - run.start())
        for y in range(side)
        for run in DARK.finditer(digits[y * side : (y + 1) * side])
    ]
    return side + 2 * QUIET_ZONE, found


def _modules(text):
    """(side, all modules as the digits of one number) of the code of a text in bytes.

    A code without its mask is linear: what a bit of the text changes does not depend on the others.
    So a code is another of the same length, with the changes of the bits in which they differ.
    """
    data = text.encode()
    base = ZERO * len(data)
    side, modules = _encoded(base)
    for place, byte in enumerate(data):
        modules ^= _change(len(data), place, byte)
    return side, modules


@lru_cache(maxsize=REMEMBERED)
def _change(length, place, byte):
    """What another byte in one place changes in the code of zeros."""
    base = ZERO * length
    other = base[:place] + bytes([byte]) + base[place + 1 :]
    return _encoded(base)[1] ^ _encoded(other)[1]


@lru_cache(maxsize=64)
def _encoded(data):
    matrix = segno.make_qr(data, error="m", mask=MASK, mode="byte").matrix
    return len(matrix), int("".join(str(module) for row in matrix for module in row), 2)
