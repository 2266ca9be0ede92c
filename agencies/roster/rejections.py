"""Rows that are not imported: what is kept of them, so that a person can mend them.

Kept are the whitelisted cells alone, under the headings SIASN gives them, as text that the reader
understands in the same way when it comes back (see rejects.py).
"""

from datetime import date

from ..choices import RosterFileKind
from ..models.employee import NIK_LENGTH, NIP_LENGTH
from . import values
from .columns import preferred
from .identity import as_written, spoilt
from .records import Rejection

LONGEST_CELL = 500
ALWAYS_KEPT = {"number", "nik", "name"}


def rejected_row(table, row_number, row, problem, *, shifted=False):
    """The rejection of a row that could not be read as a person.

    A shifted row keeps no cell: what stands under NAMA there may be anything of the export.
    """
    number = values.text(row.get("number") or row.get("nik"))
    return Rejection(
        file=table.name,
        row=row_number,
        reason=str(problem),
        column=table.headings.get(problem.column, ""),
        cells={} if shifted else _cells(row),
        number="".join(number.split()),
        siasn_id=values.text(row.get("siasn_id")),
        name=values.text(row.get("name")),
    )


def rejected_person(person, headings, problem):
    """The rejection of a row that was read well but does not fit the rest.

    `headings` are those of its file, in the order of the person's cells.
    """
    return Rejection(
        file=person.file,
        row=person.row,
        reason=str(problem),
        column=headings.get(problem.column, ""),
        cells=_cells(dict(zip(headings, person.cells, strict=True))),
        number=person.number,
        siasn_id=person.siasn_id or "",
        name=person.name,
    )


def rejected_as_rounded(person, headings, problem):
    """The same for a number that Excel rounded: kept in a form that nobody takes for a number."""
    rejection = rejected_person(person, headings, problem)
    heading = preferred(RosterFileKind.ROSTER, problem.column)
    rejection.cells[heading] = spoilt(person.number)
    return rejection


def is_identity_number(text):
    """Whether the text has the length of a NIP or NIK and nothing but digits."""
    return len(text) in {NIP_LENGTH, NIK_LENGTH} and text.isascii() and text.isdigit()


def _cells(row):
    """{SIASN's heading: text} of the cells in which something stands, and of name and number."""
    texts = {field: _as_text(field, cell)[:LONGEST_CELL] for field, cell in row.items()}
    return {
        preferred(RosterFileKind.ROSTER, field): text
        for field, text in texts.items()
        if text or field in ALWAYS_KEPT
    }


def _as_text(field, cell):
    if field in {"number", "nik"}:
        return as_written(cell, "NIP" if field == "number" else "NIK")
    if field == "phone":
        return values.phone(cell)
    if isinstance(cell, date):
        return values.day(cell).isoformat()
    return values.text(cell)
