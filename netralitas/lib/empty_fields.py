"""A field for a signature, put into a PDF while it is empty: whoever seals the PDF seals its place.

Nothing else of a page can be drawn on after a certification (ISO 32000-1, 12.8.2.2): readers take
a signature that shows something only where a field was waiting for it.
"""

import pydyf

# A point has 1/72 inch, a pixel of CSS 1/96.
POINTS = 0.75
PRINTED = 4


def add_field(document, pdf, *, name, spoken, css_class):
    """Give the one page of a finished `pydyf.PDF` a field where a box of that class was laid out.

    `spoken` is what a reading program says of it. Without such a box nothing is added.
    """
    place = place_of(document, css_class)
    if place is None:
        return
    left, bottom, right, top = place
    # PDF/A wants something to show, be it nothing (ISO 19005-3, 6.3.3).
    box = {"BBox": pydyf.Array([0, 0, f"{right - left:.4f}", f"{top - bottom:.4f}"])}
    empty = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", **box})
    pdf.add_object(empty)
    page = next(each for each in pdf.objects[1:] if _is_page(each))
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(name),
            "TU": pydyf.String(spoken),
            "F": PRINTED,
            "P": page.reference,
            "Rect": pydyf.Array(f"{side:.4f}" for side in place),
            "AP": pydyf.Dictionary({"N": empty.reference}),
        }
    )
    pdf.add_object(field)
    page.setdefault("Annots", pydyf.Array()).append(field.reference)
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([field.reference])})


def place_of(document, css_class):
    """(left, bottom, right, top) of the first box of a class on the first page, in points from the
    lower left corner; None if there is none."""
    page = document.pages[0]
    for box in page._page_box.descendants():  # noqa: SLF001
        element = getattr(box, "element", None)
        if element is not None and element.get("class") == css_class:
            left, top = box.border_box_x(), page.height - box.border_box_y()
            right, bottom = left + box.border_width(), top - box.border_height()
            return tuple(side * POINTS for side in (left, bottom, right, top))
    return None


def _is_page(thing):
    return isinstance(thing, dict) and thing.get("Type") == "/Page"
