"""A page that WeasyPrint laid out with marks in it: where each of them stands in the PDF.

The operators of the page are those that WeasyPrint 70 writes; whatever is otherwise than expected
raises `Unstampable`, so that a page is never stamped wrongly.
"""

import re
from dataclasses import dataclass

import pydyf
from weasyprint.formatting_structure import boxes

from .fonts import FontMissing, to_unicode
from .moulds import number_of
from .shaping import Typeface, typeface

# Where the corner of a mark picture lies: nothing else is drawn so far out.
FAR = 90_000
MATRIX = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")
TYPE = re.compile(rb"/(\S+) (\S+) Tf")
GLYPHS = re.compile(rb"<([0-9a-f]*)>")
POINT = re.compile(rb"(\S+) \S+ ([ml])")
LETTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
STYLES = {"Bold", "Italic"}
# How far apart two places may be, in the page's own unit, to be the same.
SAME = 0.05


class Unstampable(ValueError):
    """The page cannot be made into a template: something in it is not as expected."""


@dataclass(frozen=True)
class Slot:
    """Where one line of text stands: x of its edge or, if centred, its middle; how wide it may be;
    and the constant words of its line before and after.
    """

    number: int
    face: Typeface
    size: float
    x: float
    room: float
    centred: bool
    before: str
    after: str


