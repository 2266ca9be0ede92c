"""The attendance list ("daftar hadir"): every participant in a row, with the drawn signature.

Each OPD has pages of its own, numbered alone, as it will be filed. Thousands of rows are drawn
straight into the file and leave the memory page by page.
"""

from dataclasses import dataclass
from itertools import chain, groupby

from netralitas.lib import dates, strokes
from netralitas.lib.papers import Paper

from .. import reports
from ..choices import ParticipantState, SigningMethod
from ..models import Signature
from . import drawn, standing
from .drawn import number
from .pdf import printable_text
from .people import BY_OPD, BY_UNIT, Band, Row, absence, grouped, in_order, paged

ROW, SUM = 13, 8
AT_ONCE = 200
TITLE = ("DAFTAR HADIR DAN TANDA TANGAN", "IKRAR NETRALITAS DAN PAKTA INTEGRITAS")
# Nobody can have signed so: the row was changed in the database (manage.py verify_register).
DAMAGED = "Goresan rusak"
COLUMNS = drawn.columns(
    ("No.", 11, 0.5),
    ("Nama dan nomor pegawai", 67, 0.0),
    ("Jabatan", 52, 0.0),
    ("Tanda tangan", 50, 0.5),
)


@dataclass(frozen=True)
class Totals:
    """A line of counts at the end."""

    label: str
    progress: reports.Progress


def attendance(ceremony, participants, now):
    """The PDF of these participants, in pieces, one for each page and one at the end.

    All rows show what held when it was begun: who signs meanwhile stands in the next list.
    """
    parts = _parts(participants)
    states = [[state for unit in units for state in unit.states] for _, units in parts]
    sheet = Sheet(ceremony, now, _signatures(parts))
    for (opd, units), own in zip(parts, states, strict=True):
        ends = [Totals("Jumlah", reports.counted("", own))]
        if opd == parts[-1][0] != parts[0][0]:
            ends.append(Totals("Jumlah seluruh OPD", reports.counted("", chain(*states))))
        yield from sheet.part(opd, units, ends)
    yield sheet.paper.close()


