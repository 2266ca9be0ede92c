"""What this app refuses to do; every message is a sentence in Indonesian for whoever asked."""

from netralitas.lib.errors import Refusal


class RosterError(Refusal):
    """A roster cannot be imported as a whole: unreadable, inconsistent, or somebody else's.

    Nothing has been written when it is raised. A single bad row is no error: it is listed among
    the rejected rows of the plan.
    """

    status = 400


class RowRejected(Exception):
    """One row of a roster cannot be imported; the others can. `str()` is the reason, Indonesian."""


class ForeignRow(RowRejected):
    """The row is an employee of another government."""
