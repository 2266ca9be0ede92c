"""Pages of small things drawn at fixed places: text, lines and QR codes, straight into a PDF.

Lengths are in millimetres from the upper left corner, sizes of type in points.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import pydyf

from .fonts import REMEMBERED, Face

POINT = 25.4 / 72
MM = 72 / 25.4
A4 = (210, 297)
SMALLER = 0.94
SMALLEST = 2.0


@dataclass(frozen=True, eq=False)
class Style:
    """How a piece of text looks; `leading` is the height of a line as a part of `size`."""

    face: Face
    size: float
    grey: float = 0.0
    leading: float = 1.2


class Sheets:
    """A PDF of A4 pages, drawn one after the other."""

    def __init__(self, title):
        self.pdf = pydyf.PDF()
        self.pdf.info["Title"] = pydyf.String(title)
        self.pdf.catalog["Lang"] = pydyf.String("id")
        self.names = {}
        self.fonts = pydyf.Dictionary()
        self.resources = pydyf.Dictionary({"Font": self.fonts})
        self.pdf.add_object(self.resources)
        self.marks = []
        self.fitted = remembering_fitted()

    def end_page(self):
        """Finish the page that was drawn; the next mark begins another one."""
        content = pydyf.Stream(self.marks, compress=True)
        self.pdf.add_object(content)
        self.pdf.add_page(
            pydyf.Dictionary(
                {
                    "Type": "/Page",
                    "Parent": self.pdf.pages.reference,
                    "MediaBox": pydyf.Array([0, 0, *(round(side * MM, 2) for side in A4)]),
                    "Contents": content.reference,
                    "Resources": self.resources.reference,
                }
            )
        )
        self.marks = []

    def to_bytes(self):
        """The finished PDF."""
        for font, name in self.names.items():
            self.fonts[name] = font.embedded(self.pdf)
        target = BytesIO()
        self.pdf.write(target, compress=True)
        return target.getvalue()

    def text(self, x, y, text, style, align=0.0):
        """One line of text whose base line is `y`; `align` 0 begins at x, 0.5 is centred, 1 ends
        there.
        """
        runs = style.face.runs(text)
        left = x * MM - align * style.size / 1000 * sum(width for *_, width in runs)
        for font, glyphs, width in runs:
            name = self.names.setdefault(font, f"F{len(self.names)}")
            self.marks.append(
                f"BT {style.grey:g} g /{name} {style.size:.4g} Tf "
                f"{left:.2f} {self._up(y):.2f} Td <{glyphs}> Tj ET"
            )
            left += width * style.size / 1000

    def block(self, x, y, text, style, width, height, align=0.0):
        """Text in lines from the upper edge `y`, set smaller until all of it fits into `height`.

        Returns the lower edge.
        """
        size, lines = self.fitted(text, style, width, height)
        style = Style(style.face, size, style.grey, style.leading)
        step = size * style.leading * POINT
        for number, line in enumerate(lines):
            self.text(x, y + number * step + size * POINT * 0.92, line, style, align)
        return y + len(lines) * step

    def dashes(self, x1, y1, x2, y2):
        """A line of dashes: where to cut."""
        self.marks.append(
            f"q 0.5 G 0.4 w [2 2] 0 d {x1 * MM:.2f} {self._up(y1):.2f} m "
            f"{x2 * MM:.2f} {self._up(y2):.2f} l S Q"
        )

    def line(self, x1, y1, x2, y2):
        """A thin line: where to write."""
        self.marks.append(
            f"q 0.5 G 0.4 w {x1 * MM:.2f} {self._up(y1):.2f} m "
            f"{x2 * MM:.2f} {self._up(y2):.2f} l S Q"
        )

    def squares(self, x, y, size, rows):
        """A QR code: `rows` of 0 and 1, without its quiet zone, as one black stencil."""
        bits = "".join(_packed(row) for row in rows)
        side = size * MM
        self.marks.append(
            f"q 0 g {side:.2f} 0 0 {side:.2f} {x * MM:.2f} {self._up(y + size):.2f} cm "
            f"BI /W {len(rows)} /H {len(rows)} /BPC 1 /IM true /D [1 0] /F /AHx ID {bits}> EI Q"
        )

    def _up(self, y):
        return (A4[1] - y) * MM


def fitted(text, style, width, height):
    """(size, lines) of the largest type not above the style's in which `text` fits; the smallest
    there is, if it fits in none.
    """
    size = style.size
    lines = style.face.wrapped(text, size * POINT, width)
    while len(lines) * size * style.leading * POINT > height and size > SMALLEST:
        size = max(size * SMALLER, SMALLEST)
        lines = style.face.wrapped(text, size * POINT, width)
    return size, lines


def remembering_fitted():
    """`fitted` for one document, whose labels come on every page."""
    return lru_cache(maxsize=REMEMBERED)(fitted)


def _packed(row):
    """A row of bits as hexadecimal, filled up to whole bytes."""
    length = -(-len(row) // 8) * 8
    number = int("".join(map(str, row)), 2) << (length - len(row))
    return f"{number:0{length // 4}X}"
