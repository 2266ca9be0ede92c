"""The ZIP archive of an XLSX, of which a reader gets no more than a roster can need.

A few kilobytes unpack to hundreds of megabytes, and an XML reader keeps a multiple of that in
memory. What is handed out is therefore counted while it is read: bytes and tags of each part, and
of a worksheet besides what lies between one row and the next.
"""

import io
import zipfile

from .sources import MEGABYTE

MAX_UNPACKED_BYTES = 250 * MEGABYTE
MAX_PARTS = 2_000
MAX_DIRECTORY_BYTES = MEGABYTE
MAX_SHARED_TEXT_BYTES = 60 * MEGABYTE
MAX_SHARED_TEXT_TAGS = 2_000_000
MAX_PART_BYTES = 8 * MEGABYTE
MAX_PART_TAGS = 100_000
MAX_SHEET_TAGS = 8_000_000
# Between two rows: wide enough for a row of 16,384 cells and for the links of a whole sheet.
MAX_ROW_BYTES = 8 * MEGABYTE
MAX_ROW_TAGS = 100_000

END_OF_ARCHIVE = b"PK\x05\x06"
END_LENGTH = 22
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class TooLarge(Exception):
    """The archive unpacks to more than a roster can need."""


class Archive(zipfile.ZipFile):
    """The archive in `data`. Raises TooLarge, here or while it is read; BadZipFile for damage."""

    def __init__(self, data):
        _check_directory(data)
        super().__init__(io.BytesIO(data))
        parts = self.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            # What the directory declares; a reader unpacks no more than that.
            raise TooLarge
        if not {part.compress_type for part in parts} <= PACKED:
            raise zipfile.BadZipFile("packed in a way no spreadsheet program uses")

    def open(self, name, *args, **options):
        """A part as a stream that ends with TooLarge where it becomes too much.

        `read` comes here as well. No more is unpacked than the directory declares.
        """
        if str(name).endswith("sharedStrings.xml"):
            bounds = Bounds(MAX_SHARED_TEXT_BYTES, MAX_SHARED_TEXT_TAGS)
        else:
            bounds = Bounds(MAX_PART_BYTES, MAX_PART_TAGS)
        return Counted(super().open(name, *args, **options), bounds)

    def open_sheet(self, name):
        """A worksheet: of any length, as long as `row_done` is called after each row."""
        rows = Bounds(MAX_ROW_BYTES, MAX_ROW_TAGS)
        return Counted(super().open(name), Bounds(MAX_UNPACKED_BYTES, MAX_SHEET_TAGS), rows)


class Bounds:
    """How many bytes and tags may still come."""

    def __init__(self, data, tags):
        self.most = data, tags
        self.start()

    def start(self):
        """Count from the beginning again."""
        self.data, self.tags = self.most

    def take(self, data, tags):
        """Raises TooLarge when the last of either is used up."""
        self.data -= data
        self.tags -= tags
        if self.data < 0 or self.tags < 0:
            raise TooLarge


class Counted(io.RawIOBase):
    """A stream that counts what it hands out against `bounds`, each of them."""

    def __init__(self, stream, bounds, row_bounds=None):
        super().__init__()
        self.stream, self.row_bounds = stream, row_bounds
        self.bounds = [bounds, *([row_bounds] if row_bounds else [])]

    def readable(self):
        """Always."""
        return True

    def read(self, size=-1):
        """The next `size` bytes; the rest of the part, within the bounds, if no size is given."""
        most = min(bound.data for bound in self.bounds) + 1
        data = self.stream.read(most if size is None or size < 0 else size)
        tags = data.count(b"<")
        for bound in self.bounds:
            bound.take(len(data), tags)
        return data

    def row_done(self):
        """What lies between two rows is counted anew."""
        self.row_bounds.start()

    def close(self):
        self.stream.close()
        super().close()


def _check_directory(data):
    """Look at the size of the directory before a reader builds an object for each entry."""
    tail = data[-(END_LENGTH + 65_535) :]
    for at in {len(tail) - END_LENGTH, tail.rfind(END_OF_ARCHIVE)}:
        end = tail[at : at + END_LENGTH] if at >= 0 else b""
        size = int.from_bytes(end[12:16], "little")
        if end.startswith(END_OF_ARCHIVE) and size > MAX_DIRECTORY_BYTES:
            raise TooLarge
