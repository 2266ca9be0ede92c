"""A file becomes a table: the header found, every row a dictionary of whitelisted fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ..errors import RosterError
from . import delimited, workbook
from .columns import employee_positions, unit_positions
from .sources import MAX_COLUMNS

HEADER_SEARCHED = 10


@dataclass(frozen=True)
class Table:
    """A recognised table. `where` says in which column each field stands.

    `fixed_width` holds for CSV: there a row with more or fewer cells than the header is a shifted
    or cut one, while a worksheet may have notes beside the table.
    """

    name: str
    where: dict
    width: int
    fixed_width: bool
    body: Iterator

    def rows(self):
        """(row number as Excel shows it, {field: raw cell}, fits the header) of rows not blank.

        May be walked once. Raises RosterError where the file turns out to be damaged.
        """
        for number, cells in self.body:
            if all(is_blank(cell) for cell in cells):
                continue
            row = {
                field: cells[index] if index < len(cells) else None
                for field, index in self.where.items()
            }
            yield number, row, not self.fixed_width or self._fits(cells)

    def _fits(self, cells):
        return len(cells) >= self.width and all(is_blank(cell) for cell in cells[self.width :])


def employee_table(source):
    """The roster in the file. Raises RosterError if there is none."""
    table = _table(source, employee_positions)
    if table is not None:
        return table
    if _table(source, unit_positions) is not None:
        raise RosterError(f"Berkas {source.name} adalah hierarki unit; berikan dengan --units.")
    raise RosterError(
        f"Berkas {source.name} bukan roster pegawai: kolom NAMA dan NIP BARU (atau NIK bagi "
        "Non-ASN) tidak ditemukan pada sepuluh baris pertama."
    )


def unit_table(source):
    """The unit hierarchy in the file. Raises RosterError if there is none."""
    table = _table(source, unit_positions)
    if table is None:
        raise RosterError(
            f"Berkas {source.name} bukan hierarki unit: "
            "kolom ID, NAMA_UNOR, dan ID_ATASAN tidak ditemukan pada sepuluh baris pertama."
        )
    return table


def is_blank(cell):
    """Whether nothing is to be seen in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _table(source, recognise):
    """The reading of the file (delimiter, worksheet) in whose header most fields are known.

    None if no reading has a header; RosterError if none could be read as far as one.
    """
    fixed_width = not workbook.is_workbook(source)
    readings = (delimited if fixed_width else workbook).readings(source)
    tables, damages = [], []
    for reading in readings:
        try:
            table = _with_header(source.name, reading, recognise, fixed_width)
        except RosterError as error:
            damages.append(error)
        else:
            tables += [table] if table else []
    if damages and len(damages) == len(readings):
        raise damages[0]
    best = max(tables, key=lambda table: len(table.where), default=None)
    if best is not None and best.width > MAX_COLUMNS:
        raise RosterError(f"Berkas {source.name} berisi lebih dari {MAX_COLUMNS} kolom.")
    return best


def _with_header(name, reading, recognise, fixed_width):
    """The table whose header is among the first rows of one reading, or None."""
    for _, cells in islice(reading, HEADER_SEARCHED):
        where = recognise(cells)
        if where:
            width = 1 + max(i for i, cell in enumerate(cells) if not is_blank(cell))
            return Table(name, where, width, fixed_width, reading)
    return None
