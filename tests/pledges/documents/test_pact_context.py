"""What one pact prints, put together from signature, ceremony and agencies."""

from datetime import UTC, datetime

import pytest

from agencies.choices import AgencyLevel
from agencies.models import Agency, Logo
from agencies.services.logos import set_logo
from pledges.documents import pact, pact_context
from pledges.documents.pact_pictures import image_uri
from pledges.models import Signature
from pledges.services import ceremonies
from tests import factories
from tests.factories import EmployeeFactory, OpdFactory, UnitFactory

SIGNED_AT = datetime(2023, 1, 11, 17, 14, 5, tzinfo=UTC)


@pytest.fixture
def government(db):
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai", address="Jalan Tuanku 1")


@pytest.fixture
def opd(government):
    return OpdFactory(parent=government, name="Dinas Kesehatan", address="Jalan Sehat 2")


def context_of(opd, employee, organizer=None, **changes):
    """The context of the employee's signature at a ceremony of `organizer`."""
    ceremony = factories.open_ceremony(organizer or opd, employees=0)
    participant = ceremony.participants.get(employee=employee)
    signature = factories.sign(participant, **changes)
    signature.signed_at = SIGNED_AT
    return pact_context.pact_context(signature)


def test_a_pact_prints_identity_wording_and_evidence_of_its_signature(opd, settings):
    settings.SITE_URL = "https://ikrar.dumai.example.go.id"
    unit = UnitFactory(parent=opd, name="Puskesmas Kota")
    employee = EmployeeFactory(agency=unit, name="Siti Aminah", title_suffix="S.Kep.")
    ceremony = factories.open_ceremony(opd, employees=0)
    ceremony.election.name = "Pemilu Tahun 2024"
    ceremony.election.save()
    signature = factories.sign(factories.participant_of(ceremony))
    signature.signed_at = SIGNED_AT
    context = pact_context.pact_context(signature)
    number = employee.number
    printed = f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    assert context.heading == (
        "PAKTA INTEGRITAS",
        "NETRALITAS PEGAWAI",
        "PADA PEMILU TAHUN 2024",
    )
    assert dict(context.identity) == {
        "Nama": "Siti Aminah, S.Kep.",
        "NIP": printed,
        "Pangkat/Golongan Ruang": "Penata Muda Tingkat I, III/b",
        "Jabatan": "Pranata Komputer Ahli Pertama",
        "Unit Kerja": "Puskesmas Kota, Dinas Kesehatan",
        "Instansi": "Pemerintah Kota Dumai",
    }
    text = ceremony.text
    assert (context.points, context.sanction, context.closing) == (
        tuple(text.points),
        text.sanction,
        text.closing,
    )
    assert (context.signer_name, context.signer_number) == ("Siti Aminah, S.Kep.", f"NIP {printed}")
    assert context.verify_url == f"https://ikrar.dumai.example.go.id/v/{signature.receipt}/"
    assert context.receipt.replace("-", "") == signature.receipt
    assert (context.digest, context.identifier) == (signature.digest, signature.digest[:32])
    assert context.signed_at == "2023-01-11T17:14:05+00:00"


def test_date_and_sentence_are_in_the_zone_of_the_ceremony(opd):
    EmployeeFactory(agency=opd)
    ceremony = factories.open_ceremony(opd, employees=0, time_zone="Asia/Jayapura")
    signature = factories.sign(factories.participant_of(ceremony))
    signature.signed_at = SIGNED_AT
    context = pact_context.pact_context(signature)
    assert context.place_and_date == "Dumai, 12 Januari 2023"
    assert context.how_signed == (
        "Ditandatangani secara elektronik melalui tautan pribadi, dengan goresan tanda tangan, "
        "pada Kamis, 12 Januari 2023, 02.14.05 WIT menurut jam server."
    )


def test_who_cannot_draw_is_printed_as_having_typed(opd):
    employee = EmployeeFactory(agency=opd, name="Siti Aminah")
    context = context_of(opd, employee, method="TYPED", typed_name="Siti Aminah", strokes=[])
    assert (context.strokes, context.typed_name) == ((), "Siti Aminah")
    assert "dengan nama yang diketik" in context.how_signed


def test_a_drawn_signature_is_kept_as_its_strokes(opd):
    context = context_of(opd, EmployeeFactory(agency=opd))
    assert context.strokes == factories.STROKES
    assert context.typed_name == ""


