"""The printed sheet of slips: what stands on a slip, and that it comes out as paper."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from netralitas.lib import qr
from pledges.documents import slips
from pledges.services.invitations import Slip
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony(settings):
    settings.SITE_URL = "https://ikrar.dumai.example.go.id"
    return factories.ceremony_in(
        "READY",
        factories.OpdFactory(name="Dinas Kesehatan"),
        title="Apel Netralitas",
        starts_at=datetime(2023, 1, 11, 23, 30, tzinfo=UTC),
        time_zone="Asia/Makassar",
    )


def text_of(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_a_slip_carries_name_number_unit_and_a_pin_in_two_groups(ceremony):
    participant = factories.participant_of(ceremony)
    printed = slips.printed(Slip(participant, "01234567"))
    number = participant.number
    assert (printed.name, printed.unit, printed.pin) == (
        participant.name,
        "Dinas Kesehatan",
        "0123 4567",
    )
    assert printed.number == f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"


def test_the_qr_fills_in_the_number_and_never_the_pin(ceremony):
    participant = factories.participant_of(ceremony)
    one = slips.printed(Slip(participant, "01234567"))
    other = slips.printed(Slip(participant, "76543210"))
    assert one.qr == other.qr
    assert one.qr.startswith("data:image/svg+xml")
    participant.number = "197906062001042001"
    assert slips.printed(Slip(participant, "01234567")).qr != one.qr


def test_the_number_stands_in_the_part_of_the_address_that_no_server_sees(ceremony):
    participant = factories.participant_of(ceremony)
    address = f"https://ikrar.dumai.example.go.id/i/{ceremony.code}/#nip={participant.number}"
    assert slips.entrance_address(participant) == address
    assert slips.printed(Slip(participant, "01234567")).qr == qr.data_uri(address)


def test_a_sheet_says_what_when_and_where_to_enter(ceremony):
    sheet = slips.sheet_of(ceremony, ceremony.organizer)
    assert sheet == slips.Sheet(
        document_title="Slip PIN Dinas Kesehatan",
        ceremony="Apel Netralitas",
        when="Kamis, 12 Januari 2023, 07.30 WITA",
        address="ikrar.dumai.example.go.id/i/",
        code=f"{ceremony.code[:4]} {ceremony.code[4:]}",
        opd="Dinas Kesehatan",
    )


def test_ten_slips_fit_on_a_page_and_none_is_lost(ceremony):
    participant = factories.participant_of(ceremony)
    sheet = [Slip(participant, f"{n:08d}") for n in range(11)]
    pages = text_of(slips.render_slips(ceremony, ceremony.organizer, sheet))
    assert [page.count("kode acara") for page in pages] == [10, 1]
    assert all(f"0000 {n:04d}" in " ".join(pages) for n in range(11))
    assert "Halaman 1 dari 2" in pages[0]


def test_the_longest_names_neither_push_the_pin_away_nor_break_the_page(ceremony):
    participant = factories.participant_of(ceremony)
    participant.name = ("Raden Mas Nguyễn Hoàng Việt Peña Šimon Ōtomo " * 9)[:370]
    participant.agency_name = ("Unit Pelaksana Teknis Daerah Pelayanan Terpadu " * 6)[:255]
    sheet = [Slip(participant, f"{n:08d}") for n in range(10)]
    pages = text_of(slips.render_slips(ceremony, ceremony.organizer, sheet))
    assert len(pages) == 1
    assert [n for n in range(10) if f"0000 {n:04d}" not in pages[0]] == []
    assert "Nguyễn" in pages[0]


def test_markup_in_a_name_is_printed_as_it_is(ceremony):
    participant = factories.participant_of(ceremony)
    participant.name = "Siti <b>Aminah</b> & Co"
    page = text_of(
        slips.render_slips(ceremony, ceremony.organizer, [Slip(participant, "01234567")])
    )[0]
    assert "Siti <b>Aminah</b> & Co" in page


@pytest.mark.parametrize(
    ("title", "name", "unit", "density"),
    [
        ("Apel Netralitas", "Siti Rahmawati, S.Kom.", "Dinas Kesehatan", ""),
        ("Apel Netralitas", "x" * 90, "y" * 120, "long"),
        ("Apel Netralitas", "x" * 150, "y" * 160, "longer"),
        ("z" * 200, "x" * 370, "y" * 255, "longest"),
    ],
)
def test_long_names_are_set_smaller_so_that_they_stay_whole(title, name, unit, density):
    assert slips.density(title, name, unit) == density
