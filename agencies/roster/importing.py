"""The doors of the roster import: read the files, see what would change, change it."""

from django.db import IntegrityError, transaction

from ..errors import RosterError
from .hierarchy import read_hierarchy
from .people import read_people
from .plan import make_plan
from .records import Roster
from .state import load_state
from .writing import write_plan


def read_roster(*, slug, sources, units=None, partial=False):
    """The files as a checked `Roster` for the government `slug`; touches no database.

    `sources` and `units` (the hierarchy, if given) are `Source`s. Raises RosterError if one cannot
    be read or belongs to another government.
    """
    hierarchy = read_hierarchy(units, slug) if units is not None else None
    return Roster(slug, hierarchy, [read_people(source, slug) for source in sources], partial)


def preview(roster):
    """What applying `roster` now would do; writes nothing. Raises RosterError."""
    return make_plan(roster, load_state(roster.slug))


def apply(roster, *, actor=None):
    """Write `roster` whole or not at all, and return the plan that was written.

    The plan is computed anew from the locked state: a preview somebody looked at for an hour may
    be out of date. `actor` is None for the command line. Raises RosterError.
    """
    try:
        with transaction.atomic():
            state = load_state(roster.slug, lock=True)
            plan = make_plan(roster, state)
            write_plan(plan, state, actor=actor)
    except IntegrityError as error:
        raise RosterError(
            "Data pegawai atau unit berubah ketika impor berjalan; "
            "tidak ada yang ditulis. Ulangi impor ini."
        ) from error
    return plan
