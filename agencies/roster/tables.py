"""A file becomes a table: the header found, every row a dictionary of whitelisted fields."""

from dataclasses import dataclass
from itertools import chain, islice

from ..errors import RosterError
from . import delimited, workbook
from .columns import employee_positions, unit_positions

HEADER_SEARCHED = 10


@dataclass(frozen=True)
class Table:
    """A recognised table. `rows()` may be walked once."""

    name: str
    where: dict
    width: int
    body: object

    @property
    def fields(self):
        """The fields this file has a column for, filled or not."""
        return frozenset(self.where)

    def rows(self):
        """(row number as Excel shows it, {field: raw cell}, too wide?) for each row not blank."""
        for number, cells in self.body:
            if not any(cell not in (None, "") for cell in cells):
                continue
            row = {
                field: cells[index] if index < len(cells) else None
                for field, index in self.where.items()
            }
            yield number, row, any(cell not in (None, "") for cell in cells[self.width :])


def employee_table(source):
    """The roster in the file. Raises RosterError if there is none."""
    return _table(source, employee_positions) or _not_a_roster(source)


def unit_table(source):
    """The unit hierarchy in the file. Raises RosterError if there is none."""
    table = _table(source, unit_positions)
    if table is None:
        raise RosterError(
            f"Berkas {source.name} bukan hierarki unit: "
            "kolom ID, NAMA_UNOR, dan ID_ATASAN tidak ditemukan pada sepuluh baris pertama."
        )
    return table


def _not_a_roster(source):
    if _table(source, unit_positions):
        raise RosterError(f"Berkas {source.name} adalah hierarki unit; berikan dengan --units.")
    raise RosterError(
        f"Berkas {source.name} bukan roster pegawai: kolom NAMA dan NIP BARU (atau NIK bagi "
        "Non-ASN) tidak ditemukan pada sepuluh baris pertama."
    )


def _table(source, recognise):
    """The reading of the file (delimiter, worksheet) in whose header most fields are known."""
    best, damage = None, None
    reader = workbook if workbook.is_workbook(source) else delimited
    for reading in reader.readings(source):
        try:
            table = _with_header(source.name, reading, recognise)
        except RosterError as error:
            damage = error
            continue
        if table and (best is None or len(table.where) > len(best.where)):
            best = table
    if best is None and damage is not None:
        raise damage
    return best


def _with_header(name, reading, recognise):
    """The table whose header is among the first rows of one reading, or None."""
    top = list(islice(reading, HEADER_SEARCHED))
    for index, (_, cells) in enumerate(top):
        where = recognise(cells)
        if where:
            width = 1 + max(i for i, cell in enumerate(cells) if cell not in (None, ""))
            return Table(name, where, width, chain(top[index + 1 :], reading))
    return None
