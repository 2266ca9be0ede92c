"""Reads and fills in the pages of HR, operators and heads."""

import re
from html import unescape

from pledges.services import roster_checks
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


def schedule_form(**changes):
    """A complete form of a ceremony's time and place, in Jakarta's time."""
    return {
        "day": "2023-01-16",
        "clock": "07:30",
        "time_zone": "Asia/Jakarta",
        "place": "Aula Dinas",
        "leader_name": "Khairil Adli",
        "leader_position": "Kepala Dinas",
        **changes,
    }


def officials_form(**changes):
    """A complete form of who leads and witnesses a frozen ceremony; the leader reads."""
    return {
        "leader_name": "Siti Aminah",
        "leader_position": "Plh. Kepala Dinas",
        "saksi-TOTAL_FORMS": "1",
        "saksi-INITIAL_FORMS": "0",
        "saksi-0-name": "Budi Santoso",
        "saksi-0-institution": "Bawaslu Kota",
        **changes,
    }


def campaign_form(government, **changes):
    """A complete form of a campaign for all OPD of `government`, without a lead."""
    return {
        "name": "Ikrar Netralitas Menjelang Pemilu",
        "election": factories.ElectionFactory(government=government).pk,
        "text": factories.published_text(government=government).pk,
        "lead": "",
        "deadline": "2023-01-31",
        "title": "Ikrar Netralitas Pegawai",
        "kind": "APEL",
        "day": "2023-01-18",
        "clock": "07:30",
        "time_zone": "Asia/Jakarta",
        "which": "ALL",
        **changes,
    }


def witness_rows(*rows, stored=0):
    """What the rows of witnesses send; `stored` of them were shown filled."""
    sent = {"saksi-TOTAL_FORMS": len(rows), "saksi-INITIAL_FORMS": stored}
    for at, row in enumerate(rows):
        names = ("name", "position", "institution", "DELETE")
        sent |= {f"saksi-{at}-{name}": value for name, value in zip(names, row, strict=False)}
    return sent


def freeze_form(ceremony):
    """What the page of a draft's roster sends: the mark of the roster that it shows."""
    return {"mark": roster_checks.preview(ceremony).mark}


def links_of(response):
    """The addresses the page leads to."""
    return re.findall(r'href="([^"]+)"', response.content.decode())


def guidance_form(content, **changes):
    """A complete form of a guidance with this content."""
    sent = {"intro": content["intro"]}
    for name in ("duties", "laws"):
        sent[name] = "\n".join(content[name])
    sent |= {moment: "\n".join(told) for moment, told in content["moments"].items()}
    for name in ("forbidden", "costs", "contacts"):
        rows = content[name]
        sent |= {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": len(rows)}
        for at, row in enumerate(rows):
            sent |= {f"{name}-{at}-{key}": value for key, value in row.items()}
    return {**sent, **changes}