class Sheet:
    """The pages of one list, while they are drawn."""

    def __init__(self, ceremony, now, signatures):
        self.ceremony, self.now, self.signatures = ceremony, now, signatures
        self.title = printable_text(ceremony.title)
        self.paper, self.type = Paper(f"Daftar hadir {self.title}", now), drawn.Type()
        self.kop = drawn.kop_of(ceremony)

    def part(self, opd, units, ends):
        """Draw the pages of one OPD; yields the bytes of each."""
        self.paper.bookmark(opd)
        with self.paper.element("Sect"):
            y = self._head(opd)
            pages = paged(units, y, ROW, SUM * len(ends))
            pages[-1].extend(ends)
            with self.paper.element("Table"):
                for place, lines in enumerate(pages, start=1):
                    self._page(lines, y if place == 1 else drawn.TOP, is_first=place == 1)
                    words = f"Daftar hadir · {self.title} · {opd}"
                    page = f"Halaman {place} dari {len(pages)}"
                    drawn.foot(self.paper, words, page, self.type)
                    yield self.paper.end_page()

    def _head(self, opd):
        """Letterhead, title and what the list is about. Returns where the rows begin."""
        y = drawn.letterhead(self.paper, self.kop, self.type) + 3.5
        y = drawn.title(self.paper, TITLE, y, self.type) + 3
        y = drawn.facts(self.paper, [*standing.occasion(self.ceremony), ("OPD", opd)], y, self.type)
        return drawn.provisional(
            self.paper, standing.warning(self.ceremony, self.now), y + 1.5, self.type
        )

    def _page(self, lines, y, *, is_first):
        y = drawn.column_heads(self.paper, y, COLUMNS, self.type, is_first)
        for line in lines:
            if isinstance(line, Row):
                self._row(line, y)
                y += ROW
            elif isinstance(line, Band):
                drawn.band(self.paper, line, signed_of(line.group.progress), y, self.type)
                y += drawn.BAND
            else:
                self._totals(line, y)
                y += SUM

    def _row(self, row, y):
        paper, (place, name, position, signed) = self.paper, COLUMNS
        drawn.grid(paper, y, ROW, COLUMNS)
        with paper.element("TR"):
            with paper.content("TD"):
                paper.middle(place.at, y, number(row.place), self.type.plain, place.inner, ROW, 0.5)
            with paper.content("TD"):
                upper = (
                    y + (ROW - 4 - paper.height_of(row.name, self.type.strong, name.inner, 7.6)) / 2
                )
                lower = paper.block(name.at, upper, row.name, self.type.strong, name.inner, 7.6)
                paper.block(name.at, lower + 0.3, row.number, self.type.small, name.inner, 3.7)
            with paper.content("TD"):
                width = position.inner
                paper.middle(position.at, y + 1, row.position, self.type.small, width, ROW - 2)
            self._sign(row, signed, y)

    def _sign(self, row, field, y):
        """The drawing, the typed name, why there is neither, or room for a pen."""
        paper, left, width = self.paper, field.left + 3, field.width - 6
        if row.state != ParticipantState.SIGNED:
            words = "" if row.state == ParticipantState.PENDING else absence(row)
            with paper.content("TD"):
                paper.middle(field.at, y + 1, words, self.type.note, field.inner, ROW - 2, 0.5)
            return
        signature = next(self.signatures)
        note = note_of(signature, self.ceremony.time_zone)
        height = ROW - 5 if note else ROW - 2.4
        is_drawn = signature.method == SigningMethod.DRAWN
        if is_drawn and strokes.are_sound(signature.strokes):
            with paper.content("TD", instead=f"Tanda tangan. {note}".strip()):
                paper.signature(left, y + 1.2, width, height, signature.strokes)
                paper.block(field.at, y + ROW - 3.6, note, self.type.fine, width, 3, 0.5)
            return
        with paper.content("TD"):
            typed = DAMAGED if is_drawn else printable_text(signature.typed_name)
            paper.middle(field.at, y + 1, typed, self.type.typed, width, height - 0.6, 0.5)
            paper.block(field.at, y + ROW - 3.6, note, self.type.fine, width, 3, 0.5)

    def _totals(self, line, y):
        paper = self.paper
        with paper.artifact():
            paper.box(drawn.LEFT, y, drawn.WIDTH, SUM)
        with drawn.only_cell(paper):
            paper.middle(drawn.LEFT + 1.5, y, line.label, self.type.strong, 50, SUM)
            words, right = in_words(line.progress), drawn.RIGHT - 1.5
            paper.middle(right, y, words, self.type.small, drawn.WIDTH - 55, SUM, 1)


def signed_of(progress):
    """The counts of a unit."""
    return f"{number(progress.signed)} dari {number(progress.invited)} menandatangani"


def in_words(progress):
    """The counts of a line of totals."""
    counts = (
        ("peserta", progress.invited),
        ("menandatangani", progress.signed),
        ("berhalangan", progress.excused),
        ("menolak", progress.refused),
        ("belum", progress.pending),
    )
    return " · ".join(f"{number(count)} {label}" for label, count in counts)


def note_of(signature, zone):
    """What is said below a signature that is typed or late."""
    typed = "nama diketik" if signature.method == SigningMethod.TYPED else ""
    late = f"susulan, {dates.date_only(signature.signed_at, zone)}" if signature.late else ""
    words = "; ".join(filter(None, (typed, late)))
    return f"{words[:1].upper()}{words[1:]}"


def _parts(participants):
    """(OPD, its units) in the order of the list, by one query."""
    people = in_order(participants)
    return [
        (printable_text(name), grouped(members, BY_UNIT))
        for (_, name), members in groupby(people, BY_OPD)
    ]


def _signatures(parts):
    """The signature of each row that has one, in their order, a few hundred in memory at a time."""
    rows = (row for _, units in parts for unit in units for row in unit.rows)
    keys = [row.key for row in rows if row.state == ParticipantState.SIGNED]
    for at in range(0, len(keys), AT_ONCE):
        found = Signature.objects.filter(participant__in=keys[at : at + AT_ONCE])
        by_participant = {signature.participant_id: signature for signature in found}
        yield from (by_participant.get(key) for key in keys[at : at + AT_ONCE])
