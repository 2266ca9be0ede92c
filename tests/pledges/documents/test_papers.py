"""Attendance list, recap and minutes: what stands in them, and that they come out as paper."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook
from pypdf import PdfReader

from agencies.choices import EmployeeKind
from pledges import reports
from pledges.documents.attendance import attendance
from pledges.documents.minutes_context import minutes
from pledges.documents.recap import recap
from pledges.documents.recap_workbook import recap_workbook
from pledges.models import Ceremony, CeremonyOfficial, Signature
from pledges.services import absences, ceremonies, register
from tests import factories
from tests.tampering import rewrite

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 12, 13, 2, 15, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def government():
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai")


@pytest.fixture
def health(government):
    return factories.OpdFactory(parent=government, name="Dinas Kesehatan")


@pytest.fixture
def ceremony(government, health):
    """Health: two signed (one typed), one on leave; its clinic: one refuses; schools: one left."""
    clinic = factories.UnitFactory(parent=health, name="Puskesmas Kota")
    schools = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    for name, agency in [
        ("Adi Gores", health),
        ("Budi Ketik", health),
        ("Citra Cuti", health),
        ("Dewi Tolak", clinic),
        ("Eko Belum", schools),
    ]:
        factories.EmployeeFactory(name=name, title_suffix="", agency=agency)
    with time_machine.travel(NOW, tick=False):
        found = factories.open_ceremony(
            government,
            employees=0,
            title="Upacara Ikrar Netralitas",
            place="Ballroom Sri Bunga Tanjung",
            starts_at=datetime(2022, 12, 13, 1, 0, tzinfo=UTC),
        )
        factories.sign(person(found, "Adi"))
        factories.sign(person(found, "Budi"), method="TYPED", strokes=[], typed_name="Budi Ketik")
        absences.excuse(actor=None, participant=person(found, "Citra"), reason="Cuti")
        absences.refuse(actor=None, participant=person(found, "Dewi"), reason="Tidak setuju")
    return found


def person(ceremony, name):
    return ceremony.participants.get(bare_name__startswith=name)


def closed(ceremony, at=NOW):
    with time_machine.travel(at, tick=False):
        ceremonies.close_signing(actor=None, ceremony=ceremony)
    return Ceremony.objects.get(pk=ceremony.pk)


def pages_of(content):
    """The words of each page."""
    pages = PdfReader(BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def list_of(ceremony, participants=None, now=NOW):
    rows = ceremony.participants.all() if participants is None else participants
    return pages_of(b"".join(attendance(ceremony, rows, now)))


def minutes_of(ceremony, now=NOW):
    return pages_of(minutes(ceremony, ceremony.participants.all(), now))


# Attendance list --------------------------------------------------------------------------------


def test_the_list_has_everybody_by_unit_and_each_opd_begins_a_page(ceremony):
    health, schools = list_of(ceremony)
    places = [health.index(name) for name in ("Adi Gores", "Citra Cuti", "Puskesmas Kota", "Dewi")]
    assert places == sorted(places)
    assert "Eko Belum" in schools
    assert "Halaman 1 dari 1" in health
    assert "OPD : Dinas Pendidikan" in schools


def test_the_list_counts_each_unit_each_opd_and_all(ceremony):
    health, schools = list_of(ceremony)
    assert "Dinas Kesehatan 2 dari 3 menandatangani" in health
    assert "Puskesmas Kota 0 dari 1 menandatangani" in health
    assert "Jumlah 4 peserta · 2 menandatangani · 1 berhalangan · 1 menolak · 0 belum" in health
    assert "Jumlah seluruh OPD" not in health
    assert (
        "Jumlah seluruh OPD 5 peserta · 2 menandatangani · 1 berhalangan · 1 menolak · 1 belum"
        in schools
    )


def test_the_list_of_one_opd_has_no_sum_of_all(ceremony, health):
    (page,) = list_of(ceremony, ceremony.participants.filter(opd=health))
    assert "Jumlah seluruh OPD" not in page


def test_a_row_shows_the_typed_name_or_why_there_is_none(ceremony):
    health, schools = list_of(ceremony)
    assert "Budi Ketik Nama diketik" in health
    assert "Cuti" in health[health.index("Citra Cuti") + 10 :]
    assert "Menolak: Tidak setuju" in health
    assert schools.endswith("Halaman 1 dari 1")


def test_a_drawing_stands_in_the_row_of_who_drew_it(ceremony, health):
    reader = PdfReader(BytesIO(b"".join(attendance(ceremony, ceremony.participants.all(), NOW))))
    drawn = [page.get_contents().get_data().count(b" RG ") for page in reader.pages]
    emblem = 1
    assert drawn == [1 + emblem, emblem]


@pytest.mark.parametrize("strokes", [[[]], {"x": 1}, [[["a", 1], [2, 3]]]])
def test_a_drawing_that_was_damaged_is_told_in_its_row(ceremony, strokes):
    rewrite(Signature.objects.get(method="DRAWN"), strokes=strokes)
    health, _ = list_of(ceremony)
    assert "Goresan rusak" in health


def test_a_nik_is_masked_and_a_nip_is_not(government, health):
    factories.EmployeeFactory(agency=health, kind=EmployeeKind.NON_ASN, number="1472011701940001")
    factories.EmployeeFactory(agency=health, number="199001012010011001")
    (page,) = list_of(factories.open_ceremony(health, employees=0))
    assert "NIK 1472•••••••••001" in page
    assert "NIP 19900101 201001 1 001" in page


def test_heading_and_unit_come_again_on_the_next_page_and_nobody_is_lost(health):
    ceremony = factories.open_ceremony(health, employees=40)
    pages = list_of(ceremony)
    assert [page.count("Tanda tangan") for page in pages] == [1, 1, 1]
    assert "Dinas Kesehatan (lanjutan)" in pages[1]
    assert "Halaman 3 dari 3" in pages[2]
    whole = " ".join(pages)
    assert [p.name for p in ceremony.participants.all() if p.name not in whole] == []


def test_the_list_of_an_open_ceremony_says_that_it_is_not_final(ceremony):
    (health, _) = list_of(ceremony)
    assert "Sementara, keadaan pukul 09.15 WIB, Selasa, 13 Desember 2022" in health


def test_what_may_still_arrive_keeps_the_list_from_being_final(ceremony):
    ceremony = closed(ceremony)
    assert "Sementara" in list_of(ceremony, now=NOW + timedelta(hours=23))[0]
    assert "Sementara" not in list_of(ceremony, now=LATER)[0]


def test_a_late_signature_is_marked_with_its_day(ceremony):
    closed(ceremony)
    ceremony.refresh_from_db()
    with time_machine.travel(LATER, tick=False):
        ceremonies.open_signing(actor=None, ceremony=ceremony)
        factories.sign(person(ceremony, "Eko"))
    assert "Susulan, 16 Desember 2022" in list_of(ceremony, now=LATER)[1]


def test_long_and_hostile_names_stay_in_their_row(health):
    name = ("Raden Mas Nguyễn Peña \u202e\u0007<b>(\\) " * 12)[:200]
    factories.EmployeeFactory(agency=health, name=name, position="Pengelola " * 25)
    (page,) = list_of(factories.open_ceremony(health, employees=3))
    assert "<b>(\\)" in page
    assert "\u202e" not in page
    assert "Jumlah 4 peserta" in page


# Recap ------------------------------------------------------------------------------------------


def test_the_recap_has_opd_units_and_the_sum(ceremony):
    found = reports.recap_of(ceremony.participants.all())
    (page,) = pages_of(recap(ceremony, found, NOW))
    assert "1 Dinas Kesehatan 4 2 1 1 0 50%" in page
    assert "2 Dinas Pendidikan 1 0 0 0 1 0%" in page
    assert "Jumlah 5 2 1 1 1 40%" in page
    assert "2 Puskesmas Kota 1 0 0 1 0 0%" in page
    assert "Sementara, keadaan pukul 09.15 WIB" in page


def test_the_recap_of_a_small_opd_has_one_row(health):
    ceremony = factories.open_ceremony(health)
    (page,) = pages_of(recap(ceremony, reports.recap_of(ceremony.participants.all()), NOW))
    assert "1 Dinas Kesehatan 1 0 0 0 1 0%" in page
    assert page.count("Belum") == 1


def test_columns_are_named_on_every_page_of_the_recap(government):
    for number in range(45):
        opd = factories.OpdFactory(parent=government, name=f"Dinas {number:02}")
        factories.EmployeeFactory(agency=opd)
    ceremony = factories.open_ceremony(government, employees=0)
    pages = pages_of(recap(ceremony, reports.recap_of(ceremony.participants.all()), NOW))
    assert [page.count("Berhalangan") for page in pages] == [1, 1]
    assert [n for n in range(45) if f"Dinas {n:02}" not in " ".join(pages)] == []


def test_the_workbook_has_the_same_figures_as_numbers(ceremony):
    found = reports.recap_of(ceremony.participants.all())
    book = load_workbook(BytesIO(recap_workbook(ceremony, found, NOW)))
    opds, units, about = book.worksheets
    assert list(opds.values)[1:] == [
        ("Dinas Kesehatan", 4, 2, 1, 1, 0, 50),
        ("Dinas Pendidikan", 1, 0, 0, 0, 1, 0),
        ("Jumlah", 5, 2, 1, 1, 1, 40),
    ]
    assert opds.auto_filter.ref == "A1:G3"
    assert list(units.values)[2] == ("Dinas Kesehatan", "Puskesmas Kota", 1, 0, 0, 1, 0, 0)
    assert about["B6"].value == "Sementara, keadaan pukul 09.15 WIB, Selasa, 13 Desember 2022"


def test_the_recap_carries_the_head_of_the_register(ceremony):
    register.seal()
    found = reports.recap_of(ceremony.participants.all())
    (page,) = pages_of(recap(ceremony, found, NOW))
    assert f"akar {register.latest_head().root}" in page
    assert "Register : 2 isi pada" in page


# Minutes ----------------------------------------------------------------------------------------


def test_the_minutes_tell_day_place_and_figures_in_words(ceremony):
    words = " ".join(minutes_of(ceremony))
    assert (
        "Selasa tanggal tiga belas bulan Desember tahun dua ribu dua puluh dua (13-12-2022), pukul "
        "08.00 WIB, bertempat di Ballroom Sri Bunga Tanjung" in words
    )
    assert "Acara dipimpin oleh Khairil Adli, Kepala Dinas." in words
    assert "Dari 5 (lima) peserta, 2 (dua) orang atau 40% menandatangani" in words
    assert "Dinas Kesehatan 4 2 0 1 1 0 50%" in words
    assert "Jumlah 5 2 0 1 1 1 40%" in words
    assert ceremony.text.digest in words
    assert "Sementara, keadaan pukul 09.15 WIB" in words


def test_the_annex_names_who_has_not_signed_and_why(ceremony):
    (*_, last) = minutes_of(ceremony)
    assert "LAMPIRAN BERITA ACARA" in last
    assert "Dinas Kesehatan 1 berhalangan · 1 menolak" in last
    assert "Cuti" in last[last.index("Citra Cuti") + 10 :]
    assert "Menolak: Tidak setuju" in last
    assert "Belum menandatangani" in last[last.index("Eko Belum") :]
    assert "Adi Gores" not in last


def test_minutes_of_a_ceremony_that_everybody_signed_have_no_annex(health):
    ceremony = factories.open_ceremony(health)
    factories.sign(factories.participant_of(ceremony))
    words = " ".join(minutes_of(ceremony))
    assert "Seluruh peserta menandatangani." in words
    assert "LAMPIRAN" not in words


def test_the_minutes_have_a_place_for_each_to_sign(ceremony, government):
    agency = factories.OpdFactory(parent=government, name="Badan Kepegawaian Daerah")
    agency.head = factories.EmployeeFactory(agency=agency, name="Hasan Kepala", title_suffix="")
    agency.save()
    for place in range(6):
        CeremonyOfficial.objects.create(
            ceremony=ceremony, role="WITNESS", name=f"Saksi {place}", institution="Bawaslu Dumai"
        )
    words = " ".join(minutes_of(ceremony))
    signing = words[words.index("Demikian berita acara") :]
    assert "Pemimpin acara, Kepala Badan Kepegawaian Daerah," in signing
    assert "Khairil Adli" in signing
    assert "Hasan Kepala" in signing
    assert [n for n in range(6) if f"Saksi {n} Bawaslu Dumai" not in signing] == []


def test_minutes_without_officials_leave_room_to_write(ceremony):
    ceremony.officials.all().delete()
    words = " ".join(minutes_of(ceremony))
    assert "Pemimpin tidak dicatat." in words
    assert "Saksi tidak dicatat." in words
    assert "Kepala perangkat daerah yang membidangi kepegawaian," in words


def test_the_minutes_carry_the_head_of_the_register(ceremony):
    assert "Belum ada tanda tangan yang tercatat dalam register" in " ".join(minutes_of(ceremony))
    register.seal()
    words = " ".join(minutes_of(ceremony))
    assert "Jumlah isi : 2" in words
    assert register.latest_head().root in words


def test_the_minutes_count_late_signatures(ceremony):
    closed(ceremony)
    ceremony.refresh_from_db()
    with time_machine.travel(LATER, tick=False):
        ceremonies.open_signing(actor=None, ceremony=ceremony)
        factories.sign(person(ceremony, "Eko"))
    words = " ".join(minutes_of(ceremony, LATER))
    assert (
        "Di antaranya 1 orang menandatangani susulan, setelah penandatanganan pertama kali ditutup "
        "pada Selasa, 13 Desember 2022, 09.15 WIB." in words
    )
    assert "Dinas Pendidikan 1 1 1 0 0 0 100%" in words
