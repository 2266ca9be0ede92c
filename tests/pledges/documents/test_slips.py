"""The printed sheet of slips: what stands on a slip, and that it comes out as paper."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from pledges.documents import slips
from pledges.services.invitations import PinSlip
from tests import factories

pytestmark = pytest.mark.django_db
OPD = "Dinas Kesehatan"


@pytest.fixture
def ceremony(settings):
    settings.SITE_URL = "https://ikrar.dumai.example.go.id"
    return factories.ceremony_in(
        "READY",
        factories.OpdFactory(name=OPD),
        title="Apel Netralitas",
        starts_at=datetime(2023, 1, 11, 23, 30, tzinfo=UTC),
        time_zone="Asia/Makassar",
    )


@pytest.fixture
def participant(ceremony):
    return factories.participant_of(ceremony)


def pile_of(participant, count, name=OPD):
    found = tuple(PinSlip(participant, f"{n:08d}") for n in range(count))
    return slips.Pile(name=name, opd=OPD, slips=found)


def pages_of(ceremony, *parts, told=lambda done: None):
    """The words of each page."""
    pages = PdfReader(BytesIO(slips.render_slips(ceremony, parts, told))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_a_slip_carries_name_number_unit_and_a_pin_in_two_groups(participant):
    number = participant.number
    assert slips.printed(PinSlip(participant, "01234567")) == slips.PrintedSlip(
        name=participant.name,
        number=f"NIP {number[:8]} {number[8:14]} {number[14]} {number[15:]}",
        unit=OPD,
        pin="0123 4567",
        address=slips.entrance_address(participant),
    )


def test_the_number_stands_in_the_part_of_the_address_that_no_server_sees(ceremony, participant):
    address = f"https://ikrar.dumai.example.go.id/i/{ceremony.code}/#nip={participant.number}"
    assert slips.entrance_address(participant) == address


def test_the_slips_say_what_when_and_where_to_enter(ceremony):
    assert slips.heading_of(ceremony) == slips.Heading(
        ceremony="Apel Netralitas",
        when="Kamis, 12 Januari 2023, 07.30 WITA",
        address="ikrar.dumai.example.go.id/i/",
        code=f"{ceremony.code[:4]} {ceremony.code[4:]}",
    )


def test_ten_cells_fit_on_a_page_and_no_slip_is_lost(ceremony, participant):
    pages = pages_of(ceremony, [pile_of(participant, 10)])
    assert [page.count("kode acara") for page in pages] == [9, 1]
    assert [n for n in range(10) if f"0000 {n:04d}" not in " ".join(pages)] == []
    assert "Halaman 1 dari 2" in pages[0]
    assert "Rahasiakan PIN ini." in pages[0]


def test_each_pile_begins_with_a_cell_that_says_whose_it_is(ceremony, participant):
    (page,) = pages_of(
        ceremony, [pile_of(participant, 2), pile_of(participant, 1, "Puskesmas Kota")]
    )
    assert page.count("Diterima oleh") == 2
    assert "Puskesmas Kota Dinas Kesehatan 1 slip PIN" in page


def test_each_opd_begins_on_a_page_of_its_own_and_is_counted_alone(ceremony, participant):
    parts = [[pile_of(participant, 12)], [pile_of(participant, 1)]]
    pages = pages_of(ceremony, *parts)
    counted = [page[page.index("Halaman") :] for page in pages]
    assert counted == ["Halaman 1 dari 2", "Halaman 2 dari 2", "Halaman 1 dari 1"]


def test_it_is_told_how_many_slips_are_drawn(ceremony, participant):
    told = []
    pages_of(ceremony, [pile_of(participant, 12)], [pile_of(participant, 3)], told=told.append)
    assert told == [9, 12, 15]


def test_the_longest_names_neither_push_the_pin_away_nor_break_the_page(ceremony, participant):
    participant.name = ("Raden Mas Nguyễn Hoàng Việt Peña Šimon Ōtomo " * 9)[:370]
    participant.agency_name = ("Unit Pelaksana Teknis Daerah Pelayanan Terpadu " * 6)[:255]
    (page,) = pages_of(ceremony, [pile_of(participant, 9)])
    assert [n for n in range(9) if f"0000 {n:04d}" not in page] == []
    assert page.count("Nguyễn") == 9 * participant.name.count("Nguyễn")


def test_marks_of_a_pdf_and_what_cannot_be_printed_do_no_harm(ceremony, participant):
    participant.name = "Siti <b>Aminah</b> (A\\n) Tj\u202e \u0000 & Co"
    (page,) = pages_of(ceremony, [pile_of(participant, 1)])
    assert "Siti <b>Aminah</b> (A\\n) Tj & Co" in page


def test_what_the_first_font_lacks_is_taken_from_the_second_and_else_left_out(
    ceremony, participant
):
    participant.name = "Ani ☃ \U0001f984 Lestari"
    (page,) = pages_of(ceremony, [pile_of(participant, 1)])
    assert "Ani ☃" in page
    assert "Lestari" in page
