"""Pacts stamped onto a page that was laid out before: what differs from pact to pact.

Two pacts have the same *shape* if they differ in the words of the slots below alone, and each slot
takes as many lines in both. The page of a shape is laid out once and kept.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from django.utils.safestring import mark_safe

from netralitas.lib import codes, qr
from netralitas.lib.stamping import NotSettable, Template, Unstampable, mark_picture

from . import pact_page, pact_pictures, pdf

# Places of one ceremony with several agencies; each takes about 60 kB.
KEPT = 128
# Fields of one text each; the values of the identity table are slots too.
SLOTS = (
    "kop_agency",
    "kop_address",
    "place_and_date",
    "signer_name",
    "signer_number",
    "typed_name",
    "acknowledger_title",
    "acknowledger_name",
    "acknowledger_number",
    "verify_url",
    "receipt",
    "digest",
    "how_signed",
)
ALPHABETS = {"receipt": f"{codes.CROCKFORD}-", "digest": "0123456789abcdef"}
LINES = {"how_signed": 2}
# More lines than this, in a slot, are rare enough to be laid out each time.
MOST_LINES = 4
# A smaller type, for more lines, may in turn need fewer.
TRIALS = 4
DRAWING, CODE = 1, 2
MARK = "Qx"
LIKE_A_MARK = re.compile(r"Qx(\d\d[a-z]|Title|Spoken)")
TITLE, SPOKEN, MOMENT = "QxTitle", "QxSpoken", "2001-02-03T04:05:06+00:00"
ADDRESS = "https://qx.invalid/"


@dataclass(frozen=True)
class Shape:
    """What two pacts share that are stamped onto the same page."""

    constant: object
    lines: tuple[tuple[str, int], ...]
    drawn: bool
    modules: int
    attached: bool


def stamped(pact, record):
    """The PDF/A-3 bytes of a printable pact; its record is attached if there is one.

    Raises Unstampable and NotSettable: then it has to be laid out in full.
    """
    texts, code = texts_of(pact), qr.runs(pact.verify_url)
    counts = {name: LINES.get(name, 1) for name in texts}
    for _ in range(TRIALS):
        template = template_of(shape_of(pact, counts, code[0], bool(record)))
        lines = {name: template.lines_of(name, text) for name, text in texts.items()}
        found = {name: len(each) for name, each in lines.items()}
        if found == counts:
            return _stamp(template, pact, lines, code, record)
        if max(found.values()) > MOST_LINES:
            break
        counts = found
    raise Unstampable("no page for so many lines")


def texts_of(pact):
    """The text of each slot that the pact has."""
    texts = {name: getattr(pact, name) for name in SLOTS}
    texts |= {f"identity {n}": value for n, (_, value) in enumerate(pact.identity)}
    return {name: text for name, text in texts.items() if text}


def filled(pact, texts):
    """The pact with other texts in its slots."""
    identity = tuple(
        (label, texts.get(f"identity {n}", "")) for n, (label, _) in enumerate(pact.identity)
    )
    return replace(pact, identity=identity, **{name: texts.get(name, "") for name in SLOTS})


def shape_of(pact, counts, modules, attached):
    """The shape of a pact whose slots take so many lines."""
    emptied = replace(filled(pact, {}), document_title="", identifier="", signed_at="", strokes=())
    return Shape(emptied, tuple(counts.items()), bool(pact.strokes), modules, attached)


def template_of(shape):
    """The page of a shape, laid out with marks in its slots. Raises Unstampable."""
    found = template_or_reason(shape)
    if isinstance(found, str):
        raise Unstampable(found)
    return found


@lru_cache(maxsize=KEPT)
def template_or_reason(shape):
    """The template of a shape, or why there is none: so that nobody tries again for each pact."""
    if LIKE_A_MARK.search(repr(replace(shape.constant, emblem=""))):
        return "a word that looks like a mark"
    try:
        return _template(shape)
    except (Unstampable, NotSettable, pdf.TooLongForOnePage) as error:
        return str(error)


def _template(shape):
    marks = {name: _marks(n, name, count) for n, (name, count) in enumerate(shape.lines)}
    texts = {name: mark_safe("<br>".join(lines)) for name, lines in marks.items()}  # noqa: S308
    pact = replace(filled(shape.constant, texts), document_title=TITLE, signed_at=MOMENT)
    pictures = {"code": CODE} | ({"drawing": DRAWING} if shape.drawn else {})
    return Template(
        pact_page.laid_out(pact, _mark_pictures(shape), SPOKEN),
        marks,
        pictures,
        list(_details(pact, shape.drawn, shape.attached)),
        alphabets=ALPHABETS,
        attached=shape.attached,
        finisher=pact_page.add_acknowledgement,
        **pdf.file_options(b"{}" if shape.attached else b"", MOMENT),
    )


def _marks(number, name, count):
    """A mark for each line of a slot; an address is also what a click leads to."""
    if name == "verify_url":
        return (ADDRESS,) * count
    return tuple(f"{MARK}{number:02d}{'abcdefgh'[line]}" for line in range(count))


def _mark_pictures(shape):
    place = (pact_pictures.DRAWING_WIDTH, pact_pictures.DRAWING_HEIGHT)
    pictures = {"qr": (CODE, shape.modules, shape.modules)}
    if shape.drawn:
        pictures["signature"] = (DRAWING, *place)
    return {
        name: pact_pictures.image_uri(mark_picture(*picture).encode())
        for name, picture in pictures.items()
    }


def _details(pact, drawn, attached):
    """What stands for each mark outside the page: title, dates in their three forms, addresses."""
    signed_at = datetime.fromisoformat(pact.signed_at)
    zone = f"{signed_at:%z}"
    details = {
        TITLE: pact.document_title,
        MOMENT: pact.signed_at,
        "20010203040506+00'00": f"{signed_at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}",
        ADDRESS: pact.verify_url,
    }
    if drawn:
        details[SPOKEN] = pact.signer_name
    if attached:
        details["20010203040506Z"] = f"{signed_at.astimezone(UTC):%Y%m%d%H%M%SZ}"
    return details


def _stamp(template, pact, lines, code, record):
    pictures = {"code": pact_pictures.qr_operators(code)}
    if pact.strokes:
        pictures["drawing"] = pact_pictures.signature_operators(pact.strokes)
    details = _details(pact, bool(pact.strokes), bool(record))
    return template.stamp(lines, pictures, details, pdf.file_identifier(pact.identifier), record)
