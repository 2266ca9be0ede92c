"""A drawn paper is a tagged PDF/A-3 that is finished page by page."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from netralitas.lib import paths
from netralitas.lib.fonts import Face, Font
from netralitas.lib.joined import joined
from netralitas.lib.papers import Paper
from netralitas.lib.sheets import Style

MADE_AT = datetime(2022, 12, 13, 1, 0, tzinfo=UTC)
STROKES = [[[1500, 3200], [2300, 1100], [3100, 3300]], [[1200, 3900], [7800, 3700]]]


def paper_of(pages, title="Daftar <hadir>"):
    """The pieces of a paper with a table over so many pages."""
    paper, style = Paper(title, MADE_AT), Style(Face(Font("Liberation Serif")), 10)
    pieces = []
    with paper.element("Table"):
        for place in range(pages):
            paper.bookmark(f"Halaman {place}")
            with paper.artifact():
                paper.box(20, 20, 50, 10)
            with paper.element("TR"), paper.content("TH", heads="Row"):
                paper.text(20, 20, f"Baris {place}", style)
            with paper.content("Figure", instead="Tanda tangan"):
                paper.signature(20, 30, 40, 10, STROKES)
            pieces.append(paper.end_page())
    return [*pieces, paper.close()]


def opened(*pieces):
    return pikepdf.open(BytesIO(b"".join(pieces)))


def kinds(element):
    """The kinds of a tag and of all below it, in the order of reading."""
    found = [str(element.S)]
    below = element.get("/K", [])
    for kid in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += kinds(kid)
    return found


def test_it_is_a_whole_pdf_of_indonesian_language_with_title_and_bookmarks():
    pdf = opened(*paper_of(3))
    assert pdf.check_pdf_syntax() == []
    assert len(pdf.pages) == 3
    assert str(pdf.Root.Lang) == "id"
    assert str(pdf.docinfo.Title) == "Daftar <hadir>"
    with pdf.open_metadata() as told:
        assert told["dc:title"] == "Daftar <hadir>"
        assert told.pdfa_status == "3A"
    with pdf.open_outline() as outline:
        assert [mark.title for mark in outline.root] == ["Halaman 0", "Halaman 1", "Halaman 2"]


def test_what_is_drawn_says_what_it_is():
    pdf = opened(*paper_of(2))
    (document,) = [pdf.Root.StructTreeRoot.K]
    assert kinds(document) == [
        "/Document",
        "/Table",
        "/TR",
        "/TH",
        "/Figure",
        "/TR",
        "/TH",
        "/Figure",
    ]
    row, figure, *_ = document.K[0].K
    assert str(row.K[0].A.Scope) == "/Row"
    assert str(figure.Alt) == "Tanda tangan"
    assert row.K[0].Pg.objgen == pdf.pages[0].obj.objgen


def test_each_page_finds_its_tags_again():
    pdf = opened(*paper_of(2))
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
    for page in pdf.pages:
        heads = [str(element.S) for element in parents[int(page.obj.StructParents)]]
        assert heads == ["/TH", "/Figure"]


def test_a_page_leaves_the_memory_when_it_is_finished():
    pieces = paper_of(4)
    assert all(piece.startswith(b"%PDF") == (place == 0) for place, piece in enumerate(pieces))
    assert min(map(len, pieces)) > 200


def test_the_same_drawing_gives_the_same_bytes():
    assert b"".join(paper_of(2)) == b"".join(paper_of(2))


def test_a_logo_keeps_what_can_be_seen_through():
    target = BytesIO()
    Image.new("RGBA", (6, 4), (255, 0, 0, 128)).save(target, "PNG")
    paper = Paper("Logo", MADE_AT)
    for _ in range(2):
        paper.picture(10, 10, 20, 20, target.getvalue())
    pdf = opened(paper.end_page(), paper.close())
    (image,) = pdf.pages[0].Resources.XObject.values()
    assert pikepdf.PdfImage(image).size == (6, 4)
    assert image.SMask.read_bytes() == b"\x80" * 24


def test_a_signature_is_as_large_as_its_place_allows_and_stands_in_the_middle():
    corners = [[[0, 5000], [10_000, 0]]]
    left, right = (100 - 60) // 2 * paths.FINENESS, (100 + 60) // 2 * paths.FINENESS
    top = 30 * paths.FINENESS
    assert paths.signature(corners, 100, 30) == f"{left} 0 m {right} {top} l"


def test_a_line_is_bent_by_its_points_and_stays_in_its_place():
    words = paths.signature(STROKES, 100, 30).split()
    numbers = [int(word) for word in words if word.lstrip("-").isdigit()]
    assert "c" in words
    assert min(numbers) >= 0
    assert max(numbers[::2]) <= 100 * paths.FINENESS
    assert max(numbers[1::2]) <= 30 * paths.FINENESS


def test_points_that_nobody_could_tell_apart_are_left_out():
    dense = [[[100 + x // 100, 2000 + (x // 50) % 2] for x in range(3000)] + [[9000, 4000]]]
    assert len(paths.signature(dense, 100, 30)) < 3000


@pytest.mark.parametrize("pages", [1, 3])
def test_an_appendix_keeps_its_pages_and_its_tags(pages):
    first, second = b"".join(paper_of(2, "Berita acara")), b"".join(paper_of(pages, "Lampiran"))
    whole = joined(first, second)
    pdf = opened(whole)
    assert pdf.check_pdf_syntax() == []
    assert str(pdf.docinfo.Title) == "Berita acara"
    assert len(pdf.pages) == 2 + pages
    assert kinds(pdf.Root.StructTreeRoot.K).count("/TR") == 2 + pages
    assert [int(page.obj.StructParents) for page in pdf.pages] == list(range(2 + pages))
    last = pdf.Root.StructTreeRoot.K.K[-1].K[0].K[-1]
    assert last.Pg.objgen == pdf.pages[-1].obj.objgen
    assert joined(first, second) == whole
