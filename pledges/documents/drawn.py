"""What drawn papers share: letterhead, title, columns and foot. Lengths in millimetres."""

import base64
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.formats import number_format

from netralitas.lib.fonts import Face, Font
from netralitas.lib.sheets import Style

from . import pact_context, pdf

LEFT, RIGHT, TOP, BOTTOM = 18, 198, 14, 281
WIDTH = RIGHT - LEFT
MIDDLE = (LEFT + RIGHT) / 2
GREY, PALE = 0.35, 0.93
HEAD_HEIGHT, BAND = 8, 6.5
EMBLEM = 20


class Type:
    """The type of a paper; fonts belong to one document."""

    def __init__(self):
        fallback = Font("DejaVu Serif")
        plain = Face(Font("Liberation Serif"), fallback)
        bold = Face(Font("Liberation Serif:bold"), fallback)
        italic = Face(Font("Liberation Serif:italic"), fallback)
        self.government = Style(plain, 13)
        self.agency = Style(bold, 15, leading=1.15)
        self.address = Style(plain, 8.5, leading=1.15)
        self.title = Style(bold, 13, leading=1.25)
        self.subtitle = Style(bold, 11.5, leading=1.25)
        self.plain = Style(plain, 9.5)
        self.strong = Style(bold, 9.5, leading=1.15)
        self.name = Style(plain, 9, leading=1.1)
        self.total = Style(bold, 9, leading=1.1)
        self.label = Style(bold, 8.5, leading=1.1)
        self.small = Style(plain, 8.5, leading=1.15)
        self.fine = Style(plain, 7.5, GREY, 1.15)
        self.typed = Style(italic, 12, leading=1.05)
        self.note = Style(italic, 8.5, leading=1.1)


@dataclass(frozen=True)
class Column:
    """One column of a table: what stands above it, and where it lies."""

    label: str
    left: float
    width: float
    align: float = 0.0

    @property
    def right(self):
        return self.left + self.width

    @property
    def at(self):
        """Where its text begins, is centred, or ends."""
        return {0.0: self.left + 1.5, 0.5: self.left + self.width / 2}.get(
            self.align, self.right - 1.5
        )

    @property
    def inner(self):
        return self.width - 3


def columns(*fields):
    """Columns side by side from the left margin: (label, width, align) each."""
    placed, left = [], LEFT
    for label, width, align in fields:
        placed.append(Column(label, left, width, align))
        left += width
    return placed


def kop_of(ceremony):
    """The letterhead of who organises, ready to print."""
    organizer = ceremony.organizer
    found = pact_context.kop(organizer, organizer.name, organizer.government)
    return {name: pdf.printable_text(value) for name, value in found.items()}


def letterhead(paper, kop, styles):
    """The kop on top of a page, as `pact_context.kop` tells it. Returns its lower edge."""
    picture = base64.b64decode(kop["emblem"].partition(",")[2])
    with paper.content("Figure", instead="Lambang"):
        if "svg" in kop["emblem"].partition(",")[0]:
            paper.emblem(LEFT + 1, TOP, EMBLEM, picture)
        else:
            paper.picture(LEFT, TOP, EMBLEM, EMBLEM, picture)
    width = WIDTH - 2 * (EMBLEM + 3)
    lines = [
        (kop["kop_government"], styles.government if kop["kop_agency"] else styles.agency, 6.5),
        (kop["kop_agency"], styles.agency, 12.5),
        (kop["kop_address"], styles.address, 7),
    ]
    y = (
        TOP
        + max(EMBLEM - sum(paper.height_of(words, style, width, h) for words, style, h in lines), 0)
        / 2
    )
    with paper.content("P"):
        for words, style, height in lines:
            y = paper.block(MIDDLE, y, words, style, width, height, 0.5)
    y = max(y, TOP + EMBLEM) + 1.5
    with paper.artifact():
        paper.rule(LEFT, y, RIGHT, y, 2.2)
        paper.rule(LEFT, y + 0.9, RIGHT, y + 0.9)
    return y + 1


def title(paper, lines, y, styles):
    """Centred lines, the first one larger. Returns the lower edge."""
    with paper.content("H1"):
        for place, line in enumerate(lines):
            style = styles.subtitle if place else styles.title
            y = paper.block(MIDDLE, y, line, style, WIDTH, 11, 0.5)
    return y


def facts(paper, rows, y, styles):
    """Label, colon and value, one below the other. Returns the lower edge."""
    for label, value in rows:
        with paper.content("P"):
            paper.block(LEFT, y, label, styles.plain, 21, 5)
            paper.text(LEFT + 22, y + 3.1, ":", styles.plain)
            y = paper.block(LEFT + 24.5, y, value, styles.plain, WIDTH - 24.5, 9) + 0.6
    return y


def provisional(paper, words, y, styles):
    """What is not final says so in a frame of its own. Returns the lower edge."""
    if not words:
        return y
    with paper.artifact():
        paper.box(LEFT, y, WIDTH, 6.6)
    with paper.content("P"):
        paper.block(MIDDLE, y + 1.3, words, styles.strong, WIDTH - 4, 4.2, 0.5)
    return y + 8.6


def column_heads(paper, y, fields, styles, first):
    """The row above the rows; told once, and drawn again on each page. Returns the lower edge."""
    with paper.artifact():
        paper.area(LEFT, y, WIDTH, HEAD_HEIGHT, PALE)
    if first:
        with paper.element("TR"):
            for field in fields:
                with paper.content("TH", heads="Column"):
                    _head(paper, field, y, styles)
    else:
        with paper.artifact():
            for field in fields:
                _head(paper, field, y, styles)
    grid(paper, y, HEAD_HEIGHT, fields)
    return y + HEAD_HEIGHT


def _head(paper, field, y, styles):
    paper.middle(
        field.left + field.width / 2, y, field.label, styles.label, field.inner, HEAD_HEIGHT, 0.5
    )


def grid(paper, y, height, fields):
    """The lines around one row and between its cells."""
    with paper.artifact():
        for field in fields:
            paper.box(field.left, y, field.width, height)


def band(paper, line, counts, y, styles):
    """The line above the rows of a group: whose they are, and its counts."""
    with paper.artifact():
        paper.area(LEFT, y, WIDTH, BAND, 0.97)
        paper.box(LEFT, y, WIDTH, BAND)
    with paper.artifact() if line.goes_on else only_cell(paper):
        paper.middle(LEFT + 1.5, y, line.name, styles.label, WIDTH - 63, BAND)
        paper.middle(RIGHT - 1.5, y, counts, styles.small, 60, BAND, 1)


@contextmanager
def only_cell(paper):
    """A row of one cell."""
    with paper.element("TR"), paper.content("TD"):
        yield


def number(value):
    """ "8.379"."""
    return number_format(value, force_grouping=True)


def foot(paper, words, page, styles):
    """What the page belongs to, and which one it is."""
    with paper.artifact():
        paper.rule(LEFT, 284, RIGHT, 284, 0.4)
        paper.block(LEFT, 285, words, styles.fine, 145, 6.3)
        paper.text(RIGHT, 287.7, page, styles.fine, 1)
