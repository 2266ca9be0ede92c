"""The printed sheets of PIN slips: name, number, PIN and a QR that opens the entrance.

Thousands are printed at once, so they are drawn straight into the file: a page renderer takes a
hundred times as long. Ten cells stand on a page, all of one size, to be cut as a stack. Before each
pile, which somebody hands out, lies a cell that says whose it is.
"""

from dataclasses import dataclass
from itertools import chain

from netralitas.lib import dates, numbers, qr
from netralitas.lib.codes import spaced
from netralitas.lib.fonts import Face, Font
from netralitas.lib.sheets import Sheets, Style

from ..services.invitations import PinSlip
from . import entrance, pdf

COLUMNS, ROWS = 2, 5
PER_PAGE = COLUMNS * ROWS
LEFT, TOP, WIDTH, HEIGHT = 10, 9, 95, 54
PADDING, TEXT_WIDTH = 5, 59
GREY = 0.38


@dataclass(frozen=True)
class Pile:
    """The slips that one person hands out: of a unit, or of an OPD sorted by name."""

    name: str
    opd: str
    slips: tuple[PinSlip, ...]


@dataclass(frozen=True)
class Heading:
    """What all slips of a ceremony share."""

    ceremony: str
    when: str
    address: str
    code: str


@dataclass(frozen=True)
class PrintedSlip:
    """One slip, ready to print."""

    name: str
    number: str
    unit: str
    pin: str
    address: str


class Styles:
    """The type of the slips; fonts belong to one document."""

    def __init__(self):
        fallback = Font("DejaVu Sans")
        plain = Face(Font("Liberation Sans"), fallback)
        bold = Face(Font("Liberation Sans:bold"), fallback)
        mono = Face(Font("Liberation Mono:bold"), fallback)
        self.small = Style(plain, 6.5, GREY)
        self.address = Style(plain, 6.5)
        self.event = Style(plain, 7, GREY)
        self.name = Style(bold, 10.5, leading=1.12)
        self.number = Style(plain, 8.5)
        self.unit = Style(plain, 7.5, GREY)
        self.code = Style(mono, 10)
        self.pin = Style(mono, 19)
        self.pile = Style(bold, 15, leading=1.12)
        self.count = Style(bold, 10)
        self.opd = Style(plain, 9)


def render_slips(ceremony, parts, told=lambda done: None):
    """The PDF of the slips: for each part, the piles of one OPD, pages of its own.

    This is the only place where PINs are written in clear. `told(done)` hears after each page how
    many slips are drawn.
    """
    heading = pdf.printable(heading_of(ceremony))
    sheets, styles, done = Sheets(f"Slip PIN {heading.ceremony}"), Styles(), 0
    for piles in parts:
        opd = piles[0].opd
        cells = list(chain.from_iterable((pile, *pile.slips) for pile in piles))
        pages = [cells[at : at + PER_PAGE] for at in range(0, len(cells), PER_PAGE)]
        for number, page in enumerate(pages, start=1):
            draw_page(sheets, styles, heading, page)
            draw_foot(sheets, styles, opd, f"Halaman {number} dari {len(pages)}")
            sheets.end_page()
            done += sum(isinstance(cell, PinSlip) for cell in page)
            told(done)
    return sheets.to_bytes()


def heading_of(ceremony):
    """The words that every slip carries."""
    return Heading(
        ceremony=ceremony.title,
        when=dates.date_time(ceremony.starts_at, ceremony.time_zone),
        address=entrance.short_address(),
        code=spaced(ceremony.code),
    )


def printed(slip):
    """One slip; its QR fills in the number, never the PIN."""
    participant = slip.participant
    number = numbers.printed(participant.number, participant.number_kind)
    return PrintedSlip(
        name=participant.name,
        number=f"{participant.get_number_kind_display()} {number}",
        unit=participant.unit_with_opd,
        pin=spaced(slip.pin),
        address=entrance_address(participant),
    )


def entrance_address(participant):
    """The entrance with the number behind "#", which a browser keeps to itself.

    Behind "?" it would stand in the log of every server on the way.
    """
    return f"{entrance.address_of(participant.ceremony)}#nip={participant.number}"


