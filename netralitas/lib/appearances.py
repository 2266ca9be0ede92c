"""What a filled signature field shows: a drawing, and under it a few lines in small type.

It comes as a small PDF of its own whose catalogue leads to it, so that any other PDF can take it
in. Nothing of it depends on the PDF it goes into but the size of the place.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import pydyf
from pyhanko.pdf_utils.reader import PdfFileReader

from . import paths
from .fonts import Face, Font

KEPT = 64
ROOT = "Appearance"
INK = "0.078 0.129 0.239"
GREY = "0.267 g"
PEN = round(0.9 * paths.FINENESS)
UPRIGHT = ("Liberation Serif", "DejaVu Serif", "DejaVu Sans")
SLANTED = tuple(f"{family}:italic" for family in UPRIGHT)
SIZES = (6.5, 6, 5.5, 5, 4.5, 4)
LEADING = 1.15
# What is left for the drawing if the lines take that much, else they are set smaller.
LEAST_DRAWING = 30
WIDEST_DRAWING = 165
LARGEST_TYPED = 15


@dataclass(frozen=True)
class Mark:
    """What is to be shown: checked strokes (as tuples) or a typed name, and paragraphs."""

    strokes: tuple
    typed_name: str
    paragraphs: tuple[str, ...]


@lru_cache(maxsize=KEPT)
def appearance(mark, width, height):
    """The form XObject of a mark for a place of that size in points, to be imported elsewhere."""
    reader = PdfFileReader(BytesIO(_drawn(mark, width, height)))
    return reader.root.raw_get(f"/{ROOT}")


def _drawn(mark, width, height):
    pdf, setting = pydyf.PDF(), _Setting()
    size, lines = _fitted(setting.upright, mark.paragraphs, width, height)
    foot = len(lines) * size * LEADING
    operators = [*_picture(setting, mark, width, height, foot), GREY]
    for number, line in enumerate(lines, start=1):
        y = foot - number * size * LEADING + (LEADING - 1) * size + 0.2 * size
        operators += setting.line(setting.upright, line, size, width, y)
    form = pydyf.Stream(
        ["\n".join(operators).encode()],
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([0, 0, f"{width:.4f}", f"{height:.4f}"]),
            "Resources": pydyf.Dictionary({"Font": setting.fonts(pdf)}),
        },
        compress=True,
    )
    pdf.add_object(form)
    pdf.catalog[ROOT] = form.reference
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "MediaBox": pydyf.Array([0, 0, 1, 1])}))
    target = BytesIO()
    pdf.write(target, compress=True)
    return target.getvalue()


def _picture(setting, mark, width, height, foot):
    """The operators of the drawing, or of the typed name, above the lines."""
    room = height - foot - 2
    if mark.strokes:
        wide = min(width, WIDEST_DRAWING)
        path = paths.signature(mark.strokes, wide, room)
        unit = 1 / paths.FINENESS
        corner = f"{(width - wide) / 2:.2f} {foot + 1:.2f}"
        return [f"q {unit:g} 0 0 {unit:g} {corner} cm {INK} RG {PEN} w 1 J 1 j {path} S Q"]
    natural = setting.slanted.width(mark.typed_name, 1)
    size = min(LARGEST_TYPED, width / max(natural, 1))
    middle = foot + (room - size) / 2 + 0.2 * size
    return [f"{INK} rg", *setting.line(setting.slanted, mark.typed_name, size, width, middle)]


def _fitted(face, paragraphs, width, height):
    """(size, lines): the largest size that leaves room for the drawing."""
    for size in SIZES:
        lines = [line for text in paragraphs for line in face.wrapped(text, size, width)]
        if len(lines) * size * LEADING <= height - LEAST_DRAWING:
            break
    return size, lines


class _Setting:
    """The fonts of one appearance, by the names that its operators have for them."""

    def __init__(self):
        self.names = {}
        self.upright = Face(*map(Font, UPRIGHT))
        self.slanted = Face(*map(Font, SLANTED))

    def line(self, face, text, size, width, y):
        """Operators of a line in the middle."""
        x = (width - face.width(text, size)) / 2
        for font, glyphs, advance in face.runs(text):
            name = self.names.setdefault(font, f"F{len(self.names)}")
            yield f"BT /{name} {size:g} Tf {x:.3f} {y:.3f} Td <{glyphs}> Tj ET"
            x += advance * size / 1000

    def fonts(self, pdf):
        """The resources, added to `pdf` with the letters used."""
        return pydyf.Dictionary({name: font.embedded(pdf) for font, name in self.names.items()})
