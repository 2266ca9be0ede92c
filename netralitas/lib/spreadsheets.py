"""XLSX files that are handed out: every cell is text or a number, never a formula or a link."""

import io
from numbers import Real

import xlsxwriter
from django.http import FileResponse

from .files import safe_name

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def workbook(sheet_name, headings, rows, *, as_text=False):
    """The bytes of an XLSX with one sheet: a frozen heading row with filters, then `rows`.

    A number stays a number, everything else becomes text as it is: an identity number keeps its
    digits, and a name that begins with `=` stays a name. With `as_text` the columns are formatted
    as text, so that what somebody types into them stays text too. Rows are written as they come,
    one in memory at a time.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet(sheet_name.translate(FORBIDDEN_IN_SHEET_NAME)[:LONGEST_SHEET_NAME])
    bold = book.add_format({"bold": True, "bottom": 1})
    typed = book.add_format({"num_format": "@"}) if as_text else None
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, min(WIDEST, max(12, len(heading) + 4)), typed)
        sheet.write_string(0, column, heading, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, last, column, value)
    if headings:
        sheet.autofilter(0, 0, last, len(headings) - 1)
    book.close()
    return target.getvalue()


def _write(sheet, row, column, value):
    if isinstance(value, Real) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value))


def workbook_response(name, content):
    """`content`, the bytes of an XLSX, as a download called `name`.xlsx."""
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=f"{safe_name(name)}.xlsx",
        content_type=CONTENT_TYPE,
    )
