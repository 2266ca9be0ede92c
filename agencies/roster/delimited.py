"""CSV as SIASN and Excel write it: `;`, `|`, `,` or tab, with or without BOM, UTF-8 or CP1252."""

import codecs
import csv
import io
from itertools import islice

from ..errors import RosterError
from .records import Reading
from .sources import MAX_ROWS, too_many_rows

DELIMITERS = (";", "|", ",", "\t")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta")
CHUNK = 1024 * 1024
# More characters than a row of any export has: 200 columns of a thousand.
MAX_ROW_LENGTH = 200_000


def readings(source, most_rows=None):
    """One reading of the file for each delimiter, of `most_rows` rows if that is told.

    Which delimiter is meant shows only when a header is recognised, so the caller chooses. Row
    numbers are those Excel shows: a blank row counts, a line break inside quotes does not.
    """
    if source.data[:64].removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(MARKUP):
        raise RosterError(
            f"Berkas {source.name} adalah halaman web, bukan CSV atau XLSX. Unduh ulang dari "
            "SIASN, atau buka dengan Excel lalu simpan sebagai .xlsx."
        )
    encoding, lines = encoding_of(source), source.data.count(b"\n")
    return [
        Reading(lines, islice(_rows(source, encoding, delimiter), most_rows))
        for delimiter in DELIMITERS
    ]


def encoding_of(source):
    """The encoding of the file. Raises RosterError for bytes that no spreadsheet program writes."""
    encodings = ("utf-16",) if source.data.startswith(UTF16_MARKS) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        if _decodes(source.data, encoding):
            return encoding
    raise RosterError(
        f"Berkas {source.name} bukan CSV maupun XLSX yang dapat dibaca. "
        "Gunakan hasil unduhan SIASN apa adanya."
    )


def _decodes(data, encoding):
    """Whether the bytes are text in `encoding`; tried in pieces, never decoded as a whole."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), CHUNK):
            decoder.decode(data[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class _Lines:
    """The lines of a text for `csv.reader`, no more of them for one row than a row may hold."""

    def __init__(self, text, name):
        self.text, self.name = text, name
        self.left = MAX_ROW_LENGTH

    def __iter__(self):
        return self

    def __next__(self):
        line = self.text.readline(self.left + 1)
        self.left -= len(line)
        if self.left < 0:
            raise RosterError(
                f"Berkas {self.name} memuat baris yang lebih panjang dari {MAX_ROW_LENGTH:,} "
                "huruf; itu bukan baris daftar pegawai.".replace(",", ".")
            )
        if not line:
            raise StopIteration
        return line


def _rows(source, encoding, delimiter):
    """Rows as tuples of text. Strict about quotes: a lost quote would swallow whole rows."""
    name, number = source.name, 0
    text = io.TextIOWrapper(io.BytesIO(source.data), encoding=encoding, newline="")
    lines = _Lines(text, name)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_ROWS + 1:
                raise too_many_rows(name)
            lines.left = MAX_ROW_LENGTH
            yield number, tuple(cells)
    except csv.Error as error:
        raise RosterError(
            f"Berkas {name} tidak dapat dibaca mulai baris {number + 1}: "
            "tanda petik ganda tidak berpasangan atau isi sel terlalu panjang."
        ) from error