def mark_picture(number, width, height):
    """An SVG of that proportion, to take the place of a picture and to be found again."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path d="M{FAR + number} 0h1v1h-1z"/></svg>'
    )


def bytes_of(item):
    """Anything in a PDF as the bytes it is written with."""
    if isinstance(item, pydyf.Object):
        return item.data
    return item if isinstance(item, bytes) else str(item).encode()


class MarkedPage:
    """The one page of a finished `pydyf.PDF` and of the document it was made from.

    `slots` maps each mark to where it stands; `operators` is what draws the page, with the fields
    x, t and e of each slot (begin, glyphs, end) and those of the pictures left open for `%`.
    """

    def __init__(self, pdf, document, marks, pictures):
        if len(document.pages) != 1:
            raise Unstampable("not one page")
        self.pdf, self.slots, self.letters = pdf, {}, {}
        self.rooms = dict(_rooms(document.pages[0]._page_box, marks))  # noqa: SLF001
        page = next(thing for thing in pdf.objects[1:] if type_of(thing) == "/Page")
        resources = pdf.objects[number_of(page["Resources"])]
        self.fonts = pdf.objects[number_of(resources["Font"])]
        self.number = number_of(page["Contents"])
        self.items = [bytes_of(item) for item in pdf.objects[self.number].stream]
        self.written = [item.replace(b"%", b"%%") for item in self.items]
        self._find_slots()
        if self.slots.keys() != set(marks):
            raise Unstampable(f"not on the page: {set(marks) - self.slots.keys()}")
        for name, number in pictures.items():
            self._open_picture(name, b"%d 0 m" % (FAR + number))
        self.operators = b"\n".join(item for item in self.written if item is not None)

    def embed(self, alphabets):
        """Give the font of each mark the letters of its alphabet."""
        wanted = {}
        for mark, slot in self.slots.items():
            wanted.setdefault(slot.face, set()).update(alphabets[mark])
        for font, letters in self.letters.items():
            face = self._face(font)
            if face in wanted:
                more = {g: char for g, char in face.letters.items() if char in wanted[face]}
                _extend(self.pdf, number_of(self.fonts[font]), letters | more, face)

    def _find_slots(self):
        matrix = font = size = None
        for at, item in enumerate(self.items):
            if MATRIX.fullmatch(item):
                matrix = at
            elif found := TYPE.fullmatch(item):
                font, size = found[1].decode(), float(found[2])
            elif item.endswith(b"] TJ"):
                glyphs = _glyphs(item)
                text = "".join(self._letters(font).get(glyph, "\0") for glyph in glyphs).rstrip()
                mark = next((mark for mark in self.rooms if mark in text), None)
                if mark:
                    self._open_slot(mark, matrix, at, self._face(font), size, text)

    def _open_slot(self, mark, matrix, shown, face, size, text):
        shaped, (left, room, centred) = face.shaped(text), self.rooms[mark]
        if shaped.glyphs != _glyphs(self.items[shown])[: len(text)]:
            raise Unstampable(f"{text} is set otherwise")
        begin, end = _x(self.items[matrix]), _x(self.items[matrix]) + shaped.width * size
        x, expected = ((begin + end) / 2, left + room / 2) if centred else (begin, left)
        if mark in self.slots or abs(x - expected) > SAME:
            raise Unstampable(f"{text} is not where its box is")
        number = len(self.slots)
        before, _, after = text.partition(mark)
        self.slots[mark] = Slot(number, face, size, x, room, centred, before, after)
        self.written[shown] = b"%%(t%d)s TJ" % number
        self._open_places(matrix, begin, b"%%(x%d)s" % number, end, b"%%(e%d)s" % number)

    def _open_places(self, matrix, begin, begin_field, end, end_field):
        """The place of the text and, where it is underlined, both ends of the line under it."""
        y = MATRIX.fullmatch(self.items[matrix])[2]
        self.written[matrix] = b"1 0 0 -1 %s %s Tm" % (begin_field, y)
        at = matrix - 1
        while self.items[at] not in {b"BDC", b"EMC", b"ET"}:
            if point := POINT.fullmatch(self.items[at]):
                place, field = (begin, begin_field) if point[2] == b"m" else (end, end_field)
                if abs(float(point[1]) - place) > SAME:
                    raise Unstampable("a line that is not under its text")
                self.written[at] = field + self.items[at].removeprefix(point[1])
            at -= 1

    def _open_picture(self, name, corner):
        """Leave out what draws a mark picture, from the q before it to the next Q."""
        if self.items.count(corner) != 1:
            raise Unstampable(f"{name} is not on the page once")
        begin = end = self.items.index(corner)
        while self.items[begin] != b"q":
            begin -= 1
        while self.items[end] != b"Q":
            end += 1
        self.written[begin + 1 : end] = [b"%%(%s)s" % name.encode()] + [None] * (end - begin - 2)

    def _face(self, font):
        try:
            return typeface(_pattern(self._font(font)["BaseFont"]))
        except FontMissing as error:
            raise Unstampable(str(error)) from error

    def _font(self, font):
        return self.pdf.objects[number_of(self.fonts[font])]

    def _letters(self, font):
        """The text of each glyph that the page has of a font."""
        if font not in self.letters:
            table = self.pdf.objects[number_of(self._font(font)["ToUnicode"])]
            pairs = b"\n".join(map(bytes_of, table.stream)).partition(b"beginbfchar")[2]
            self.letters[font] = {
                int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
                for glyph, text in LETTER.findall(pairs)
            }
        return self.letters[font]


def type_of(thing):
    """What kind of object it says it is."""
    entries = thing.extra if isinstance(thing, pydyf.Stream) else thing
    return entries.get("Type") if isinstance(entries, dict) else None


def _rooms(box, marks, block=None):
    """(mark, (left edge, width, whether centred)) of the block around each mark."""
    if isinstance(box, boxes.TextBox):
        align = block.style["text_align_all"]
        for mark in marks:
            if mark in box.text:
                if align not in {"left", "start", "center"}:
                    raise Unstampable(f"{mark} is aligned {align}")
                yield mark, (block.content_box_x(), block.width, align == "center")
        return
    block = box if isinstance(box, boxes.BlockContainerBox) else block
    for child in getattr(box, "children", ()):
        yield from _rooms(child, marks, block)


def _glyphs(item):
    digits = b"".join(GLYPHS.findall(item))
    return tuple(int(digits[at : at + 4], 16) for at in range(0, len(digits), 4))


def _x(matrix):
    return float(MATRIX.fullmatch(matrix)[1])


def _pattern(name):
    """The fontconfig pattern of a font: "/AB+Liberation-Serif-Bold" is Liberation Serif:bold."""
    words = bytes_of(name).decode().partition("+")[2].split("-")
    styles = [word.lower() for word in words if word in STYLES]
    return ":".join([" ".join(word for word in words if word not in STYLES), *styles])


def _extend(pdf, number, letters, face):
    """Make an embedded font carry all of `letters` (glyph: text)."""
    font = pdf.objects[number]
    (descendant,) = (pdf.objects[number_of(each)] for each in font["DescendantFonts"])
    descriptor = pdf.objects[number_of(descendant["FontDescriptor"])]
    if "FontFile2" not in descriptor:
        raise Unstampable("a font without TrueType outlines")
    program = pdf.objects[number_of(descriptor["FontFile2"])]
    widths = {glyph: face.advance(glyph) for glyph in sorted(letters)}
    program.stream = [face.subset(letters)]
    program.extra["Length1"] = len(program.stream[0])
    pdf.objects[number_of(font["ToUnicode"])].stream = [to_unicode(letters)]
    descriptor["FontBBox"][2] = max(widths.values())
    descendant["W"] = pydyf.Array(
        part for glyph, width in widths.items() for part in (glyph, pydyf.Array([width]))
    )
