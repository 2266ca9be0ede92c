"""A file becomes a table: the header is found, each row a dictionary of whitelisted fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from ..choices import RosterFileKind
from ..errors import ColumnsMissing, RosterError
from ..models.employee import NIP_LENGTH
from . import delimited, workbook
from .columns import (
    HEADING_LENGTH,
    REASON_HEADING,
    header_key,
    missing,
    positions,
    required_label,
)
from .sources import MAX_COLUMNS, too_many_columns
from .values import text

HEADER_SEARCHED = 10
# More rows of a file, blank ones among them, are not looked at while somebody waits for a page.
MOST_ROWS = 200
# Among so many rows below the header a column that nobody knows is seen to hold NIP.
NUMBERS_SEARCHED = 50
# With fewer filled cells than this, the first rows of a file show no table at all.
LEAST_COLUMNS = 2

OTHER_KIND = {
    RosterFileKind.ROSTER: RosterFileKind.UNITS,
    RosterFileKind.UNITS: RosterFileKind.ROSTER,
}
WHAT = {
    RosterFileKind.ROSTER: "daftar pegawai",
    RosterFileKind.UNITS: "hierarki unit (HierarkiUnor)",
}


@dataclass(frozen=True)
class Table:
    """A recognised table. `where` says in which column each field stands, `headings` how the file
    calls it.

    `fixed_width` holds for CSV: there a row with more or fewer cells than the header is a shifted
    or cut one, while a worksheet may have notes beside the table. `mended` holds for rejected rows
    that come back (see roster/rejects.py): there a blank cell says nothing, because the rows come
    from files with other columns.
    """

    name: str
    where: dict
    headings: dict
    width: int
    fixed_width: bool
    mended: bool
    expected: int
    body: Iterator

    def rows(self):
        """(row number as Excel shows it, {field: raw cell}, fits the header) of rows not blank.

        May be walked once. Raises RosterError where the file turns out to be damaged.
        """
        for number, cells in self.body:
            if all(map(is_blank, cells)):
                continue
            row = {
                field: cells[index] if index < len(cells) else None
                for field, index in self.where.items()
            }
            yield number, row, not self.fixed_width or self._fits(cells)

    def _fits(self, cells):
        return len(cells) >= self.width and all(is_blank(cell) for cell in cells[self.width :])


def employee_table(source, aliases=None):
    """The roster in the file; `aliases` {header key: field} are what HR said headings mean.

    Raises ColumnsMissing if there is a table of which too little is recognised, RosterError if
    there is none.
    """
    return _table(source, RosterFileKind.ROSTER, aliases or {})


def unit_table(source, aliases=None):
    """The unit hierarchy in the file. Raises as `employee_table` does."""
    return _table(source, RosterFileKind.UNITS, aliases or {})


def readings(source, most_rows=None):
    """One reading for each delimiter or worksheet, of the first `most_rows` rows if that is told.

    Raises RosterError where it is no file of a spreadsheet.
    """
    format_ = workbook if workbook.is_workbook(source) else delimited
    return format_.readings(source, most_rows)


def heading_of(cell):
    """A cell of a header as a person may be shown it."""
    return text(cell)[:HEADING_LENGTH]


def headings_of(cells):
    """The cells of a header as a person may be shown them, each once."""
    shown = map(heading_of, cells)
    return list({header_key(heading): heading for heading in shown if heading}.values())


def looks_like_nip(cell):
    """Whether the cell holds a number of the length of a NIP."""
    value = text(cell)
    return len(value) == NIP_LENGTH and value.isascii() and value.isdigit()


def is_blank(cell):
    """Whether nothing is to be seen in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def header_of(source, kind, aliases):
    """The headings of the likeliest header, of which nothing is required.

    Only the first rows are looked at. Raises RosterError where there is no table.
    """
    best, guesses = _likeliest(source, kind, aliases, MOST_ROWS)
    if best is None or best.rank[2] < LEAST_COLUMNS:
        raise _unrecognised(source.name, kind, best, guesses)
    return headings_of(best.cells)


