"""From a template and plain values to a PDF, where need be of exactly one page.

Nothing is fetched while a page is made: pictures travel inside it as data: addresses. The same
values give the same bytes on the same machine (same renderer, same fonts).
"""

import unicodedata
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher

FETCHER = URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
# PDF/A-3, tagged: level A.
VARIANT = "pdf/a-3a"
JOINERS = {"\u200c", "\u200d"}
UNPRINTABLE = {"Cc", "Cf", "Cs"}
# The renderer takes another glyph for these two hyphens.
HYPHENS = str.maketrans("\u2010\u2011", "--")
RECORD_NAME = "catatan.json"


class TooLongForOnePage(ValueError):
    """Not even the densest setting brings the text onto one page."""


class ForbiddenFetch(ValueError):
    """A page asked for something outside itself."""


def laid_out(template, stylesheet, context):
    """The document of a template and its stylesheet (a template too), on as many pages as it takes.

    Raises ForbiddenFetch. Each call has a renderer of its own: its font map is not thread-safe.
    """
    html = render_to_string(template, context)
    try:
        return HTML(string=html, url_fetcher=FETCHER).render(
            stylesheets=[_stylesheet(stylesheet)], pdf_variant=VARIANT
        )
    except FatalURLFetchingError as error:
        # It is a BaseException and would end the worker.
        raise ForbiddenFetch(str(error)) from error


def one_page(template, stylesheet, context, *, densities):
    """The laid-out document, in the first of the CSS classes `densities` that keeps it on one page.

    `template` and `stylesheet` are names of templates; the page gets its class as `density`. Most
    texts fit the first class. Raises TooLongForOnePage and ForbiddenFetch.
    """
    for density in densities:
        document = laid_out(template, stylesheet, {**context, "density": density})
        if len(document.pages) == 1:
            return document
    raise TooLongForOnePage(template)


def to_bytes(document, *, identifier, made_at, record=b"", finisher=None):
    """PDF/A-3 bytes of a laid-out document, with the record behind it attached as its source.

    `made_at` (ISO 8601 with offset) dates the attachment; `finisher` adds what no page can say.
    """
    return document.write_pdf(
        finisher=finisher,
        pdf_identifier=file_identifier(identifier),
        **file_options(record, made_at),
    )


def file_identifier(identifier):
    """What a PDF calls itself."""
    return sha256(identifier.encode()).hexdigest()[:32].encode()


def file_options(record, made_at):
    """How a PDF/A-3 is written, with the record in it if there is one."""
    attachments = [_attachment(record, made_at)] if record else None
    return {"pdf_variant": VARIANT, "attachments": attachments}


def printable(values):
    """A copy of a dataclass without what a page cannot show in its strings (and tuples of them).

    Control characters would break the file, and marks that turn the direction of writing could
    make one name read as another: line breaks become spaces, the rest goes.
    """
    kind = type(values)
    return kind(**{field.name: _printable(getattr(values, field.name)) for field in fields(kind)})


def _printable(value):
    if isinstance(value, tuple):
        return tuple(_printable(item) for item in value)
    return printable_text(value) if isinstance(value, str) else value


def printable_text(value):
    """The same of one string."""
    if value.isascii() and value.isprintable():
        return " ".join(value.split())
    text = unicodedata.normalize("NFC", " ".join(value.translate(HYPHENS).split()))
    return "".join(
        char for char in text if char in JOINERS or unicodedata.category(char) not in UNPRINTABLE
    )


@cache
def _stylesheet(name):
    """The stylesheet, parsed once for the life of the process."""
    return CSS(string=render_to_string(name), url_fetcher=FETCHER)


def _attachment(record, made_at):
    """The signed record as a file inside the PDF, dated like the signature."""
    moment = datetime.fromisoformat(made_at).astimezone(UTC)
    return Attachment(
        string=record.decode("utf-8"),
        name=RECORD_NAME,
        description="Catatan tanda tangan (JSON kanonik)",
        relationship="Source",
        created=moment,
        modified=moment,
    )
