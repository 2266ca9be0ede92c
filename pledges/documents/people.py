"""The rows of lists of participants, and which of them stand on which page."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from agencies.choices import NumberKind
from netralitas.lib import numbers

from .. import reports
from ..choices import ParticipantState
from . import drawn
from .pdf import printable_text

ORDER = ("opd_name", "opd", "agency__path", "bare_name", "pk")
FIELDS = (
    *("pk", "opd_id", "opd_name", "agency_id", "agency_name"),
    *("name", "number", "number_kind", "position", "state", "reason"),
)
BY_OPD = attrgetter("opd_id", "opd_name")
BY_UNIT = attrgetter("agency_id", "agency_name")


@dataclass(frozen=True)
class Row:
    """One participant, ready to print."""

    key: int
    place: int
    name: str
    number: str
    position: str
    unit: str
    state: str
    reason: str


@dataclass(frozen=True)
class Group:
    """The rows of a unit or an OPD, and how far it has come."""

    progress: reports.Progress
    rows: list

    @property
    def states(self):
        return [row.state for row in self.rows]


@dataclass(frozen=True)
class Band:
    """The line above the rows of a group; on a further page they go on."""

    group: Group
    goes_on: bool

    @property
    def name(self):
        name = self.group.progress.name
        return f"{name} (lanjutan)" if self.goes_on else name


def in_order(participants):
    """What the rows need of them, as lists are sorted: OPD, unit, name. One query."""
    return participants.order_by(*ORDER).values_list(*FIELDS, named=True)


def grouped(people, key):
    """The `Group` of each OPD or unit (`key`) of sorted people, their rows counted through."""
    groups, place = [], 1
    for (_, name), members in groupby(people, key):
        rows = [_row(person, at) for at, person in enumerate(members, start=place)]
        place += len(rows)
        progress = reports.counted(printable_text(name), [row.state for row in rows])
        groups.append(Group(progress, rows))
    return groups


def _row(person, place):
    return Row(
        key=person.pk,
        place=place,
        name=printable_text(person.name),
        number=shown_number(person.number, person.number_kind),
        position=printable_text(person.position),
        unit=printable_text(person.agency_name),
        state=person.state,
        reason=printable_text(person.reason),
    )


def shown_number(number, kind):
    """A NIP as it is printed; a NIK, which opens more than an office's file, masked."""
    shown = numbers.masked(number) if kind == NumberKind.NIK else numbers.printed(number, kind)
    return f"{NumberKind(kind).label} {shown}"


def absence(row):
    """Why somebody did not sign; nothing for who still may."""
    if row.state == ParticipantState.REFUSED:
        return f"Menolak: {row.reason}"
    return row.reason


def paged(groups, top, row_height, ends_height=0):
    """The bands and rows of each page. `top` is where the columns of the first page begin.

    A band never stands last on a page. The last page has room left for `ends_height`.
    """
    pages, page = [], []
    room = drawn.BOTTOM - top - drawn.HEAD_HEIGHT
    whole = drawn.BOTTOM - drawn.TOP - drawn.HEAD_HEIGHT
    for group in groups:
        if room < drawn.BAND + row_height:
            pages.append(page)
            page, room = [], whole
        page.append(Band(group, goes_on=False))
        room -= drawn.BAND
        for row in group.rows:
            if room < row_height:
                pages.append(page)
                page, room = [Band(group, goes_on=True)], whole - drawn.BAND
            page.append(row)
            room -= row_height
    if room < ends_height:
        pages.append(page)
        page = []
    return [*pages, page]
