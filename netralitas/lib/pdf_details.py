"""What a PDF says beside its pages, with marks in it that give way to other words each time."""

import re
from hashlib import md5
from xml.sax.saxutils import escape

import pydyf

from .marked_pages import Unstampable, bytes_of, type_of
from .moulds import stream_of

STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")


def makers(pdf, marks, attached):
    """For the number of each object that holds a mark, or the attachment: what makes it anew.

    A maker is called with (words, attachment): what stands for each mark, and the attached bytes.
    """
    found, seen = {}, set()
    for thing in pdf.objects[1:]:
        if attached and type_of(thing) == "/EmbeddedFile":
            found[thing.number] = _Attachment(thing.extra)
        elif type_of(thing) == "/Metadata":
            found[thing.number] = _Metadata(thing)
        elif not isinstance(thing, pydyf.Stream) and any(
            mark.encode() in thing.data for mark in marks
        ):
            found[thing.number] = _Strings(thing.data)
    for maker in found.values():
        seen.update(mark for mark in marks if mark in maker.text)
    if seen != set(marks):
        raise Unstampable(f"not in the file: {set(marks) - seen}")
    return found


def _replaced(text, words):
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


class _Strings:
    """An object with strings in it."""

    def __init__(self, data):
        self.text = data.decode("latin-1")
        self.parts = STRING.split(data)

    def __call__(self, words, _):
        parts = list(self.parts)
        parts[1::2] = [_string(part, words) for part in parts[1::2]]
        return b"".join(parts)


def _string(written, words):
    text = re.sub(rb"\\(.)", rb"\1", written).decode("latin-1")
    found = _replaced(text, words)
    return b"(%s)" % written if found == text else pydyf.String(found).data


class _Metadata:
    """The metadata of the file (XMP)."""

    def __init__(self, stream):
        self.text = b"\n".join(map(bytes_of, stream.stream)).decode()
        self.extra = stream.extra

    def __call__(self, words, _):
        escaped = {mark: escape(word) for mark, word in words.items()}
        return stream_of(_replaced(self.text, escaped).encode(), self.extra)


class _Attachment:
    """The attached file, dated."""

    def __init__(self, extra):
        self.extra = extra
        self.facts = _Strings(pydyf.Dictionary(extra["Params"]).data)
        self.text = self.facts.text

    def __call__(self, words, attachment):
        facts = self.facts(words, attachment)
        checksum = b"<%s>" % md5(attachment, usedforsecurity=False).hexdigest().encode()
        facts = re.sub(rb"/CheckSum <\w*>", b"/CheckSum " + checksum, facts)
        facts = re.sub(rb"/Size \d+", b"/Size %d" % len(attachment), facts)
        return stream_of(attachment, {**self.extra, "Params": facts})
