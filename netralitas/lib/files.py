"""Files that are handed out: safe names, and ZIP archives that are made while they are sent."""

import re
import zipfile

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
LONGEST = 120


def safe_name(text):
    """`text` as a file or folder name that Windows, macOS and Linux accept.

    Letters with diacritics stay; never empty, never ending in a dot or a space.
    """
    name = " ".join(FORBIDDEN.sub(" ", text).split())[:LONGEST].rstrip(". ")
    return name or "tanpa nama"


class Outlet:
    """A file that only forwards what is written to it."""

    def __init__(self):
        self.waiting = bytearray()

    def write(self, data):
        self.waiting += data
        return len(data)

    def flush(self):
        """Nothing is kept back."""

    def take(self):
        """What was written since the last time."""
        data, self.waiting = bytes(self.waiting), bytearray()
        return data


def stream_zip(members):
    """Yield the bytes of a ZIP of `members`, pairs of name and content, one in memory at a time.

    PDFs hardly shrink, so they are stored as they are. A name that comes again gets a number.
    """
    outlet = Outlet()
    taken = set()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(_unused(name, taken), content)
            yield outlet.take()
    yield outlet.take()


def _unused(name, taken):
    stem, dot, ending = name.rpartition(".")
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{stem} ({number}){dot}{ending}", number + 1
    taken.add(candidate.casefold())
    return candidate
