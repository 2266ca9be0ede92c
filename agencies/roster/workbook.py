"""XLSX read as a stream, within bounds: a small archive must not unpack to fill the memory."""

import re
import zipfile
import zlib
from itertools import islice
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from ..errors import RosterError
from .archive import Archive, TooLarge
from .records import Reading
from .sources import MAX_COLUMNS, MAX_ROWS, too_many_rows

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_SHEETS = 20
STRING, RUN, TEXT = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "r", "t"))
EXCEL_ROWS = 1_048_576
LAST_ROW = re.compile(rb'<(?:\w+:)?dimension[^>]*ref="[A-Z]+\d+:[A-Z]+(\d+)"')
# One column more than allowed is kept, so that a sheet that is too wide is seen to be.
WIDTH = MAX_COLUMNS + 1

# What openpyxl and the modules below it raise on archives that are not, or not quite, workbooks.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ParseError,
    DefusedXmlException,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)


def is_workbook(source):
    """Whether the file starts as an XLSX does. Refuses old or password-protected workbooks."""
    if source.data.startswith(OLE_MARK):
        raise RosterError(
            f"Berkas {source.name} berformat Excel lama (.xls) atau dilindungi kata sandi. "
            "Simpan sebagai .xlsx tanpa kata sandi, lalu ulangi."
        )
    return source.data.startswith(ZIP_MARK)


def readings(source, most_rows=None):
    """One reading for each of the first 20 worksheets; cells are as Excel typed them.

    No more than `most_rows` rows are looked at, blank ones among them, if that is told.
    """
    try:
        book = _Book(source.data)
        return [
            Reading(book.last_row(path), _rows(source.name, book, path, most_rows))
            for path in book.sheets
        ]
    except TooLarge as error:
        raise _too_large(source.name) from error
    except DAMAGE as error:
        raise _damaged(source.name) from error


class _Book:
    """A workbook as openpyxl reads it, with three things of its `read_only` mode done here.

    That mode reads a sheet without dimensions twice, hands out a million empty rows before one far
    cell, and keeps the elements of all shared strings. Properties, themes, drawings and links are
    not looked at.
    """

    def __init__(self, data):
        self.archive = Archive(data)
        reader = ExcelReader(self.archive.fp, read_only=True, data_only=True, keep_links=False)
        reader.archive = self.archive
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(self.archive, reader.wb)
        self.book = reader.wb
        part = reader.package.find(SHARED_STRINGS)
        self.strings = _SharedStrings(self._texts(part.PartName[1:]) if part else ())
        sheets = [
            target.target
            for _, target in reader.parser.find_sheets()
            if target.target in reader.valid_files and "chartsheet" not in target.Type
        ]
        self.sheets = sheets[:MAX_SHEETS]

    def _texts(self, path):
        """The texts of the cells, without formats and phonetic readings."""
        with self.archive.open(path) as stream:
            events = iterparse(stream, events=("start", "end"))
            _, root = next(events)
            for event, node in events:
                if event == "end" and node.tag == STRING:
                    runs = [node, *node.findall(RUN)]
                    yield "".join(run.findtext(TEXT, "") for run in runs)
                    root.clear()

    def last_row(self, path):
        """The last row as the sheet itself tells it, which may be wrong; 0 if it does not."""
        with self.archive.open(path) as stream:
            told = LAST_ROW.search(stream.read(2048))
        return min(int(told[1][:7]), EXCEL_ROWS) if told else 0

    def rows(self, path):
        """(row number, {column: value}) of every row that is there."""
        with self.archive.open_sheet(path) as stream:
            parser = WorkSheetParser(
                stream,
                self.strings,
                data_only=True,
                epoch=self.book.epoch,
                date_formats=self.book._date_formats,
                timedelta_formats=self.book._timedelta_formats,
            )
            for number, cells in parser.parse():
                stream.row_done()
                parser.row_dimensions.clear()
                yield number, cells


class _SharedStrings:
    """The texts that cells refer to by their place; read no further than to the one asked for."""

    def __init__(self, texts):
        self.unread, self.texts = iter(texts), []

    def __getitem__(self, place):
        while len(self.texts) <= place:
            try:
                self.texts.append(next(self.unread))
            except StopIteration as end:
                raise IndexError(place) from end
        return self.texts[place]


def _rows(name, book, path, most_rows):
    """Rows as tuples without the empty ones. Raises RosterError where the sheet is damaged."""
    last = 0
    try:
        for seen, (number, cells) in enumerate(islice(book.rows(path), most_rows)):
            if number > EXCEL_ROWS or seen > MAX_ROWS:
                raise too_many_rows(name)
            if number <= last:
                raise _damaged(name)
            last = number
            row = _row(cells)
            if row:
                yield number, row
    except TooLarge as error:
        raise _too_large(name) from error
    except DAMAGE as error:
        raise _damaged(name) from error


def _row(cells):
    """The values of one row up to the last that holds one; () if none does."""
    row = [None] * WIDTH
    width = 0
    for cell in cells:
        value, column = cell["value"], cell["column"]
        if value is not None and column <= WIDTH:
            row[column - 1] = value
            width = max(width, column)
    return tuple(row[:width])


def _too_large(name):
    return RosterError(
        f"Berkas {name} menjadi terlalu besar bila dibuka. "
        "Simpan ulang hanya lembar daftar pegawai, atau gunakan CSV dari SIASN."
    )


def _damaged(name):
    return RosterError(
        f"Berkas {name} bukan XLSX yang utuh. Unduh ulang dari SIASN, atau simpan ulang dari Excel."
    )
