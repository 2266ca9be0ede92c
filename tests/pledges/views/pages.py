"""Reads and fills in the pages of HR, operators and heads."""

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


def ceremony_form(organizer, **changes):
    """A complete form of a ceremony, in Jakarta's time, without waves and witnesses."""
    government = factories.government_of(organizer)
    return {
        "title": "Apel Ikrar Netralitas",
        "kind": "APEL",
        "organizer": organizer.pk,
        "election": factories.ElectionFactory(government=government).pk,
        "text": factories.published_text(government=government).pk,
        "place": "Halaman Kantor",
        "day": "2023-01-11",
        "clock": "08:00",
        "time_zone": "Asia/Jakarta",
        "leader_name": "Indra Gunawan",
        "scope": "SUBTREE",
        **witness_rows(),
        **changes,
    }


def witness_rows(*rows, stored=0):
    """What the rows of witnesses send; `stored` of them were shown filled."""
    sent = {"saksi-TOTAL_FORMS": len(rows), "saksi-INITIAL_FORMS": stored}
    for at, row in enumerate(rows):
        names = ("name", "position", "institution", "DELETE")
        sent |= {f"saksi-{at}-{name}": value for name, value in zip(names, row, strict=False)}
    return sent


def links_of(response):
    """The addresses the page leads to."""
    return re.findall(r'href="([^"]+)"', response.content.decode())
