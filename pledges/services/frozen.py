"""What freezing has fixed of a ceremony, kept in the memory of a process.

Thousands sign under the same few ceremonies; loading election, text and organizer with each of them
costs more than writing the signature. What can still change is read anew each time.
"""

from copy import copy
from functools import lru_cache

from netralitas.lib.prepared import Given, PreparedRows

from ..models import Ceremony

CHANGING = (
    *("state", "opened_at", "closed_at", "last_closed_at"),
    *("starts_at", "time_zone", "place", "reason", "campaign_id"),
)
MOST = 64
rows = Ceremony.objects.order_by().values("uuid", "organizer__name", *CHANGING)
by_key = PreparedRows(rows.filter(pk=Given("key")))
by_code = PreparedRows(rows.filter(code=Given("code"), frozen_at__isnull=False))


def find(code):
    """The ceremony with `code` once its roster is frozen, cancelled or not; else None."""
    return next(map(_as_it_is_now, by_code(code=code)), None)


def attach_ceremony(participant):
    """Give `participant` its ceremony with election, text and organizer, by one small query."""
    [participant.ceremony] = map(_as_it_is_now, by_key(key=participant.ceremony_id))


def _as_it_is_now(row):
    ceremony = copy(_ceremony(row["uuid"], row["organizer__name"]))
    for field in CHANGING:
        setattr(ceremony, field, row[field])
    return ceremony


@lru_cache(maxsize=MOST)
def _ceremony(uuid, organizer_name):
    """A ceremony whose roster is frozen; read anew once its organizer is called otherwise."""
    related = ("election__government", "text", "organizer")
    return Ceremony.objects.select_related(*related).get(uuid=uuid)
