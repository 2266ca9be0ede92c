"""Files that are handed out: safe names, and ZIP archives that are made while they are sent."""

import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
UNPRINTABLE = {"Cc", "Cf", "Cs"}
# What Windows takes for a device, whatever its ending.
DEVICE = re.compile(r"con|prn|aux|nul|con(?:in|out)\$|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
LONGEST = 180  # bytes, where file systems take 255: an ending and a number still fit


def safe_name(text, longest=LONGEST):
    """`text` as a file or folder name that Windows, macOS and Linux accept.

    Letters with diacritics stay; at most `longest` bytes, never empty, never ending in a dot or a
    space, never a name of a device, and without the marks that turn the direction of writing.
    """
    printable = "".join(" " if unicodedata.category(c) in UNPRINTABLE else c for c in text)
    name = " ".join(FORBIDDEN.sub(" ", printable).split())
    name = name.encode()[:longest].decode(errors="ignore").rstrip(". ") or "tanpa nama"
    return f"{name}_" if DEVICE.fullmatch(name.partition(".")[0].rstrip()) else name


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
    names = UniqueNames()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(names.unused(name), content)
            yield outlet.take()
    yield outlet.take()


class UniqueNames:
    """The names of files in one archive; Windows takes upper and lower case for the same."""

    def __init__(self):
        self.taken = set()

    def unused(self, name):
        """`name`, with a number if it comes again."""
        ending = PurePosixPath(name).suffix
        candidate, number = name, 2
        while candidate.casefold() in self.taken:
            candidate, number = f"{name.removesuffix(ending)} ({number}){ending}", number + 1
        self.taken.add(candidate.casefold())
        return candidate
