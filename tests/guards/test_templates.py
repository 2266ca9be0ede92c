"""Templates compile, are used, name only what exists, and hold no script or style of their own."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.urls import get_resolver

from netralitas.templatetags.ui import icon_paths

from .repository import BASE_DIR, PACKAGES, files_in, product_code, shown

TEMPLATES = {
    str(path.relative_to(BASE_DIR / "templates")): path.read_text(encoding="utf-8")
    for path in files_in("templates")
}
PAGES = {name: text for name, text in TEMPLATES.items() if not name.startswith("pdf/")}
# A mail is no page: no policy guards it, and mail programs load no style sheet from elsewhere.
STYLED_WITHIN = {"a style element": {"emails/layout.html"}}

# Found by libraries under these names, or by a name put together at run time.
FOUND_BY_NAME = re.compile(r"(social)?account/|mfa/|errors/\d{3}\.html$")
INLINE = {
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.I),
    "an event handler": re.compile(r"<[a-z][^<>]*\s(?:hx-)?on[a-z:-]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
}
URL_TAG = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")
STATIC_TAG = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
BLOCK_TAG = re.compile(r"(\{% (?:block \w+|endblock[^%]*) %\})")
SET_ADDRESS = re.compile(r"\{% url [^%]*? as (\w+) %\}")
SHOWN_ADDRESS = re.compile(r"\{\{ (\w+_url) \}\}")
ICON_TAG = re.compile(r"""\{%\s*icon\s+["']([^"']+)["']""")


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_compiles(name):
    assert get_template(name).template.name == name


def test_no_template_is_unused():
    code = [path.read_text(encoding="utf-8") for path in product_code()]
    text = "\n".join([*code, *TEMPLATES.values()])
    unused = [name for name in TEMPLATES if name not in text and not FOUND_BY_NAME.match(name)]
    assert unused == []


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds_script_or_style_of_its_own(what):
    pages = PAGES.keys() - STYLED_WITHIN.get(what, set())
    bare = {name: TEMPLATE_TAG.sub("", PAGES[name]) for name in pages}
    found = [name for name, text in bare.items() if INLINE[what].search(text)]
    found += [
        shown(path)
        for path in files_in(*PACKAGES, ending=".py")
        if INLINE[what].search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def named_in(tag):
    """What a tag names, with the template that does so."""
    return [(name, value) for name, text in TEMPLATES.items() for value in tag.findall(text)]


def test_every_address_a_template_links_to_exists():
    known = get_resolver().reverse_dict
    assert [pair for pair in named_in(URL_TAG) if pair[1] not in known] == []


def test_no_block_uses_an_address_that_only_another_block_knows():
    """Django drops at the end of a block what was set in it: such a link would lead nowhere."""
    found = []
    for name, text in TEMPLATES.items():
        known, within, block = {}, [], None
        for part in BLOCK_TAG.split(text):
            if BLOCK_TAG.fullmatch(part):
                block = part.split()[2] if part.startswith("{% block") else None
                continue
            for variable in SET_ADDRESS.findall(part):
                known.setdefault(variable, set()).add(block)
            within += [(block, variable) for variable in SHOWN_ADDRESS.findall(part)]
        found += [
            (name, variable)
            for block, variable in within
            if variable in known and not known[variable] & {block, None}
        ]
    assert found == []


def test_every_static_file_a_template_names_exists():
    assert [pair for pair in named_in(STATIC_TAG) if finders.find(pair[1]) is None] == []


def test_every_icon_a_template_names_exists():
    for _, name in named_in(ICON_TAG):
        assert icon_paths(name)
