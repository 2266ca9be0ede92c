"""The first page of a pack for printing: what it holds, and that it proves nothing."""

from netralitas.lib import dates
from netralitas.lib.papers import Paper

from . import drawn, standing
from .drawn import number
from .pdf import printable_text

TITLE = ("PAKTA INTEGRITAS NETRALITAS", "SALINAN UNTUK DICETAK")
WARNING = "Salinan untuk dicetak: segel elektronik tidak ikut tercetak"
NOTES = (
    "Halaman-halaman berikut sama dengan pakta aslinya, tetapi berkas ini tidak bersegel dan tidak "
    "memuat catatan digital penandatanganan. Sebagai bukti, simpan PDF asli setiap pakta (paket "
    "arsip ZIP).",
    "Kode QR pada setiap halaman menunjukkan pakta aslinya untuk diperiksa.",
)
# So many names fit on the page; the others are counted.
NAMED = 30


def pack_cover(ceremony, covers, count, left_out, now):
    """The PDF of the cover of `count` pacts, of whom `covers` says in words; `left_out` are the
    names of those not in it."""
    paper, styles = Paper(TITLE[0], now), drawn.Type()
    y = drawn.letterhead(paper, drawn.kop_of(ceremony), styles) + 3.5
    y = drawn.title(paper, TITLE, y, styles) + 3
    zone = ceremony.time_zone
    told = [
        *standing.occasion(ceremony),
        ("Perangkat daerah", covers),
        ("Isi", f"{number(count)} pakta, menurut perangkat daerah, unit kerja, dan nama"),
        ("Disiapkan", dates.date_time(now, zone)),
    ]
    told = [(label, printable_text(value)) for label, value in told]
    y = drawn.facts(paper, told, y, styles) + 3
    y = drawn.provisional(paper, WARNING, y, styles)
    for words in [*NOTES, *_missing(left_out)]:
        with paper.content("P"):
            y = paper.block(drawn.LEFT, y, words, styles.plain, drawn.WIDTH, 60) + 2
    return paper.end_page() + paper.close()


def _missing(names):
    if not names:
        return []
    more = f"; dan {number(len(names) - NAMED)} lainnya" if len(names) > NAMED else ""
    named = printable_text("; ".join(names[:NAMED]))
    return [f"Tidak termasuk, karena belum dapat dibuat ({number(len(names))}): {named}{more}."]
