"""The annex of the minutes: who has not signed, by OPD, and why."""

from netralitas.lib.papers import Paper

from . import drawn, standing
from .drawn import number
from .pdf import printable_text
from .people import BY_OPD, Band, absence, grouped, in_order, paged

ROW = 10.5
TITLE = ("LAMPIRAN BERITA ACARA", "PESERTA YANG TIDAK ATAU BELUM MENANDATANGANI")
COLUMNS = drawn.columns(
    ("No.", 11, 0.5),
    ("Nama dan nomor pegawai", 64, 0.0),
    ("Jabatan dan unit kerja", 62, 0.0),
    ("Keterangan", 43, 0.0),
)
EXPECTED = "Belum menandatangani"


def annex(ceremony, participants, now):
    """The PDF of those among `participants` who have not signed; None if there are none."""
    groups = grouped(in_order(participants.not_signed()), BY_OPD)
    if not groups:
        return None
    title = printable_text(ceremony.title)
    paper, styles = Paper(f"Lampiran berita acara {title}", now), drawn.Type()
    paper.bookmark("Lampiran")
    y = drawn.title(paper, TITLE, drawn.TOP, styles) + 3
    y = drawn.facts(paper, standing.occasion(ceremony), y, styles) + 1.5
    y = drawn.provisional(paper, standing.warning(ceremony, now), y, styles)
    pages = paged(groups, y, ROW)
    pieces = []
    with paper.element("Table"):
        for place, lines in enumerate(pages, start=1):
            _page(paper, styles, lines, y if place == 1 else drawn.TOP, is_first=place == 1)
            words = f"Lampiran berita acara · {title} · {standing.as_of(ceremony, now)}"
            drawn.foot(paper, words, f"Halaman {place} dari {len(pages)}", styles)
            pieces.append(paper.end_page())
    return b"".join([*pieces, paper.close()])


def _page(paper, styles, lines, y, *, is_first):
    y = drawn.column_heads(paper, y, COLUMNS, styles, is_first)
    for line in lines:
        if isinstance(line, Band):
            drawn.band(paper, line, counts_of(line.group.progress), y, styles)
            y += drawn.BAND
        else:
            _row(paper, styles, line, y)
            y += ROW


def counts_of(progress):
    """The counts of an OPD that are not naught."""
    counts = (
        (progress.excused, "berhalangan"),
        (progress.refused, "menolak"),
        (progress.pending, "belum"),
    )
    return " · ".join(f"{number(count)} {label}" for count, label in counts if count)


def _row(paper, styles, row, y):
    place, name, post, why = COLUMNS
    drawn.grid(paper, y, ROW, COLUMNS)
    with paper.element("TR"):
        with paper.content("TD"):
            paper.middle(place.at, y, number(row.place), styles.small, place.inner, ROW, 0.5)
        with paper.content("TD"):
            upper = y + (ROW - 3.8 - paper.height_of(row.name, styles.label, name.inner, 6)) / 2
            lower = paper.block(name.at, upper, row.name, styles.label, name.inner, 6)
            paper.block(name.at, lower + 0.2, row.number, styles.small, name.inner, 3.6)
        with paper.content("TD"):
            words = ", ".join(filter(None, (row.position, row.unit)))
            paper.middle(post.at, y + 0.4, words, styles.small, post.inner, ROW - 0.8)
        with paper.content("TD"):
            told = absence(row) or EXPECTED
            paper.middle(why.at, y + 0.4, told, styles.small, why.inner, ROW - 0.8)
