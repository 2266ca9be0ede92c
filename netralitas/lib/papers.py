"""Long papers drawn straight into a PDF/A-3 that says what is what, page by page.

Everything drawn stands either inside a `content` (heading, cell, figure: what a reading program
tells), or inside an `artifact` (rules, repeated headings, page numbers), which it leaves out.
"""

from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise

import pydyf
from PIL import Image

from . import paths, pdf_archive
from .growing_pdf import GrowingPDF, compressed
from .sheets import A4, MM, POINT, Sheets, remembering_fitted

INK = "0.078 0.129 0.239"
PEN = round(0.9 * paths.FINENESS)


class Paper(Sheets):
    """A tagged PDF/A-3 of A4 pages. `end_page` and `close` give its bytes as they are finished.

    `made_at` (in UTC) dates the file; the same drawing with the same date gives the same bytes.
    """

    def __init__(self, title, made_at):
        self.pdf = GrowingPDF()
        self.title, self.made_at = title, made_at
        self.names, self.pictures, self.marks = {}, {}, []
        self.fitted = remembering_fitted()
        self.fonts, self.images = pydyf.Dictionary(), pydyf.Dictionary()
        self.resources = self.pdf.reserve(pydyf.Dictionary())
        self.pages = self.pdf.reserve(pydyf.Dictionary())
        self.kids, self.parents, self.bookmarks = pydyf.Array(), pydyf.Array(), []
        self.root = self.pdf.reserve(pydyf.Dictionary({"Type": "/StructTreeRoot"}))
        self.elements = [self._element("Document", self.root)]
        self.root["K"] = self.elements[0].reference
        self._begin_page()

    # What is what -------------------------------------------------------------------------------

    @contextmanager
    def element(self, kind):
        """What is drawn inside belongs together as a `kind`: Sect, Table, TR."""
        element = self._element(kind, self.elements[-1])
        self.elements[-1]["K"].append(element.reference)
        self.elements.append(element)
        yield
        self.elements.pop()
        self.pdf.add_object(element)

    @contextmanager
    def content(self, kind, *, instead="", heads=""):
        """What is drawn inside, on this one page, is read as a `kind`: H1, P, TH, TD, Figure.

        `instead` is read for what is only seen; a TH `heads` a Column or a Row.
        """
        element = self._element(kind, self.elements[-1])
        if instead:
            element["Alt"] = pydyf.String(instead)
        if heads:
            element["A"] = pydyf.Dictionary({"O": "/Table", "Scope": f"/{heads}"})
        self.elements[-1]["K"].append(element.reference)
        element["K"] = len(self.marked)
        element["Pg"] = self.page.reference
        self.marks.append(f"/{kind} <</MCID {len(self.marked)}>> BDC")
        self.marked.append(element.reference)
        yield
        self.marks.append("EMC")
        self.pdf.add_object(element)

    @contextmanager
    def artifact(self):
        """What is drawn inside is not read out."""
        self.marks.append("/Artifact BMC")
        yield
        self.marks.append("EMC")

    def bookmark(self, title):
        """Let readers jump to this page."""
        self.bookmarks.append((title, self.page.reference))

    def _element(self, kind, parent):
        values = {"S": f"/{kind}", "P": parent.reference, "K": pydyf.Array()}
        return self.pdf.reserve(pydyf.Dictionary(values))

    # What is drawn ------------------------------------------------------------------------------

    def rule(self, x1, y1, x2, y2, width=0.5):
        """A black line; `width` in points."""
        ends = f"{x1 * MM:.2f} {self._up(y1):.2f} m {x2 * MM:.2f} {self._up(y2):.2f} l"
        self.marks.append(f"0 G {width:g} w {ends} S")

    def box(self, x, y, width, height, line=0.4):
        """The frame of a rectangle; `line` in points."""
        corner = f"{x * MM:.2f} {self._up(y + height):.2f}"
        self.marks.append(f"0 G {line:g} w {corner} {width * MM:.2f} {height * MM:.2f} re S")

    def text(self, x, y, text, style, align=0.0):
        """One line, as `Sheets.text`; a space ends it, so that what is copied keeps its words."""
        left = x - align * style.face.width(text, style.size * POINT) if align else x
        super().text(left, y, f"{text} ", style)

    def height_of(self, text, style, width, height):
        """How much of `height` the lines of `block` will take."""
        size, lines = self.fitted(text, style, width, height)
        return len(lines) * size * style.leading * POINT

    def middle(self, x, y, text, style, width, height, align=0.0):
        """Text in lines as `block` sets it, half way between the upper and the lower edge."""
        room = height - self.height_of(text, style, width, height)
        return self.block(x, y + max(room, 0) / 2, text, style, width, height, align)

    def area(self, x, y, width, height, grey):
        """A filled rectangle."""
        corner = f"{x * MM:.2f} {self._up(y + height):.2f}"
        self.marks.append(f"{grey:g} g {corner} {width * MM:.2f} {height * MM:.2f} re f")

    def signature(self, x, y, width, height, drawing):
        """Checked strokes, as large as the place allows and in its middle."""
        corner = f"{x * MM:.2f} {self._up(y + height):.2f}"
        path = paths.signature(drawing, width * MM, height * MM)
        unit = 1 / paths.FINENESS
        self.marks.append(
            f"q {unit:g} 0 0 {unit:g} {corner} cm {INK} RG {PEN} w 1 J 1 j {path} S Q"
        )

    def picture(self, x, y, width, height, png):
        """A PNG, as large as the place allows and in its middle."""
        if png not in self.pictures:
            self.pictures[png] = self._image(Image.open(BytesIO(png)))
        name, (wide, high) = self.pictures[png]
        scale = min(width / wide, height / high)
        wide, high = wide * scale, high * scale
        left, top = x + (width - wide) / 2, y + (height - high) / 2
        place = f"{left * MM:.2f} {self._up(top + high):.2f}"
        self.marks.append(f"q {wide * MM:.2f} 0 0 {high * MM:.2f} {place} cm /{name} Do Q")

    def _image(self, picture):
        """(name, size) of a picture among the resources, with its transparency."""
        size = {"Width": picture.width, "Height": picture.height, "BitsPerComponent": 8}
        kind = {"Type": "/XObject", "Subtype": "/Image", **size}
        whole = picture.convert("RGBA")
        mask = pydyf.Stream(
            [whole.getchannel("A").tobytes()], kind | {"ColorSpace": "/DeviceGray"}, True
        )
        self.pdf.add_object(mask)
        colours = kind | {"ColorSpace": "/DeviceRGB", "SMask": mask.reference}
        image = pydyf.Stream([whole.convert("RGB").tobytes()], colours, True)
        self.pdf.add_object(image)
        name = f"I{len(self.images)}"
        self.images[name] = image.reference
        return name, picture.size

    def emblem(self, x, y, height, svg):
        """The emblem that comes with the installation, from its upper left corner."""
        high, marks = paths.drawing(svg)
        scale = height * MM / high
        placed = f"q {scale:.5f} 0 0 {-scale:.5f} {x * MM:.2f} {self._up(y):.2f} cm"
        self.marks.extend([placed, *marks, "Q"])

    # The file -----------------------------------------------------------------------------------

    def _begin_page(self):
        self.page, self.marked = self.pdf.reserve(pydyf.Dictionary()), pydyf.Array()

    def end_page(self):
        """Finish the page; the next mark begins another one. The bytes finished so far."""
        content = compressed("\n".join(self.marks).encode())
        self.pdf.add_object(content)
        self.page |= {
            "Type": "/Page",
            "Parent": self.pages.reference,
            "MediaBox": pydyf.Array([0, 0, *(round(side * MM, 2) for side in A4)]),
            "Contents": content.reference,
            "Resources": self.resources.reference,
            "StructParents": len(self.kids),
            "Tabs": "/S",
        }
        self.pdf.add_object(self.page)
        self.pdf.add_object(self.marked)
        self.parents.extend([len(self.kids), self.marked.reference])
        self.kids.append(self.page.reference)
        self.marks = []
        self._begin_page()
        return self.pdf.flush()

    def close(self):
        """The last bytes."""
        add = self.pdf.add_object
        for font, name in self.names.items():
            self.fonts[name] = font.embedded(self.pdf)
        self.resources |= {"Font": self.fonts, "XObject": self.images}
        self.pages |= {"Type": "/Pages", "Kids": self.kids, "Count": len(self.kids)}
        self.root |= {
            "ParentTree": pydyf.Dictionary({"Nums": self.parents}),
            "ParentTreeNextKey": len(self.kids),
        }
        for thing in (self.resources, self.pages, self.elements[0], self.root):
            add(thing)
        info = pdf_archive.information(self.title, self.made_at)
        catalog = self._catalog()
        add(info)
        add(catalog)
        return self.pdf.close(catalog, info, f"{self.title} {self.made_at.isoformat()}")

    def _catalog(self):
        values = {
            "Type": "/Catalog",
            "Pages": self.pages.reference,
            "StructTreeRoot": self.root.reference,
        }
        if self.bookmarks:
            values |= {"Outlines": self._outlines(), "PageMode": "/UseOutlines"}
        return pydyf.Dictionary(values | pdf_archive.entries(self.pdf, self.title, self.made_at))

    def _outlines(self):
        """A reference to the list of bookmarks, each knowing its neighbours."""
        top = self.pdf.reserve(pydyf.Dictionary({"Type": "/Outlines"}))
        marks = [self.pdf.reserve(pydyf.Dictionary()) for _ in self.bookmarks]
        for mark, (title, page) in zip(marks, self.bookmarks, strict=True):
            place = pydyf.Array([page, "/Fit"])
            mark |= {"Title": pydyf.String(title), "Parent": top.reference, "Dest": place}
        for before, after in pairwise(marks):
            before["Next"], after["Prev"] = after.reference, before.reference
        top |= {"First": marks[0].reference, "Last": marks[-1].reference, "Count": len(marks)}
        for thing in (*marks, top):
            self.pdf.add_object(thing)
        return top.reference
