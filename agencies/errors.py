"""What this app refuses to do; every message is a sentence in Indonesian for whoever asked."""

from netralitas.lib.errors import Refusal


class WrongState(Refusal):
    """An import is no longer, or not yet, where the act would need it to be."""


class RosterError(Refusal):
    """A roster cannot be imported as a whole: unreadable, inconsistent, or somebody else's.

    Nothing has been written when it is raised. A single bad row is no error: it is listed among
    the rejected rows of the plan.
    """

    status = 400


class ColumnsMissing(RosterError):
    """A file has a table, but not all columns it needs are recognised.

    `file` is its name, `headings` are the cells of what seems to be its header row, `missing` the
    fields not found (see `roster.columns.missing`), so that a person can say which is which.
    """

    def __init__(self, message, file, headings, missing):
        super().__init__(message)
        self.file = file
        self.headings = headings
        self.missing = missing


class RowRejected(Exception):
    """One row of a roster cannot be imported; the others can. `str()` is the reason, Indonesian.

    `column` is the field in fault (a key of `roster.columns`), "" where it is the whole row.
    """

    def __init__(self, reason, column=""):
        super().__init__(reason)
        self.column = column


class ForeignRow(RowRejected):
    """The row is an employee of another government."""
