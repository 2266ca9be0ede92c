"""CSV as SIASN and Excel write it: `;`, `|`, `,` or tab, with or without BOM, UTF-8 or CP1252."""

import csv
import io

from ..errors import RosterError
from .sources import MAX_ROWS, too_many_rows

DELIMITERS = (";", "|", ",", "\t")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def readings(source):
    """One reading of the file for each delimiter: iterators of (row number, cells).

    Which delimiter is meant shows only when a header is recognised, so the caller chooses. Row
    numbers are those Excel shows: a blank row counts, a line break inside quotes does not.
    """
    encoding = encoding_of(source)
    return [_rows(source, encoding, delimiter) for delimiter in DELIMITERS]


def encoding_of(source):
    """The encoding of the file. Raises RosterError for bytes that no spreadsheet program writes."""
    encodings = ("utf-16",) if source.data.startswith(UTF16_MARKS) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            source.data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise RosterError(
        f"Berkas {source.name} bukan CSV maupun XLSX yang dapat dibaca. "
        "Gunakan hasil unduhan SIASN apa adanya."
    )


def _rows(source, encoding, delimiter):
    """Rows as tuples of text. Strict about quotes: a lost quote would swallow whole rows."""
    name, number = source.name, 0
    text = io.TextIOWrapper(io.BytesIO(source.data), encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_ROWS + 1:
                raise too_many_rows(name)
            yield number, tuple(cells)
    except csv.Error as error:
        raise RosterError(
            f"Berkas {name} tidak dapat dibaca mulai baris {number + 1}: "
            "tanda petik ganda tidak berpasangan atau isi sel terlalu panjang."
        ) from error
