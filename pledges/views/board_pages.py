"""What a big screen shows, ready to print and to send: the same figures for page and script."""

from functools import cache
from hashlib import sha256

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format

from netralitas.lib import dates, qr

from .. import reports
from ..choices import CeremonyState
from ..documents.entrance import short_address
from ..services import boards
from . import signing_pages
from .ceremonies import entrance_of

NAMES = 6
LONG_NAME = 62
BEGINNING, SIGNING, OVER = "begin", "open", "over"
STATES = {
    CeremonyState.READY: (BEGINNING, "Penandatanganan belum dibuka"),
    CeremonyState.OPEN: (SIGNING, "Penandatanganan dibuka"),
}
CLOSED = (OVER, "Penandatanganan ditutup")
LATE = (SIGNING, "Penandatanganan susulan dibuka")
# What a screen that runs for hours has to load again when it has changed.
OWN_FILES = (
    "pledges/views/board*.py",
    "templates/board/*.html",
    "static/css/board*.css",
    "static/js/board/*.js",
)


def board_page(ceremony, ticket):
    """The context of the page: who, where, the way in, the pledge, and the figures as of now."""
    entrance = entrance_of(ceremony)
    text = ceremony.text
    return {
        "ceremony": signing_pages.ceremony_facts(ceremony),
        "ticket": ticket,
        "entrance": entrance,
        "entrance_qr": qr.data_uri(entrance) if entrance else "",
        "short_address": short_address(),
        "text": text,
        "points": list(enumerate(text.points, start=1)),
        "officials": list(ceremony.officials.all()),
        "figures": figures_of(ceremony),
    }


def figures_of(ceremony):
    """Everything on the screen that changes, as plain values. No personal data without names."""
    now = timezone.now()
    standing = reports.standing_of(ceremony)
    state, sentence = _state_of(ceremony)
    named = boards.names_shown(ceremony)
    return {
        "version": version(),
        "state": state,
        "sentence": sentence,
        "total": _group("total", standing.total),
        "opds": [_group(str(opd.uuid), opd) for opd in standing.opds],
        "waves": [
            {**_group(str(wave.order), progress), **_turn_of(wave, ceremony, now)}
            for wave, progress in standing.waves
        ],
        "names": reports.latest_signers(ceremony, NAMES) if named else None,
    }


def _group(key, progress):
    started = progress.signed and not progress.percent
    return {
        "id": key,
        "name": progress.name,
        "long": len(progress.name) > LONG_NAME,
        "invited": progress.invited,
        "signed": progress.signed,
        "pending": progress.pending,
        "absent": progress.absent,
        "rest": _rest(progress),
        "percent": "<1%" if started else f"{progress.percent}%",
    }


def _rest(progress):
    """Who has not signed, in the words of a row: those still expected; after them the others."""
    if progress.absent and not progress.pending:
        return f"tidak ikut {number_format(progress.absent, force_grouping=True)}"
    return f"belum {number_format(progress.pending, force_grouping=True)}"


def _state_of(ceremony):
    if ceremony.is_open and ceremony.is_late:
        return LATE
    return STATES.get(ceremony.state, CLOSED)


def _turn_of(wave, ceremony, now):
    """Whether the people of a wave can sign, and how the screen says so."""
    if ceremony.state not in STATES:
        return {"state": OVER, "sentence": "ditutup"}
    if ceremony.is_open and wave.has_begun(now):
        return {"state": SIGNING, "sentence": "dibuka"}
    if wave.opens_at is None or wave.opens_at <= now:
        return {"state": BEGINNING, "sentence": "menunggu"}
    return {
        "state": BEGINNING,
        "sentence": f"mulai {dates.time_with_zone(wave.opens_at, ceremony.time_zone)}",
    }


@cache
def version():
    """Another one whenever the screen itself has changed, the same on all machines."""
    digest = sha256()
    for pattern in OWN_FILES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