def _likeliest(source, kind, aliases, most_rows=None):
    """(the reading of the file in whose header most fields are known, all readings of it).

    A reading is one delimiter or worksheet.
    """
    guesses, damages = [], []
    for reading in readings(source, most_rows):
        try:
            guesses.append(_Guess(reading, kind, aliases))
        except RosterError as error:
            damages.append(error)
    if damages and not guesses:
        raise damages[0]
    # Whatever is complete comes before what is better filled: see _Guess.rank.
    return max(guesses, key=lambda guess: guess.rank, default=None), guesses


def _table(source, kind, aliases):
    """The table of the likeliest reading, if it has all that is required."""
    best, guesses = _likeliest(source, kind, aliases)
    if best is None or not best.is_complete:
        raise _unrecognised(source.name, kind, best, guesses)
    if best.width > MAX_COLUMNS:
        raise too_many_columns(source.name)
    unread = best.unread_nip(aliases)
    if unread:
        raise ColumnsMissing(
            f"Berkas {source.name} memuat kolom “{unread}” yang tampaknya berisi NIP, tetapi tidak "
            "dikenali. Tentukan isi kolom itu.",
            source.name,
            headings_of(best.cells),
            ["number"],
        )
    return best.table(source.name, fixed_width=not workbook.is_workbook(source))


class _Guess:
    """The likeliest header among the first rows of one reading; the first of equally likely ones.

    A row with all required columns is the header; else the one with the most known columns, else
    the one with the most filled cells.
    """

    def __init__(self, reading, kind, aliases):
        self.reading, self.kind, self.body = reading, kind, reading.rows
        self.cells, self.where, self.rank = (), {}, (False, 0, 0)
        self.seen = []
        for _, cells in islice(reading.rows, HEADER_SEARCHED):
            where = positions(cells, kind, aliases)
            self.seen.append(cells)
            filled = sum(not is_blank(cell) for cell in cells)
            rank = (not missing(where, kind), len(where), filled)
            if rank > self.rank:
                self.cells, self.where, self.rank = cells, where, rank
            if self.is_complete:
                break

    @property
    def is_complete(self):
        """Whether all required columns are recognised."""
        return self.rank[0]

    @property
    def width(self):
        """The number of the last filled column of the header."""
        return 1 + max((i for i, cell in enumerate(self.cells) if not is_blank(cell)), default=-1)

    def unread_nip(self, aliases):
        """The heading of a column with NIP that is not read while a NIK identifies; "" if none.

        Everybody in the file would pass for non-ASN. Not where somebody said what the column is.
        """
        if "nik" not in self.where or "number" in self.where:
            return ""
        asked = {
            index: heading_of(cell)
            for index, cell in enumerate(self.cells)
            if not is_blank(cell)
            and index not in self.where.values()
            and header_key(cell) not in aliases
        }
        ahead = list(islice(self.reading.rows, NUMBERS_SEARCHED))
        self.body = chain(ahead, self.reading.rows)
        for _, cells in ahead:
            for index, heading in asked.items():
                if index < len(cells) and looks_like_nip(cells[index]):
                    return heading
        return ""

    def table(self, name, fixed_width):
        """The table below the header; the reading stands at its first row."""
        headings = {field: text(self.cells[index]) for field, index in self.where.items()}
        return Table(
            name=name,
            where=self.where,
            headings=headings,
            width=self.width,
            fixed_width=fixed_width,
            mended=header_key(REASON_HEADING) in map(header_key, self.cells),
            expected=self.reading.expected,
            body=self.body,
        )


def _unrecognised(name, kind, best, guesses):
    """The refusal of a file of which the columns are not, or not all, recognised."""
    other = OTHER_KIND[kind]
    if any(not missing(positions(cells, other, {}), other) for g in guesses for cells in g.seen):
        return RosterError(f"Berkas {name} adalah {WHAT[other]}; unggah sebagai {WHAT[other]}.")
    if best is None or best.rank[2] < LEAST_COLUMNS:
        return RosterError(f"Berkas {name} bukan {WHAT[kind]}: tidak ada tabel di dalamnya.")
    if best.width > MAX_COLUMNS:
        return too_many_columns(name)
    lacking = missing(best.where, kind)
    labels = ", ".join(required_label(field) for field in lacking)
    return ColumnsMissing(
        f"Berkas {name} bukan {WHAT[kind]}: kolom {labels} tidak ditemukan pada "
        f"{HEADER_SEARCHED} baris pertama.",
        name,
        headings_of(best.cells),
        lacking,
    )
