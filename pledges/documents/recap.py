"""The recap ("rekapitulasi") as a PDF: how far every OPD and every unit has come."""

from dataclasses import dataclass

from netralitas.lib.papers import Paper

from . import drawn, standing
from .drawn import number
from .pdf import printable_text

ROW, SECTION = 7.8, 9
TITLE = ("REKAPITULASI", "PENANDATANGANAN PAKTA INTEGRITAS NETRALITAS")
COLUMNS = drawn.columns(
    ("No.", 11, 0.5),
    ("Perangkat daerah dan unit kerja", 61, 0.0),
    ("Peserta", 14, 1.0),
    ("Sudah", 13, 1.0),
    ("Berhalangan", 20, 1.0),
    ("Menolak", 16, 1.0),
    ("Belum", 14, 1.0),
    ("Persentase", 31, 0.0),
)
BAR = 16
BY_OPD, BY_UNIT = "Menurut perangkat daerah", "Menurut unit kerja"


@dataclass(frozen=True)
class Line:
    """One row: an OPD, a unit, or all of them. A place in words heads a part of the table."""

    place: str
    name: str
    progress: object
    strong: bool = False


def recap(ceremony, found, now):
    """The PDF of the figures in `found` (a `reports.Recap`)."""
    title = printable_text(ceremony.title)
    paper, styles = Paper(f"Rekapitulasi {title}", now), drawn.Type()
    y = drawn.letterhead(paper, drawn.kop_of(ceremony), styles) + 3.5
    y = drawn.title(paper, TITLE, y, styles) + 3
    told = [
        *standing.occasion(ceremony),
        *standing.lead(ceremony),
        *standing.annulled(found.annulled),
        *standing.register_head(ceremony),
    ]
    y = drawn.facts(paper, told, y, styles) + 1.5
    y = drawn.provisional(paper, standing.warning(ceremony, now), y, styles)
    pages = paged(tables_of(found), y)
    pieces = []
    for place, parts in enumerate(pages, start=1):
        y = y if place == 1 else drawn.TOP
        for heading, lines in parts:
            y = _part(paper, styles, heading, lines, y)
        words = f"Rekapitulasi · {title} · {standing.as_of(ceremony, now)}"
        drawn.foot(paper, words, f"Halaman {place} dari {len(pages)}", styles)
        pieces.append(paper.end_page())
    return b"".join([*pieces, paper.close()])


def tables_of(found):
    """(heading, lines) of each table: the OPD with their sum, then each OPD with its units.

    Nothing stands twice: one OPD alone has no table of OPD, and who has no units no lines of them.
    """
    total = Line("", "Jumlah", found.total, strong=True)
    parted = [opd for opd in found.opds if len(opd.units) > 1]
    if len(found.opds) != 1:
        rows = [Line(number(n), opd.total.name, opd.total) for n, opd in enumerate(found.opds, 1)]
        yield BY_OPD, [*rows, total]
    elif not parted:
        yield BY_UNIT, [Line("1", found.opds[0].total.name, found.total)]
    if parted:
        yield BY_UNIT, [line for opd in parted for line in _lines_of(opd)]


def _lines_of(opd):
    yield Line("", opd.total.name, opd.total, strong=True)
    for place, unit in enumerate(opd.units, start=1):
        yield Line(number(place), unit.name, unit)


def paged(tables, top):
    """The parts of tables that stand on each page; a heading and the name of an OPD never last."""
    page, pages, y = [], [], top
    for heading, lines in tables:
        if y + SECTION + drawn.HEAD_HEIGHT + 2 * ROW > drawn.BOTTOM:
            pages.append(page)
            page, y = [], drawn.TOP
        part = []
        page.append((heading, part))
        y += SECTION + drawn.HEAD_HEIGHT
        for place, line in enumerate(lines):
            follows = ROW if line.strong and place + 1 < len(lines) else 0
            if y + ROW + follows > drawn.BOTTOM:
                pages.append(page)
                part = []
                page, y = [("", part)], drawn.TOP + drawn.HEAD_HEIGHT
            part.append(line)
            y += ROW
        y += 4
    return [*pages, page]


def _part(paper, styles, heading, lines, y):
    """Draw a part of a table. Returns where the next begins."""
    if heading:
        with paper.content("H2"):
            paper.block(drawn.LEFT, y + 2, heading, styles.subtitle, drawn.WIDTH, 6)
        y += SECTION
    with paper.element("Table"):
        y = drawn.column_heads(paper, y, COLUMNS, styles, first=True)
        for line in lines:
            _row(paper, styles, line, y)
            y += ROW
    return y + 4


def _row(paper, styles, line, y):
    progress, style = line.progress, styles.total if line.strong else styles.name
    if line.strong:
        with paper.artifact():
            paper.area(drawn.LEFT, y, drawn.WIDTH, ROW, 0.97)
    drawn.grid(paper, y, ROW, COLUMNS)
    counts = (progress.invited, progress.signed, progress.excused, progress.refused)
    figures = [number(count) for count in (*counts, progress.pending)]
    place, name, *fields, percent = COLUMNS
    with paper.element("TR"):
        with paper.content("TD"):
            paper.middle(place.at, y, line.place, styles.plain, place.inner, ROW, 0.5)
        with paper.content("TH", heads="Row"):
            words = printable_text(line.name)
            paper.middle(name.at, y, words, style, name.inner, ROW - 0.6)
        for field, figure in zip(fields, figures, strict=True):
            with paper.content("TD"):
                paper.middle(field.at, y, figure, style, field.inner, ROW, 1)
        with paper.content("TD"):
            paper.middle(percent.left + 11, y, f"{progress.percent}%", style, 10, ROW, 1)
    with paper.artifact():
        bar(paper, percent.left + 13, y + ROW / 2 - 1.4, progress)


def bar(paper, x, y, progress):
    """How much of the whole is signed, as a length."""
    if progress.invited:
        paper.area(x, y, BAR * progress.signed / progress.invited, 2.8, 0.35)
    paper.box(x, y, BAR, 2.8, 0.3)