def test_a_signature_by_slip_says_so(opd):
    EmployeeFactory(agency=opd)
    ceremony = factories.open_ceremony(opd, employees=0)
    participant = factories.participant_of(ceremony)
    pin = factories.pin_of(participant)
    invitation = factories.invitations.find_by_pin(
        ceremony=ceremony, number=participant.number, pin=pin
    )
    signature = factories.signing.sign(
        invitation=invitation, submission=factories.submission_for(participant)
    )
    how = pact_context.pact_context(signature).how_signed
    assert "melalui kode acara, nomor pegawai, dan PIN dari slip tercetak" in how


@pytest.mark.parametrize(("reopen", "label"), [(False, ""), (True, "Penandatanganan susulan")])
def test_a_late_signature_is_labelled(opd, reopen, label):
    EmployeeFactory(agency=opd)
    ceremony = factories.open_ceremony(opd, employees=0)
    if reopen:
        ceremonies.close_signing(actor=None, ceremony=ceremony)
        ceremonies.open_signing(actor=None, ceremony=ceremony)
    signature = factories.sign(factories.participant_of(ceremony))
    assert pact_context.pact_context(signature).late_label == label


def test_the_identity_is_the_frozen_one(opd):
    employee = EmployeeFactory(agency=opd, name="Siti Aminah", title_suffix="")
    ceremony = factories.open_ceremony(opd, employees=0)
    employee.name, employee.grade, employee.position = "Siti Baru", "IV/a", "Kepala Bidang"
    employee.save()
    identity = dict(
        pact_context.pact_context(factories.sign(factories.participant_of(ceremony))).identity
    )
    assert (identity["Nama"], identity["Jabatan"]) == (
        "Siti Aminah",
        "Pranata Komputer Ahli Pertama",
    )


# Letterhead and unit ----------------------------------------------------------------------------


def test_the_letterhead_is_that_of_the_opd(government, opd):
    kop = pact_context.kop(opd, opd.name, government)
    assert (kop["kop_government"], kop["kop_agency"], kop["kop_address"]) == (
        "PEMERINTAH KOTA DUMAI",
        "DINAS KESEHATAN",
        "Jalan Sehat 2",
    )


def test_without_an_address_of_its_own_an_opd_uses_the_governments(government, opd):
    opd.address = ""
    assert pact_context.kop(opd, opd.name, government)["kop_address"] == "Jalan Tuanku 1"


def test_whoever_works_in_the_government_itself_has_one_line_of_letterhead(government):
    kop = pact_context.kop(government, government.name, government)
    assert (kop["kop_government"], kop["kop_agency"]) == ("PEMERINTAH KOTA DUMAI", "")


def test_whoever_works_in_the_opd_directly_has_no_unit_before_it(opd):
    context = context_of(opd, EmployeeFactory(agency=opd))
    assert dict(context.identity)["Unit Kerja"] == "Dinas Kesehatan"


def test_an_opd_renamed_after_the_freezing_is_printed_as_it_was(opd):
    EmployeeFactory(agency=opd)
    ceremony = factories.open_ceremony(opd, employees=0)
    opd.name = "Dinas Kesehatan dan Keluarga Berencana"
    opd.save()
    context = pact_context.pact_context(factories.sign(factories.participant_of(ceremony)))
    assert (context.kop_agency, dict(context.identity)["Unit Kerja"]) == (
        "DINAS KESEHATAN",
        "Dinas Kesehatan",
    )
    assert context.acknowledger_title == "Kepala Dinas Kesehatan"


# Who takes note ---------------------------------------------------------------------------------


def acknowledger(context):
    return (
        context.acknowledger_title,
        context.acknowledger_name,
        context.acknowledger_number,
    )


def test_the_head_of_the_opd_takes_note(opd):
    head = EmployeeFactory(agency=opd, position="Kepala Dinas Kesehatan", name="Budi")
    opd.head = head
    opd.save()
    number = head.number
    assert acknowledger(context_of(opd, EmployeeFactory(agency=opd))) == (
        "Kepala Dinas Kesehatan",
        "Budi, S.Kom.",
        f"NIP {number[:8]} {number[8:14]} {number[14]} {number[15:]}",
    )


def test_above_the_head_of_an_opd_stands_the_head_of_the_government(government, opd):
    head = EmployeeFactory(agency=opd)
    opd.head = head
    opd.save()
    mayor = EmployeeFactory(agency=government, position="Wali Kota Dumai", name="Paisal")
    government.head = mayor
    government.save()
    assert acknowledger(context_of(opd, head))[:2] == ("Wali Kota Dumai", "Paisal, S.Kom.")


