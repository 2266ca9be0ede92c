"""Reads the pages of HR, operators and heads."""

import re
from html import unescape

from tests import factories

TAG = re.compile(r"<[^>]+>")


def text_of(response):
    """What the page says, without its markup, in single spaces."""
    return " ".join(unescape(TAG.sub(" ", response.content.decode())).split())


def beside(response, field):
    """The sentence shown beside a field; "" if there is none."""
    box = re.compile(rf'id="id_{re.escape(field)}_error"[^>]*>(.*?)</div>', re.S)
    found = box.search(response.content.decode())
    return " ".join(unescape(TAG.sub(" ", found[1])).split()) if found else ""


def log_in(client, role, agency):
    """Log a new user with this role in, and return the user.

    The first page is opened here: it notes the session, which costs a few queries once.
    """
    user = factories.user_with_role(role, agency)
    client.force_login(user)
    client.get("/saya/")
    return user


def links_of(response):
    """The addresses the page leads to."""
    return re.findall(r'href="([^"]+)"', response.content.decode())
