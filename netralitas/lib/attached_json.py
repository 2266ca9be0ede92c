"""JSON documents attached to a PDF, found without reading the PDF.

For files from strangers. A reader of PDF follows references, tables and filters, each of which a
hostile file can bend into loops, depths and bombs. Here nothing is followed: each place where a
stream begins is looked at by itself, and what is there is either a small JSON object, plain or
deflated, or passed over. Time is bounded by the length of the file, memory by `LONGEST`.
"""

import re
import zlib
from itertools import islice

LONGEST = 64 * 1024
# Of a usual pact a dozen streams are deflated, and one of them is a record.
MOST_STREAMS = 1000
MOST_FOUND = 16
# Where the first two characters of what was deflated must have come out.
PROBE = 2048
OPENING = b'{"'
HEADER = re.compile(rb"%PDF-\d")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
ENCRYPTED = re.compile(rb"/Encrypt[\x00\t\n\f\r ]+\d+[\x00\t\n\f\r ]+\d+[\x00\t\n\f\r ]+R")


def claims_to_be_pdf(content):
    """Whether a file says of itself that it is a PDF, where PDF readers look for it."""
    return HEADER.search(content, 0, 1024) is not None


def claims_to_be_encrypted(content):
    """Whether a PDF says that it is locked: then nothing can be found in it."""
    return ENCRYPTED.search(content) is not None


def attached_json(content):
    """The bytes of what begins like a JSON object in the streams of a file, each once.

    They are not parsed: whoever compares them with a digest need not. At most MOST_FOUND, each of
    at most LONGEST bytes, among the first MOST_STREAMS streams that may be one. Never raises,
    whatever the bytes are.
    """
    found = {}
    for start, read in islice(_candidates(content), MOST_STREAMS):
        if (text := read(content, start)) is not None:
            found[text] = None
        if len(found) == MOST_FOUND:
            break
    return list(found)


def _candidates(content):
    """(where a stream begins, how to read it) of those that may hold what is looked for."""
    for place in STREAM.finditer(content):
        start = place.end()
        if content.startswith(OPENING, start):
            yield start, _plain
        elif _may_be_deflated(content, start):
            yield start, _inflated


def _plain(content, start):
    """What stands as it is between the marks of a stream; the line break before the end is not in
    it. None if it does not end soon."""
    end = content.find(b"endstream", start, start + LONGEST)
    return content[start:end].rstrip(b"\r\n") if end >= 0 else None


def _may_be_deflated(content, start):
    """Whether the two bytes are a header of zlib (RFC 1950, 2.2): deflate, and the check fits."""
    head = content[start : start + 2]
    return len(head) == 2 and head[0] & 15 == 8 and int.from_bytes(head) % 31 == 0


def _inflated(content, start):
    """What was deflated, if it begins like a JSON object, is whole, and not too long; else None."""
    try:
        begin = zlib.decompressobj().decompress(content[start : start + PROBE], len(OPENING))
        if begin != OPENING:
            return None
        reader = zlib.decompressobj()
        text = reader.decompress(content[start : start + 2 * LONGEST], LONGEST)
    except zlib.error:
        return None
    return text if reader.eof else None
