"""XLSX read as a stream, within bounds: a small archive must not unpack to fill the memory."""

import io
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ..errors import RosterError
from .sources import MAX_COLUMNS, MAX_ROWS, too_many_rows

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_SHARED_TEXT_BYTES = 60 * 1024 * 1024
MAX_PARTS = 2_000
MAX_SHEETS = 20
EXCEL_ROWS = 1_048_576

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


def readings(source):
    """One reading for each of the first 20 worksheets: (row number, cells as Excel typed them)."""
    _check_bounds(source)
    try:
        book = load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        sheets = book.worksheets[:MAX_SHEETS]
        for sheet in sheets:
            # The dimensions some programs write are wrong (A1); read what is there instead.
            sheet.reset_dimensions()
    except DAMAGE as error:
        raise _damaged(source.name) from error
    return [_rows(source.name, sheet) for sheet in sheets]


def _check_bounds(source):
    """Compare the sizes the archive declares (the reader unpacks no more) with the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            parts = archive.infolist()
    except DAMAGE as error:
        raise _damaged(source.name) from error
    shared = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or shared > MAX_SHARED_TEXT_BYTES:
        raise RosterError(
            f"Berkas {source.name} menjadi terlalu besar bila dibuka. "
            "Simpan ulang hanya lembar roster, atau gunakan CSV dari SIASN."
        )


def _rows(name, sheet):
    """Rows as tuples without the empty ones, of which one far cell can make a million.

    One column more than allowed is read, so that the caller sees a sheet that is too wide. Raises
    RosterError when the sheet proves damaged.
    """
    filled = 0
    try:
        for number, cells in enumerate(
            sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), start=1
        ):
            empty = cells.count(None) == len(cells)
            filled += not empty
            if number > EXCEL_ROWS or filled > MAX_ROWS + 1:
                raise too_many_rows(name)
            if not empty:
                yield number, cells
    except DAMAGE as error:
        raise _damaged(name) from error


def _damaged(name):
    return RosterError(
        f"Berkas {name} bukan XLSX yang utuh. Unduh ulang dari SIASN, atau simpan ulang dari Excel."
    )
