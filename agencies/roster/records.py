"""What the files hold once read: plain records, no database."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from netralitas.lib.names import full_name


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a file: (row number, cells) one after the other, about `expected` of them."""

    expected: int
    rows: Iterator


@dataclass(frozen=True, slots=True)
class Person:
    """One good row. A field of which the file has no column is None: it changes nothing.

    Nor do a blank e-mail, phone or PNS ID, which HR may have filled in by hand. `kind_told` is
    false where the kind was read from the number alone. `cells` are the raw cells of the row, in
    the order of its file's columns, for the case that it does not fit the rest.
    """

    file: str
    row: int
    kind: str
    kind_told: bool
    number_kind: str
    number: str = field(repr=False)
    name: str = field(repr=False)
    siasn_id: str | None
    title_prefix: str | None
    title_suffix: str | None
    grade: str | None
    position: str | None
    echelon: str | None
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    unit_id: str
    unit_name: str
    opd_name: str
    unmarked: bool
    cells: tuple = field(repr=False)

    @property
    def place(self):
        """Where the row stands, for messages: "siasn-pns.csv baris 12"."""
        return f"{self.file} baris {self.row}"

    @property
    def full_name(self):
        """Name with titles as printed on paper."""
        return full_name(self.title_prefix or "", self.name, self.title_suffix or "")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something odd that does not stop a row, a file or an import; `str()` is the whole sentence.

    `file` "" and `row` None: it is about more than one. `column` is the file's own heading.
    """

    reason: str
    file: str = ""
    row: int | None = None
    column: str = ""
    person: Person | None = field(default=None, repr=False)

    def __str__(self):
        place = " baris ".join(str(part) for part in (self.file, self.row) if part)
        return f"{place}: {self.reason}" if place else self.reason


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not imported, and why; `column` is the file's own heading of what is at fault.

    `cells` {SIASN's heading: text} is what is needed to mend it. The rest says whose the row may
    be, so that nobody is taken for gone whose row was merely bad.
    """

    file: str
    row: int
    reason: str
    column: str = ""
    cells: dict = field(default_factory=dict, repr=False)
    number: str = field(default="", repr=False)
    siasn_id: str = field(default="", repr=False)
    name: str = field(default="", repr=False)


@dataclass(frozen=True)
class RosterFile:
    """What one file holds. `headings` are its own, {field: heading}, in the order of `cells`."""

    name: str
    size: int
    sha256: str
    headings: dict
    people: list
    rejected: list
    warnings: list


@dataclass(frozen=True)
class Roster:
    """One import as asked for: the target, the hierarchy if given, the files, whole or partial.

    A partial import leaves those alone who are in none of its files.
    """

    slug: str
    hierarchy: object
    files: list
    partial: bool = False
