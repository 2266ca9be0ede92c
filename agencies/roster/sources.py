"""Files as they are handed over: a name for messages and the bytes, never more than the limit."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import RosterError

MEGABYTE = 1024 * 1024
MAX_BYTES = 60 * MEGABYTE
MAX_TOTAL_BYTES = 100 * MEGABYTE
MAX_FILES = 10
MAX_COLUMNS = 200
MAX_ROWS = 200_000


@dataclass(frozen=True)
class Source:
    """One file. `name` is what messages call it and holds no folder."""

    name: str
    data: bytes = field(repr=False)

    def __post_init__(self):
        if len(self.data) > MAX_BYTES:
            raise too_large(self.name)
        if not self.data or self.data.isspace():
            raise empty(self.name)

    @property
    def sha256(self):
        """Hexadecimal digest of the bytes, for the audit trail."""
        return hashlib.sha256(self.data).hexdigest()


def source_from_path(path):
    """The file at `path`. Raises RosterError if it cannot be read or is over 60 MB."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(path.name)
        return Source(path.name, path.read_bytes())
    except (OSError, ValueError) as error:
        raise RosterError(
            f"Berkas {path.name} tidak dapat dibuka. Periksa nama, letak, dan hak bacanya."
        ) from error


def empty(name, field=""):
    """The refusal of a file in which nothing is to be seen."""
    return RosterError(f"Berkas {name} kosong.", field)


def too_large(name, field=""):
    """The refusal of a file over the limit, so that nobody fills the memory with one."""
    return RosterError(f"Berkas {name} lebih besar dari {MAX_BYTES // MEGABYTE} MB.", field)


def too_many_rows(name):
    """The refusal of a file with more rows than any government has employees."""
    return RosterError(f"Berkas {name} berisi lebih dari 200.000 baris.")


def too_many_columns(name):
    """The refusal of a table wider than any export."""
    return RosterError(f"Berkas {name} berisi lebih dari {MAX_COLUMNS} kolom.")
