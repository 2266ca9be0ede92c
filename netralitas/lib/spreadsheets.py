"""XLSX files that are handed out: text, numbers and times, never a formula or a link."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from numbers import Real

import xlsxwriter
from django.http import FileResponse

from .files import safe_name

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROWEST, WIDEST = 10, 60  # characters
A4 = 9
BAR = "#9DB2D6"
MOMENT = "dd/mm/yyyy hh:mm:ss"
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: a frozen heading row with filters, then `rows`. A column is as wide
    as what is in it; printed, the sheet is as wide as an A4 page and repeats its headings.

    With `as_text` the columns are formatted as text, so that what somebody types into them stays
    text too. `last` is a row below them that filters leave alone; the percentages in the column
    `bars`, counted from 0, are shown as bars as well.
    """

    name: str
    headings: list
    rows: Iterable
    as_text: bool = False
    last: Sequence = ()
    bars: int | None = None


def workbook(sheet_name, headings, rows, *, as_text=False):
    """The bytes of an XLSX with one `Sheet`."""
    return workbook_of([Sheet(sheet_name, headings, rows, as_text)])


def workbook_of(sheets):
    """The bytes of an XLSX with these sheets.

    A number stays a number, a naive datetime is one that sorts (its heading names the zone, for
    XLSX knows none), everything else becomes text as it is: an identity number keeps its digits,
    and a name that begins with `=` stays a name. Rows are written as they come, one in memory at a
    time.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    bold = book.add_format({"bold": True, "bottom": 1})
    typed = book.add_format({"num_format": "@"})
    moment = book.add_format({"num_format": MOMENT, "align": "left"})
    for sheet in sheets:
        _fill(book, sheet, bold, typed, moment)
    book.close()
    return target.getvalue()


def _fill(book, sheet, bold, typed, moment):
    name = sheet.name.translate(FORBIDDEN_IN_SHEET_NAME)[:LONGEST_SHEET_NAME]
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    _for_print(page)
    widths = [len(heading) + 4 for heading in sheet.headings]
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading, bold)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        widths = [max(pair) for pair in zip_longest(widths, map(_width, row), fillvalue=0)]
        for column, value in enumerate(row):
            _write(page, last, column, value, moment)
    for column, width in enumerate(widths):
        bounded = min(WIDEST, max(NARROWEST, width))
        page.set_column(column, column, bounded, typed if sheet.as_text else None)
    if sheet.headings:
        page.autofilter(0, 0, last, len(sheet.headings) - 1)
    for column, value in enumerate(sheet.last):
        _write(page, last + 1, column, value, moment)
    if sheet.bars is not None:
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": BAR}
        whole = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 100}
        page.conditional_format(1, sheet.bars, last + 1, sheet.bars, bar | whole)


def _for_print(page):
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _width(value):
    """How many characters a cell with this value needs."""
    return len(MOMENT if isinstance(value, datetime) else str(value or "")) + 2


def _write(sheet, row, column, value, moment):
    if isinstance(value, Real) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime) and value.tzinfo is None:
        sheet.write_datetime(row, column, value, moment)
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
