"""Many PDFs bound into one for printing: their pages, one after the other, and bookmarks.

What is alike in several of them (fonts, pictures) is written once, so that the book is much shorter
than its parts, and what is finished leaves the memory. Tags, attachments, forms and seals stay
behind, but for what a signed field shows: the book is a picture of the files, and proves nothing.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from itertools import pairwise

import pikepdf
import pydyf

from .growing_pdf import GrowingPDF

# What a page needs in order to be seen; the rest leads to tags, links and other pages.
SEEN = ("/Contents", "/Rotate", "/CropBox", "/UserUnit", "/Group")
# So many pages wait for being packed together.
PACKED = 50


class Copied(pydyf.Object):
    """An object as it stood in another file, its references turned."""

    def __init__(self, data):
        super().__init__()
        self.copied = data

    @property
    def data(self):
        """As it is written."""
        return self.copied


class CopiedStream(Copied, pydyf.Stream):
    """The same with content."""


@dataclass
class Mark:
    """A bookmark, and those below it."""

    title: str
    page: bytes
    below: list = field(default_factory=list)
    folders: dict = field(default_factory=dict)


class Book:
    """The file while it is bound. `add`, `flush` and `close` give bytes as they are finished."""

    def __init__(self, title):
        self.title, self.pdf, self.known = title, GrowingPDF(), {}
        self.pages = self.pdf.reserve(pydyf.Dictionary())
        self.kids, self.top = pydyf.Array(), Mark("", b"")

    def add(self, content, folders=(), title=""):
        """Append the pages of a PDF, with a bookmark `title` below those named `folders`.

        Raises ValueError for what is no PDF, and nothing is appended then.
        """
        pages = self._copied(content)
        self.kids.extend(pages)
        if title:
            self._mark(folders, title, pages[0])
        return self.pdf.flush() if len(self.kids) % PACKED == 0 else b""

    def add_in_front(self, content):
        """The pages of a PDF before all others, without a bookmark."""
        self.kids[:0] = self._copied(content)

    def close(self):
        """The last bytes."""
        self.pages |= {"Type": "/Pages", "Kids": self.kids, "Count": len(self.kids)}
        catalog = pydyf.Dictionary(
            {"Type": "/Catalog", "Pages": self.pages.reference, "Lang": pydyf.String("id")}
        )
        if self.top.below:
            outlines = self.pdf.reserve(pydyf.Dictionary({"Type": "/Outlines"}))
            self._outlines(self.top, outlines)
            self.pdf.add_object(outlines)
            catalog |= {"Outlines": outlines.reference, "PageMode": "/UseOutlines"}
        info = pydyf.Dictionary({"Title": pydyf.String(self.title)})
        for thing in (self.pages, info, catalog):
            self.pdf.add_object(thing)
        return self.pdf.close(catalog, info, self.title)

    # Pages --------------------------------------------------------------------------------------

    def _copied(self, content):
        """References to the pages of a PDF, written here."""
        try:
            with pikepdf.open(BytesIO(content)) as source:
                if any(map(_shows_signature, source.pages)):
                    source.flatten_annotations("print")
                return [self._page(page, {}) for page in source.pages]
        except pikepdf.PdfError as error:
            raise ValueError(str(error)) from error

    def _page(self, page, turned):
        values = {name: self._value(page.obj[name], turned) for name in SEEN if name in page.obj}
        values["/Resources"] = self._value(page.resources, turned)
        values["/MediaBox"] = self._value(page.mediabox, turned)
        values |= {"/Type": b"/Page", "/Parent": self.pages.reference}
        made = Copied(_dictionary(values))
        self.pdf.add_object(made)
        return made.reference

    def _value(self, value, turned):
        """A value as it is written here, with what it refers to written before.

        `turned` has the references of this source. What a page is drawn with never refers back.
        """
        if not isinstance(value, pikepdf.Object):
            return _plain(value)
        if not value.is_indirect:
            return self._direct(value, turned)
        if value.objgen not in turned:
            turned[value.objgen] = self._indirect(value, turned)
        return turned[value.objgen]

    def _direct(self, value, turned):
        written = value.unparse(resolved=True)
        if b" R" not in written:
            # Most are the widths of letters, by the hundred: nothing in them leads elsewhere.
            return written
        if isinstance(value, pikepdf.Array):
            return b"[" + b" ".join(self._value(each, turned) for each in value) + b"]"
        if isinstance(value, pikepdf.Dictionary):
            return _dictionary({key: self._value(each, turned) for key, each in value.items()})
        return written

    def _indirect(self, value, turned):
        """The reference of an object, that of an equal one if there is one already."""
        if isinstance(value, pikepdf.Stream):
            raw = value.read_raw_bytes()
            items = value.stream_dict.items()
            extra = {key: self._value(each, turned) for key, each in items if key != "/Length"}
            extra["/Length"] = b"%d" % len(raw)
            made = CopiedStream(b"\n".join((_dictionary(extra), b"stream", raw, b"endstream")))
        else:
            made = Copied(self._direct(value, turned))
        digest = sha256(made.data).digest()
        if digest not in self.known:
            self.pdf.add_object(made)
            self.known[digest] = made.reference
        return self.known[digest]

    # Bookmarks ----------------------------------------------------------------------------------

    def _mark(self, folders, title, page):
        above = self.top
        for name in folders:
            if name not in above.folders:
                above.folders[name] = Mark(name, page)
                above.below.append(above.folders[name])
            above = above.folders[name]
        above.below.append(Mark(title, page))

    def _outlines(self, mark, made):
        """Write what is below a bookmark; `made`, its own object, gets to know the first and last.

        Only the first level is open.
        """
        items = [self.pdf.reserve(pydyf.Dictionary()) for _ in mark.below]
        for before, after in pairwise(items):
            before["Next"], after["Prev"] = after.reference, before.reference
        for item, each in zip(items, mark.below, strict=True):
            place = pydyf.Array([each.page, "/Fit"])
            item |= {
                "Title": pydyf.String(each.title),
                "Parent": made.reference,
                "Dest": place,
            }
            if each.below:
                self._outlines(each, item)
            self.pdf.add_object(item)
        count = len(items) if mark is self.top else -len(items)
        made |= {"First": items[0].reference, "Last": items[-1].reference, "Count": count}


def _shows_signature(page):
    """Whether a field on a page is signed and shows it: that becomes part of the page."""
    fields = (note for note in page.obj.get("/Annots", ()) if note.get("/FT") == "/Sig")
    return any("/V" in field and _has_room(field) for field in fields)


def _has_room(field):
    left, bottom, right, top = map(float, field["/Rect"])
    return left != right and bottom != top


def _dictionary(values):
    """A dictionary as it is written, from names with their slash and written values."""
    parts = [pikepdf.Name(name).unparse() + b" " + value for name, value in values.items()]
    return b"<<" + b" ".join(parts) + b">>"


def _plain(value):
    """A number, a truth value or nothing, as it is written."""
    if value is None:
        return b"null"
    return (
        str(value).lower().encode()
        if isinstance(value, bool)
        else (b"%d" % value if isinstance(value, int) else f"{value:f}".encode())
    )
