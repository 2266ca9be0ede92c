"""A PDF that is written while it is made: what is finished leaves the memory.

It takes the objects of pydyf. Small ones are packed together between two calls of `flush`, so that
a long file with its thousands of small objects stays short.
"""

import zlib
from hashlib import sha256

import pydyf

from .files import Outlet

HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
LEVEL = 5
FREE, PLAIN, PACKED = range(3)
# How many bytes of the table of contents tell the kind, place and index of an object.
FIELDS = (1, 6, 4)


class GrowingPDF:
    """The objects of one file, in the order in which they are finished."""

    def __init__(self):
        self.outlet = Outlet()
        self.outlet.write(HEADER)
        self.written = len(HEADER)
        self.places = [(FREE, 0, 0)]
        self.waiting = []

    def reserve(self, thing):
        """Give `thing` its number, so that others can refer to it before it is added."""
        thing.number = len(self.places)
        self.places.append(None)
        return thing

    def add_object(self, thing):
        """Take a finished object: a stream is written, anything else waits for the next flush."""
        if thing.number is None:
            self.reserve(thing)
        if isinstance(thing, pydyf.Stream):
            self._write(thing)
        else:
            self.waiting.append((thing.number, thing.data))

    def flush(self):
        """The bytes written since the last time."""
        if self.waiting:
            packed, self.waiting = self.waiting, []
            self._pack(packed)
        return self.outlet.take()

    def close(self, catalog, info, identifier):
        """The last bytes: `catalog` and `info` are added before. Nothing may follow."""
        last = self.flush()
        table = self.reserve(pydyf.Stream(compress=True))
        self.places[table.number] = (PLAIN, self.written, 0)
        table.stream = [b"".join(_entry(place) for place in self.places)]
        name = pydyf.String(sha256(identifier.encode()).hexdigest()[:32]).data
        table.extra = {
            "Type": "/XRef",
            "W": pydyf.Array(FIELDS),
            "Size": len(self.places),
            "Root": catalog.reference,
            "Info": info.reference,
            "ID": pydyf.Array((name, name)),
        }
        at = self.written
        self._write(table)
        self.outlet.write(f"startxref\n{at}\n%%EOF\n".encode())
        return last + self.outlet.take()

    def _pack(self, packed):
        stream = self.reserve(pydyf.Stream())
        position, index = 0, []
        for place, (number, data) in enumerate(packed):
            self.places[number] = (PACKED, stream.number, place)
            index.append(f"{number} {position}")
            position += len(data) + 1
        head = " ".join(index).encode()
        kind = {"Type": "/ObjStm", "N": len(packed), "First": len(head) + 1}
        content = compressed(b"\n".join([head, *(data for _, data in packed)]))
        stream.stream, stream.extra = content.stream, content.extra | kind
        self._write(stream)

    def _write(self, thing):
        self.places[thing.number] = (PLAIN, self.written, 0)
        content = thing.indirect + b"\n"
        self.outlet.write(content)
        self.written += len(content)


def compressed(content):
    """A stream of these bytes. Pressed harder, as pydyf would, they take three times as long and
    save a twentieth.
    """
    return pydyf.Stream([zlib.compress(content, LEVEL)], {"Filter": "/FlateDecode"})


def _entry(place):
    """What the table says of one object; one reserved and never added is not there."""
    fields = zip(place or (FREE, 0, 0), FIELDS, strict=True)
    return b"".join(value.to_bytes(length, "big") for value, length in fields)
