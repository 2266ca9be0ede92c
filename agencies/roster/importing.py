"""The doors of the roster import: read the files, see what would change, change it."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction

from ..choices import RosterFileKind
from ..errors import RosterError
from .aliases import aliases_of
from .hierarchy import read_hierarchy
from .history import keep_applied
from .people import read_people
from .plan import make_plan
from .progress import SILENT
from .records import Roster
from .sources import MAX_ROWS
from .state import load_state
from .writing import write_plan


def read_roster(*, slug, sources, units=None, partial=False, progress=SILENT):
    """The files as a checked `Roster` for the government `slug`; compares with nothing stored.

    `sources` (any iterable, one is held at a time) and `units` (the hierarchy, if given) are
    `Source`s. What HR once said of columns is remembered. Raises RosterError if a file cannot be
    read or belongs to another government.
    """
    aliases = aliases_of(slug)
    hierarchy = units and read_hierarchy(units, slug, aliases[RosterFileKind.UNITS], progress)
    files, rows = [], 0
    for source in sources:
        file = read_people(source, slug, aliases[RosterFileKind.ROSTER], progress)
        rows += len(file.people) + len(file.rejected)
        if rows > MAX_ROWS:
            raise RosterError("Berkas-berkas ini bersama-sama berisi lebih dari 200.000 baris.")
        files.append(file)
    return Roster(slug, hierarchy, files, partial)


def preview(roster):
    """What applying `roster` now would do; writes nothing. Raises RosterError."""
    return make_plan(roster, load_state(roster.slug))


def apply(roster, *, actor=None):
    """Write `roster` whole or not at all, and return the plan that was written.

    The plan is computed from the locked state, whatever a preview said before. The import is kept
    with its lines and leaves one event. `actor` is None for the command line. Raises RosterError.
    """
    with all_or_nothing():
        state = load_state(roster.slug, lock=True)
        plan = make_plan(roster, state)
        heads = write_plan(plan, state)
        keep_applied(plan, actor=actor, heads=heads)
    return plan


@contextmanager
def all_or_nothing():
    """A transaction in which an import is written. Raises RosterError where others came between."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise RosterError(
            "Data pegawai atau unit berubah ketika impor berjalan; "
            "tidak ada yang ditulis. Ulangi impor ini."
        ) from error
