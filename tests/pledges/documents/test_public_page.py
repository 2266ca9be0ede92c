"""What a public page tells of OPD, and the picture it is shared with."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from pledges.documents.public_page import PublicFacts, shareable
from pledges.documents.social_card import SIZE, card
from pledges.reports import Progress
from tests import factories


def opd(name, invited, signed=0):
    return Progress(
        name=name, invited=invited, signed=signed, excused=0, refused=0, uuid=f"uuid-{name}"
    )


def told(*opds):
    rows, together = shareable(opds)
    return [(row.name, row.signed, row.invited) for row in rows], together


def test_large_opd_are_told_by_name():
    assert told(opd("B", 5, 1), opd("A", 40, 40)) == ([("A", 40, 40), ("B", 1, 5)], 0)


def test_small_opd_are_told_together_and_never_one_alone():
    rows, together = told(opd("A", 40, 4), opd("B", 30, 3), opd("C", 4, 2))
    assert rows == [("A", 4, 40), ("Perangkat daerah lain", 5, 34)]
    assert together == 2


def test_small_opd_that_are_still_few_take_the_next_smallest_in():
    rows, together = told(opd("A", 40), opd("B", 9, 9), opd("C", 1, 1), opd("D", 2, 0))
    assert rows == [("A", 0, 40), ("Perangkat daerah lain", 10, 12)]
    assert together == 3


def test_nothing_is_told_of_opd_where_all_are_small_or_a_single_one_would_be_left_over():
    assert told(opd("A", 1), opd("B", 2), opd("C", 4)) == ([], 0)
    assert told(opd("A", 50), opd("B", 1)) == ([], 0)
    assert told() == ([], 0)


@pytest.mark.parametrize("sizes", [(1, 1, 8, 9), (4, 4, 50), (3, 5, 5, 5), (1, 2, 3, 4, 5, 6)])
def test_no_row_stands_for_fewer_than_five_and_all_rows_add_up(sizes):
    rows, _ = told(*(opd(f"OPD {at}", size, size // 2) for at, size in enumerate(sizes)))
    assert all(invited >= 5 for _, _, invited in rows)
    assert sum(invited for _, _, invited in rows) in (0, sum(sizes))


FACTS = PublicFacts(
    title="Apel Ikrar Netralitas Pegawai",
    government="Pemerintah Kota Dumai",
    organizer="Pemerintah Kota Dumai",
    election="Pemilu Tahun 2024",
    moment="Rabu, 11 Januari 2023, 07.30 WIB",
    day="Rabu, 11 Januari 2023",
    place="Lapangan Kantor Wali Kota Dumai",
    notice="",
    state="Penandatanganan sedang dibuka",
    officials=(),
    total=opd("", 8379, 5212),
    opds=(),
    together=0,
    logo=b"",
    head=None,
)


def picture_of(facts):
    return Image.open(io.BytesIO(card(facts)))


def test_the_picture_is_a_png_of_the_size_that_is_announced():
    found = picture_of(FACTS)
    assert (found.format, found.size) == ("PNG", SIZE) == ("PNG", (1200, 630))


def test_the_same_facts_give_the_same_bytes_and_other_figures_others():
    fewer = replace(FACTS, total=opd("", 8379, 5211))
    first = card(FACTS)
    card.cache_clear()
    assert card(FACTS) == first
    assert card(fewer) != first
    assert fewer.version != FACTS.version


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Penandatanganan " * 12},
        {"title": "X" * 200, "place": "Lapangan " * 25, "government": "Pemerintah " * 14},
        {"total": None},
        {"total": opd("", 500_000, 1)},
        {"logo": factories.picture(size=(300, 400))},
    ],
)
def test_whatever_it_tells_nothing_is_drawn_into_the_right_edge(changes):
    found = picture_of(replace(FACTS, **changes)).convert("L")
    edge = found.crop((SIZE[0] - 60, 0, *SIZE))
    assert edge.getextrema()[0] == edge.getextrema()[1]


def test_what_a_link_says_of_the_page_counts_in_indonesian():
    assert FACTS.description == (
        "Pemerintah Kota Dumai, Rabu, 11 Januari 2023. 5.212 dari 8.379 pegawai telah "
        "menandatangani pakta integritas."
    )