@pytest.mark.parametrize("somebody_heads", [True, False])
def test_where_nobody_is_named_the_title_stands_alone(opd, somebody_heads):
    employee = EmployeeFactory(agency=opd)
    if somebody_heads:
        opd.head = employee
        opd.save()
    title = "Wali Kota Dumai" if somebody_heads else "Kepala Dinas Kesehatan"
    assert acknowledger(context_of(opd, employee)) == (title, "", "")


def test_the_head_of_the_government_does_not_take_note_of_the_own_pact(government):
    mayor = EmployeeFactory(agency=government)
    government.head = mayor
    government.save()
    assert acknowledger(context_of(government, mayor)) == ("Wali Kota Dumai", "", "")


NAMES = [
    ("Pemerintah Kota Dumai", "Wali Kota Dumai", "Dumai"),
    ("PEMERINTAH KOTA DUMAI", "Wali Kota DUMAI", "DUMAI"),
    ("Pemerintah Kabupaten Murung Raya", "Bupati Murung Raya", "Murung Raya"),
    ("Pemerintah Kabupaten Kotawaringin Barat", "Bupati Kotawaringin Barat", "Kotawaringin Barat"),
    ("Pemerintah Kabupaten Lima Puluh Kota", "Bupati Lima Puluh Kota", "Lima Puluh Kota"),
    ("Pemerintah Daerah Kabupaten Bandung", "Bupati Bandung", "Bandung"),
    ("Pemerintah Provinsi Riau", "Gubernur Riau", "Riau"),
    (
        "Pemerintah Daerah Istimewa Yogyakarta",
        "Kepala Pemerintah Daerah Istimewa Yogyakarta",
        "Daerah Istimewa Yogyakarta",
    ),
    ("Kota Dumai", "Wali Kota Dumai", "Dumai"),
    (
        "Otorita Ibu Kota Nusantara",
        "Kepala Otorita Ibu Kota Nusantara",
        "Otorita Ibu Kota Nusantara",
    ),
]


@pytest.mark.parametrize(("name", "title", "seat"), NAMES)
def test_title_and_seat_are_read_from_the_name_of_the_government(name, title, seat):
    government = Agency(level=AgencyLevel.GOVERNMENT, name=name)
    assert pact_context.title_of_head(government, name) == title
    assert pact_context.seat_of(government) == seat


def test_a_seat_that_is_known_comes_first():
    government = Agency(
        level=AgencyLevel.GOVERNMENT, name="Pemerintah Kabupaten Murung Raya", seat="Puruk Cahu"
    )
    assert pact_context.seat_of(government) == "Puruk Cahu"


@pytest.mark.parametrize("name", ["Kecamatan Dumai Kota", "Kota Tua"])
def test_the_head_of_an_opd_is_its_kepala(name):
    opd = Agency(level=AgencyLevel.OPD, name=name)
    assert pact_context.title_of_head(opd, name) == f"Kepala {name}"


# The logo ---------------------------------------------------------------------------------------


def test_the_letterhead_has_the_logo_of_the_opd_or_of_the_government(government, opd):
    assert pact_context.kop(opd, opd.name, government)["emblem"] == pact.neutral_emblem()
    emblems = []
    for agency, colour in [(government, "blue"), (opd, "red")]:
        set_logo(actor=None, agency=agency, content=factories.picture(colour=colour))
        emblems.append(pact_context.kop(opd, opd.name, government)["emblem"])
    logos = Logo.objects.order_by("agency__path")
    assert emblems == [image_uri(bytes(logo.png), "image/png") for logo in logos]
    assert emblems[0].startswith("data:image/png;base64,iVBOR")


def test_pacts_of_one_batch_look_up_their_government_and_emblem_once(
    government, opd, django_assert_num_queries
):
    EmployeeFactory.create_batch(3, agency=opd)
    ceremony = factories.open_ceremony(opd, employees=0)
    for participant in ceremony.participants.all():
        factories.sign(participant)
    signatures = list(Signature.objects.for_pact())
    common = pact_context.Common()
    with django_assert_num_queries(2):
        contexts = [pact_context.pact_context(signature, common) for signature in signatures]
    assert contexts == [pact_context.pact_context(signature) for signature in signatures]
