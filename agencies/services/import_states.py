"""The life of a roster import: which state follows which, and the one function that changes it."""

from ..choices import ImportState
from ..errors import WrongState
from ..models import RosterImport

READING, COLUMNS, READY = ImportState.READING, ImportState.COLUMNS, ImportState.READY
APPLYING, APPLIED = ImportState.APPLYING, ImportState.APPLIED
REFUSED, DISCARDED = ImportState.REFUSED, ImportState.DISCARDED

TRANSITIONS = {
    READING: {COLUMNS, READY, REFUSED, DISCARDED},
    COLUMNS: {READING, DISCARDED},
    READY: {READING, APPLYING, DISCARDED},
    APPLYING: {APPLIED, READY, REFUSED, DISCARDED},
    APPLIED: set(),
    REFUSED: {READING, DISCARDED},
    DISCARDED: set(),
}
# What an import forgets of an earlier reading when its files are read again.
UNREAD = {
    "refusal": "",
    "counts": {},
    "plan_digest": "",
    "deactivates": False,
    "applied_by": None,
    "stage": "",
    "done": 0,
    "total": 0,
    "touched_at": None,
}


def move(roster_import, to, *, source=None, **fields):
    """Change the state by conditional update, so that of two who try only one succeeds.

    `source` is the one state it may come from, if not any from which `to` follows. Raises
    WrongState if it stands elsewhere; `roster_import` is read anew in either case.
    """
    sources = [state for state, targets in TRANSITIONS.items() if to in targets]
    if source is not None:
        sources = [state for state in sources if state == source]
    rows = RosterImport.objects.filter(pk=roster_import.pk, state__in=sources)
    moved = rows.update(state=to, **fields)
    roster_import.refresh_from_db()
    if not moved:
        raise WrongState(
            f"Impor ini berstatus “{roster_import.get_state_display()}”, sehingga tidak dapat "
            f"menjadi “{ImportState(to).label}”. Muat ulang halaman ini."
        )
