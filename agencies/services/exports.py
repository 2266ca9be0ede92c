"""Taking a list along: personal data leaves, so it is on record."""

from django.db import transaction

from . import events


@transaction.atomic
def record_export(*, actor, act, objects, count, filters=()):
    """Leave an event that `actor` took `count` rows along, one about each of `objects`.

    An object is a government or something of one. `filters` are the names of the fields by which
    the rows were found, never what was asked for. Call it once the file is made, with no
    transaction open before: making it takes a while, and on SQLite nobody else writes meanwhile.
    """
    for obj in objects:
        events.record(
            actor=actor,
            act=act,
            obj=obj,
            government=obj.government,
            data={"count": count, "filters": sorted(filters)},
        )
