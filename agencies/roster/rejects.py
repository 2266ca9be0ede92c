"""The rejected rows of an import as a file: to be mended and uploaded again, as a part of a roster.

One sheet holds the rows of all files under the headings SIASN gives, and why each was rejected. A
number carries the `'` of SIASN's own exports, so that the reader knows it was never a spreadsheet's
number; by the column of reasons the reader knows these files again (see `columns.REASON_HEADING`).
"""

from netralitas.lib.spreadsheets import workbook

from .columns import EMPLOYEE_COLUMNS, REASON_HEADING
from .rejections import is_identity_number

HEADINGS = [names[0] for names in EMPLOYEE_COLUMNS.values()]
PLACE_HEADINGS = ("Berkas", "Baris")


def rejected_workbook(roster_import):
    """The bytes of an XLSX with the rejected rows of the import; every cell is text."""
    lines = roster_import.lines.rejected()
    used = set().union(*lines.values_list("cells", flat=True).iterator())
    headings = [heading for heading in HEADINGS if heading in used]
    rows = (
        [*(_cell(line.cells.get(heading, "")) for heading in headings), *_place(line), line.reason]
        for line in lines.iterator()
    )
    return workbook(
        "Baris ditolak", [*headings, *PLACE_HEADINGS, REASON_HEADING], rows, as_text=True
    )


def _cell(text):
    return f"'{text}" if is_identity_number(text) else text


def _place(line):
    return line.file, str(line.row)
