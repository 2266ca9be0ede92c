"""Pages written in Markdown (CommonMark), as safe HTML with a table of contents."""

from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

# HTML in the text is shown as text; so nothing but what Markdown knows gets onto the page.
READER = MarkdownIt("commonmark", {"html": False}).enable("table")
STATIC_FOLDER = "static/"


@dataclass(frozen=True)
class Section:
    """A heading of the second level, and the fragment of the address that leads to it."""

    fragment: str
    title: str


@dataclass(frozen=True)
class Page:
    """A text in Markdown, ready for a template; its title is the heading of the first level."""

    title: str
    sections: tuple
    html: SafeString


def render(text):
    """The `Page` of a Markdown text that begins with a heading of the first level.

    Pictures named as they lie in the repository (`../../static/…`) get the address under which they
    are served, and are loaded only when they come into view. Raises ValueError without a heading.
    """
    tokens = READER.parse(text)
    if not tokens or (tokens[0].type, tokens[0].tag) != ("heading_open", "h1"):
        raise ValueError("The text must begin with a heading of the first level.")
    title, body = tokens[1].content, tokens[3:]
    sections = tuple(_sections(body))
    for token in body:
        for part in token.children or ():
            if part.type == "image":
                _serve(part)
    html = READER.renderer.render(body, READER.options, {})
    return Page(title, sections, mark_safe(html))  # noqa: S308  from our own text, HTML disabled


def _sections(tokens):
    """The sections, whose headings get their fragment as `id`."""
    for opening, content in zip(tokens, tokens[1:], strict=False):
        if (opening.type, opening.tag) == ("heading_open", "h2"):
            fragment = slugify(content.content)
            opening.attrSet("id", fragment)
            yield Section(fragment, content.content)


def _serve(image):
    _, found, name = image.attrGet("src").partition(STATIC_FOLDER)
    if found:
        image.attrSet("src", static(name))
    image.attrSet("loading", "lazy")