def draw_page(sheets, styles, heading, cells):
    """Cells row by row, and the lines along which all of them are cut."""
    for place, cell in enumerate(cells):
        x = LEFT + place % COLUMNS * WIDTH
        y = TOP + place // COLUMNS * HEIGHT
        if isinstance(cell, PinSlip):
            draw_slip(sheets, styles, heading, pdf.printable(printed(cell)), x, y)
        else:
            draw_pile(sheets, styles, heading, cell, x, y)
    rows = -(-len(cells) // COLUMNS)
    bottom, right = TOP + rows * HEIGHT, LEFT + COLUMNS * WIDTH
    for row in range(rows + 1):
        sheets.dashes(LEFT - 5, TOP + row * HEIGHT, right + 5, TOP + row * HEIGHT)
    for column in range(COLUMNS + 1):
        x = LEFT + column * WIDTH
        sheets.dashes(x, TOP - 4, x, bottom + 4)


def draw_slip(sheets, styles, heading, slip, x, y):
    """One cell: who on the left, the way in on the right, the secret below."""
    left = x + PADDING
    lower = sheets.block(left, y + 4.5, heading.ceremony, styles.event, TEXT_WIDTH, 6)
    sheets.block(left, lower, heading.when, styles.event, TEXT_WIDTH, 3)
    lower = sheets.block(left, y + 15, slip.name, styles.name, TEXT_WIDTH, 9.5)
    lower = sheets.block(left, lower + 0.7, slip.number, styles.number, TEXT_WIDTH, 3.7)
    sheets.block(left, lower + 0.5, slip.unit, styles.unit, TEXT_WIDTH, 9.6)
    middle = x + 80
    sheets.squares(middle - 10, y + 5, 20, qr.squares(slip.address))
    sheets.text(middle, y + 28.6, "Pindai, atau buka", styles.small, 0.5)
    sheets.block(middle, y + 29.6, heading.address, styles.address, 28, 2.8, 0.5)
    sheets.text(middle, y + 34.4, "dan isi kode acara", styles.small, 0.5)
    sheets.text(middle, y + 38.6, heading.code, styles.code, 0.5)
    sheets.text(left, y + 48.6, "PIN", styles.small)
    sheets.text(left + 6, y + 48.6, slip.pin, styles.pin)
    sheets.text(x + 53.5, y + 45.4, "Rahasiakan PIN ini. Jangan difoto,", styles.small)
    sheets.text(x + 53.5, y + 48.4, "jangan diberikan kepada orang lain.", styles.small)


def draw_pile(sheets, styles, heading, pile, x, y):
    """The cell on top of a pile: whose slips, how many, and who received them."""
    left, width, pile_words = x + PADDING, WIDTH - 2 * PADDING, pdf.printable(_words_of(pile))
    sheets.block(left, y + 4.5, heading.ceremony, styles.event, width, 3)
    lower = sheets.block(left, y + 10, pile_words.name, styles.pile, width, 15)
    if pile_words.opd:
        sheets.block(left, lower + 1, pile_words.opd, styles.opd, width, 8)
    sheets.text(left, y + 39, pile_words.count, styles.count)
    sheets.text(left, y + 49, "Diterima oleh", styles.small)
    sheets.line(left + 15, y + 49.4, left + 52, y + 49.4)
    sheets.text(left + 54, y + 49, "Paraf", styles.small)
    sheets.line(left + 61, y + 49.4, left + width, y + 49.4)


@dataclass(frozen=True)
class PileWords:
    """What stands on the cell of a pile."""

    name: str
    opd: str
    count: str


def _words_of(pile):
    return PileWords(
        name=pile.name,
        opd=pile.opd if pile.opd != pile.name else "",
        count=f"{len(pile.slips)} slip PIN",
    )


def draw_foot(sheets, styles, opd, page):
    """Whose page it is, and which one."""
    sheets.block(LEFT, 287, opd, styles.event, 150, 3)
    sheets.text(LEFT + COLUMNS * WIDTH, 289.3, page, styles.event, 1)
