"""What the files hold once read: plain records, no database."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Person:
    """One good row. A field of which the file has no column is None: it changes nothing.

    Nor do a blank e-mail, phone or PNS ID, which HR may have filled in by hand. `kind_told` is
    false where the kind was read from the number alone.
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
    unmarked: bool

    @property
    def place(self):
        """Where the row stands, for messages: "siasn-pns.csv baris 12"."""
        return f"{self.file} baris {self.row}"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not imported, and why. The rest says whose it may be, so that nobody is
    taken for gone whose row was merely bad; it is shown to nobody."""

    file: str
    row: int
    reason: str
    number: str = field(default="", repr=False)
    siasn_id: str = field(default="", repr=False)
    name: str = field(default="", repr=False)

    @classmethod
    def of(cls, person, reason):
        """The rejection of a row that was read well but does not fit the rest."""
        return cls(
            person.file, person.row, reason, person.number, person.siasn_id or "", person.name
        )


@dataclass(frozen=True)
class RosterFile:
    """What one file holds."""

    name: str
    sha256: str
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
