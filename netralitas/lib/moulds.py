"""A PDF of which most objects never change: ready bytes, to which a few others are added each time.

What is constant comes first in the file, so that its places are constant too. Catalog, pages, what
lies on them and what changes stand by themselves, the rest is packed, so that whoever adds a
revision finds quickly what it needs.
"""

import re
import struct
import zlib
from hashlib import md5

import pydyf

HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
ENTRY = struct.Struct(">BIH")
IN_PLAIN, PACKED = 1, 2
PLAIN_TYPES = {"/Catalog", "/Pages", "/Page", "/Annot"}
REFERENCE = re.compile(rb"(\d+) 0 R")


def number_of(reference):
    """The number of the object that a reference leads to."""
    return int(REFERENCE.fullmatch(reference)[1])


class Mould:
    """The constant part of a finished `pydyf.PDF`: all but the objects numbered `changing`."""

    def __init__(self, pdf, changing):
        self.changing = sorted(changing)
        self.catalog, self.info = pdf.catalog.number, pdf.info.number
        self.size = len(pdf.objects) + 2
        entries = {0: ENTRY.pack(0, 0, 65535)}
        parts, packed = [HEADER], []
        length = len(HEADER)
        for thing in pdf.objects[1:]:
            if thing.number in changing:
                entries[thing.number] = ENTRY.pack(IN_PLAIN, 0, 0)
            elif thing.compressible and not _is_plain(thing):
                entries[thing.number] = ENTRY.pack(PACKED, self.size - 2, len(packed))
                packed.append((thing.number, thing.data))
            else:
                entries[thing.number] = ENTRY.pack(IN_PLAIN, length, 0)
                parts.append(_object(thing.number, thing.data))
                length += len(parts[-1])
        entries[self.size - 2] = ENTRY.pack(IN_PLAIN, length, 0)
        parts.append(_object(self.size - 2, _pack(packed)))
        self.head = b"".join(parts)
        self.entries = b"".join(entries[number] for number in range(self.size - 1))
        self.state = md5(self.head, usedforsecurity=False)

    def cast(self, changed, identifier):
        """The bytes of a file with `changed` (number: bytes of the object) in its places."""
        entries, position = bytearray(self.entries), len(self.head)
        parts, state = [self.head], self.state.copy()
        for number in self.changing:
            ENTRY.pack_into(entries, number * ENTRY.size, IN_PLAIN, position, 0)
            parts.append(_object(number, changed[number]))
            position += len(parts[-1])
            state.update(parts[-1])
        entries += ENTRY.pack(IN_PLAIN, position, 0)
        parts.append(_object(self.size - 1, self._index(bytes(entries), identifier, state)))
        parts.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(parts)

    def _index(self, entries, identifier, state):
        """Where each object lies, and the names of the file: of the document, and of its state."""
        extra = {
            "Type": "/XRef",
            "Size": self.size,
            "W": pydyf.Array([1, 4, 2]),
            "Root": f"{self.catalog} 0 R",
            "Info": f"{self.info} 0 R",
            "ID": pydyf.Array([pydyf.String(identifier), pydyf.String(state.hexdigest())]),
        }
        return stream_of(entries, extra)


def stream_of(content, extra):
    """The bytes of a compressed stream object."""
    packed = zlib.compress(content)
    entries = pydyf.Dictionary({**extra, "Filter": "/FlateDecode", "Length": len(packed)})
    return b"\n".join((entries.data, b"stream", packed, b"endstream"))


def _is_plain(thing):
    return isinstance(thing, dict) and thing.get("Type") in PLAIN_TYPES


def _object(number, data):
    return b"%d 0 obj\n%s\nendobj\n" % (number, data)


def _pack(things):
    """An object stream."""
    places, position = [], 0
    for number, data in things:
        places.append(b"%d %d" % (number, position))
        position += len(data) + 1
    first = b" ".join(places) + b"\n"
    content = first + b"\n".join(data for _, data in things)
    return stream_of(content, {"Type": "/ObjStm", "N": len(things), "First": len(first)})
