"""Packs: what is in them, who may fetch them, and that one bad pact stops nothing."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from agencies.choices import RoleName
from agencies.models import Event, Logo
from netralitas.lib.merkle import proves_inclusion
from pledges.choices import PackKind, PackState
from pledges.errors import WrongState
from pledges.models import Pack, Pact, Participant, Signature
from pledges.services import pack_files, pack_work, packs, pacts, register, roster_changes
from pledges.services.pack_archive import NOT_MADE
from pledges.services.pack_contents import LONGEST_FOLDER, member_name
from pledges.views.downloads import file_name
from tests import factories
from tests.tampering import spoil

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    """City-wide: two have signed at Kesehatan, one at its clinic, one at Pendidikan."""
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai")
    health = factories.OpdFactory(parent=government, name="Dinas Kesehatan")
    clinic = factories.UnitFactory(parent=health, name="Puskesmas: Kota/Timur")
    schools = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    people = [("Budi", health), ("Ani", health), ("Renée", clinic), ("Adi", schools)]
    for name, agency in [*people, ("Belum", health)]:
        factories.EmployeeFactory(name=name, agency=agency)
    ceremony = factories.open_ceremony(government, employees=0)
    for participant in ceremony.participants.exclude(bare_name="Belum"):
        factories.sign(participant)
    return ceremony


@pytest.fixture
def hr(ceremony):
    return factories.user_with_role(RoleName.HR, ceremony.organizer)


@pytest.fixture
def health(ceremony):
    return ceremony.participants.get(bare_name="Belum").agency


def archive_of(pack):
    archive = ZipFile(BytesIO(pack.content.read()))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def pdfs_in(members):
    return {name for name in members if name.startswith("Pakta/")}


def book_of(pack):
    return pikepdf.open(BytesIO(pack.content.read()))


def marks_of(items):
    return [(item.title, marks_of(item.children)) for item in items]


def files():
    return default_storage.listdir("paket")[1] if default_storage.exists("paket") else []


def log_everything():
    assert register.seal() == Signature.objects.count()


# The archive ------------------------------------------------------------------------------------


def test_the_archive_of_hr_holds_every_pact_in_folders_and_the_papers(ceremony, hr):
    members = archive_of(factories.pack(ceremony, hr))
    numbers = dict(ceremony.participants.values_list("bare_name", "number"))
    assert pdfs_in(members) == {
        f"Pakta/Dinas Kesehatan/Ani - {numbers['Ani']}.pdf",
        f"Pakta/Dinas Kesehatan/Budi - {numbers['Budi']}.pdf",
        f"Pakta/Dinas Kesehatan/Puskesmas Kota Timur/Renée - {numbers['Renée']}.pdf",
        f"Pakta/Dinas Pendidikan/Adi - {numbers['Adi']}.pdf",
    }
    assert members.keys() - pdfs_in(members) == {
        "BACA-SAYA.txt",
        "Rekapitulasi.xlsx",
        "Daftar hadir.pdf",
        "Berita acara.pdf",
    }
    own = Pact.objects.get(signature__participant__bare_name="Adi").file.read()
    assert members[f"Pakta/Dinas Pendidikan/Adi - {numbers['Adi']}.pdf"] == own
    assert "Isi: 4 pakta\r\n" in members["BACA-SAYA.txt"].decode()


def test_a_head_gets_the_own_opd_alone_and_no_minutes(ceremony, health):
    head = factories.user_with_role(RoleName.HEAD, health)
    members = archive_of(factories.pack(ceremony, head))
    assert {name.split("/")[1] for name in pdfs_in(members)} == {"Dinas Kesehatan"}
    assert "Berita acara.pdf" not in members


def test_the_archive_of_one_opd_holds_that_alone(ceremony, hr, health):
    members = archive_of(factories.pack(ceremony, hr, opd=health))
    assert len(pdfs_in(members)) == 3
    assert "Berita acara.pdf" not in members


def test_every_proof_in_the_archive_holds_under_its_head(ceremony, hr):
    log_everything()
    members = archive_of(factories.pack(ceremony, hr))
    head = json.loads(members["Kepala register.json"])
    file = json.loads(members["Bukti register.json"])
    assert file["format"] == "netralitas-proofs-1"
    digests = set(Signature.objects.values_list("digest", flat=True))
    assert {proof["leaf"] for proof in file["proofs"]} == digests
    for proof in file["proofs"]:
        assert proof["root"] == head["root"]
        assert proves_inclusion(
            proof["leaf"], proof["index"], proof["size"], proof["path"], head["root"]
        )


def test_a_pact_that_cannot_be_made_is_named_and_the_rest_is_there(ceremony, hr):
    broken = ceremony.participants.get(bare_name="Budi")
    spoil(broken.signature)
    pack = factories.pack(ceremony, hr)
    members = archive_of(pack)
    assert (pack.state, pack.left_out, len(pdfs_in(members))) == (PackState.READY, 1, 3)
    told = members["GAGAL.txt"].decode()
    assert "Daftar hadir.pdf" in members
    assert f"Budi - {broken.number}.pdf: Pakta belum dapat dibuat." in told


def test_a_paper_that_cannot_be_made_is_named_and_the_rest_is_there(ceremony, hr):
    for signature in Signature.objects.for_pact():
        pacts.issue(signature)
    Logo.objects.create(agency=ceremony.organizer, png=b"bukan gambar", sha256="0" * 64)
    pack = factories.pack(ceremony, hr)
    members = archive_of(pack)
    assert (pack.state, pack.left_out, len(pdfs_in(members))) == (PackState.READY, 0, 4)
    assert "Rekapitulasi.xlsx" in members
    assert "Daftar hadir.pdf" not in members
    assert "Daftar hadir.pdf" not in members["BACA-SAYA.txt"].decode()
    told = members["GAGAL.txt"].decode()
    assert f"Daftar hadir.pdf: {NOT_MADE}" in told


def test_offices_whose_long_names_begin_alike_have_folders_of_their_own():
    begin = "Unit Pelaksana Teknis Daerah Pengelolaan Sarana dan Prasarana"
    names = (f"{begin} Dumai Timur", f"{begin} Dumai Barat")
    person = {"bare_name": "Ani", "number": "1", "number_kind": "NIP"}
    east, west = (
        member_name(Participant(opd_name=name, agency_name=name, **person)) for name in names
    )
    assert east != west
    assert east.startswith("Unit Pelaksana Teknis Daerah ")
    assert {len(name.split("/")[0]) for name in (east, west)} == {LONGEST_FOLDER}


# The print --------------------------------------------------------------------------------------


def test_the_print_has_a_cover_every_pact_and_bookmarks(ceremony, hr):
    book = book_of(factories.pack(ceremony, hr, kind=PackKind.PRINT))
    assert len(book.pages) == 5
    with book.open_outline() as outline:
        assert marks_of(outline.root) == [
            (
                "Dinas Kesehatan",
                [
                    ("Ani, S.Kom.", []),
                    ("Budi, S.Kom.", []),
                    ("Puskesmas: Kota/Timur", [("Renée, S.Kom.", [])]),
                ],
            ),
            ("Dinas Pendidikan", [("Adi, S.Kom.", [])]),
        ]
    assert "/AcroForm" not in book.Root


def test_the_print_names_what_is_left_out_on_its_cover(ceremony, hr):
    spoil(Signature.objects.get(participant__bare_name="Budi"))
    pack = factories.pack(ceremony, hr, kind=PackKind.PRINT)
    assert (pack.left_out, len(book_of(pack).pages)) == (1, 4)


# Asking and fetching ----------------------------------------------------------------------------


def test_a_pack_asked_for_again_while_it_is_made_is_the_same(ceremony, hr):
    first = factories.pack(ceremony, hr, made=False)
    assert factories.pack(ceremony, hr, made=False) == first
    other = packs.ask(actor=hr, ceremony=ceremony, opd=None, kind=PackKind.PRINT)
    assert other != first


def test_a_newer_pack_replaces_the_earlier_one(ceremony, hr, django_capture_on_commit_callbacks):
    first = factories.pack(ceremony, hr)
    with django_capture_on_commit_callbacks(execute=True):
        factories.pack(ceremony, hr, made=False)
    first.refresh_from_db()
    assert (first.state, first.content.name, files()) == (PackState.EXPIRED, "", [])


def test_nothing_can_be_asked_for_where_nobody_has_signed():
    ceremony = factories.open_ceremony(factories.OpdFactory())
    asker = factories.user_with_role(RoleName.HEAD, ceremony.organizer)
    with pytest.raises(WrongState):
        packs.ask(actor=asker, ceremony=ceremony, opd=None, kind=PackKind.ARCHIVE)


def test_each_fetching_leaves_an_event_and_going_on_none(ceremony, hr):
    pack = factories.pack(ceremony, hr)
    for begins in (False, True, False, True):
        packs.fetch(actor=hr, pack=pack, begins=lambda size, said=begins: said).close()
    told = Event.objects.of(ceremony).filter(act__startswith="pack.")
    assert [(event.act, event.data) for event in told.order_by("pk")] == [
        ("pack.asked", {"kind": "ARCHIVE", "count": 4}),
        ("pack.downloaded", {"kind": "ARCHIVE", "count": 4}),
        ("pack.downloaded", {"kind": "ARCHIVE", "count": 4}),
    ]


def test_a_pack_goes_to_nobody_else_and_not_after_the_role_has_changed(ceremony, hr, health):
    pack = factories.pack(ceremony, hr)
    with pytest.raises(WrongState, match="tidak tersedia"):
        other = factories.user_with_role(RoleName.HR, ceremony.organizer)
        packs.fetch(actor=other, pack=pack, begins=bool)
    hr.roles.update(agency=health, role=RoleName.HEAD)
    with pytest.raises(WrongState, match="Hak Anda berubah"):
        packs.fetch(actor=type(hr).objects.get(pk=hr.pk), pack=pack, begins=bool)


def test_a_pack_is_made_with_the_rights_of_the_moment(ceremony, hr, health):
    pack = factories.pack(ceremony, hr, made=False)
    hr.roles.update(agency=health, role=RoleName.HEAD)
    pack_work.make(str(pack.uuid))
    pack.refresh_from_db()
    assert (pack.total, len(pdfs_in(archive_of(pack)))) == (3, 3)


# Faults and the end -----------------------------------------------------------------------------


def test_a_pack_made_twice_at_once_leaves_one_file(ceremony, hr):
    pack = factories.pack(ceremony, hr)
    Pack.objects.update(state=PackState.MAKING, content="")
    pack_work.make(str(pack.uuid))
    pack_work.make(str(pack.uuid))
    assert len(files()) == 2
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        pack_files.clear_away()
    assert files() == [Pack.objects.get().content.name.removeprefix("paket/")]


def test_a_full_disk_is_told_and_leaves_nothing(ceremony, hr, settings, tmp_path):
    pack = factories.pack(ceremony, hr, made=False)
    settings.DATA_DIR = tmp_path / "tidak ada"
    pack_work.make(str(pack.uuid))
    pack.refresh_from_db()
    assert (pack.state, pack.reason) == (PackState.FAILED, pack_work.NOT_STORED)
    assert files() == []


def test_a_pack_is_removed_after_a_day(ceremony, hr):
    pack = factories.pack(ceremony, hr)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert not packs.is_available(pack)
        pack_files.clear_away()
    pack.refresh_from_db()
    assert (pack.state, files()) == (PackState.EXPIRED, [])


def test_a_pack_whose_task_is_gone_is_given_up(ceremony, hr, run_tasks):
    pack = factories.pack(ceremony, hr, made=False)
    assert packs.fail_abandoned() == 0
    run_tasks()
    pack.refresh_from_db()
    assert pack.state == PackState.READY
    Pack.objects.update(state=PackState.MAKING)
    assert packs.fail_abandoned() == 1
    pack.refresh_from_db()
    assert (pack.state, pack.reason) == (PackState.FAILED, packs.GAVE_UP)


# Whose it is ------------------------------------------------------------------------------------


def covers_for(ceremony, role, *agencies):
    """What a pack asked for by somebody with this role at these agencies says of itself."""
    user = factories.user_with_role(role, agencies[0])
    for agency in agencies[1:]:
        user.roles.create(agency=agency, role=role)
    return packs.ask(actor=user, ceremony=ceremony, opd=None, kind="PRINT").covers


def test_a_pack_says_whose_pacts_it_holds_and_never_more(ceremony, health):
    schools = ceremony.participants.get(bare_name="Adi").opd
    road = factories.OpdFactory(parent=ceremony.organizer)
    factories.EmployeeFactory(agency=road)
    ceremony = factories.open_ceremony(ceremony.organizer, employees=0)
    for participant in ceremony.participants.all():
        factories.sign(participant)
    assert covers_for(ceremony, RoleName.HR, ceremony.organizer) == "seluruh acara"
    assert covers_for(ceremony, RoleName.HEAD, health) == "Dinas Kesehatan"
    assert covers_for(ceremony, RoleName.HEAD, health, schools) == "beberapa OPD"


def test_whoever_lost_a_role_meanwhile_gets_no_pack_that_calls_itself_whole(ceremony, hr, health):
    pack = packs.ask(actor=hr, ceremony=ceremony, opd=None, kind="PRINT")
    assert pack.covers == "seluruh acara"
    hr.roles.all().delete()
    hr.roles.create(agency=health, role=RoleName.HEAD)
    pack_work.make(pack.uuid)
    pack.refresh_from_db()
    assert (pack.state, pack.covers) == (PackState.READY, "beberapa OPD")
    assert "beberapa OPD" in PdfReader(BytesIO(pack.content.read())).pages[0].extract_text()


def test_who_was_taken_off_the_roster_is_missing_in_no_whole(ceremony, health):
    factories.EmployeeFactory(agency=factories.OpdFactory(parent=ceremony.organizer))
    ceremony = factories.open_ceremony(ceremony.organizer, employees=0)
    for participant in ceremony.participants.all():
        if participant.opd == health:
            factories.sign(participant)
        else:
            roster_changes.depart(actor=None, participant=participant, reason="Pindah tugas.")
    assert covers_for(ceremony, RoleName.HEAD, health) == "seluruh acara"


def test_of_one_s_own_ceremony_it_holds_the_whole():
    ceremony = factories.open_ceremony(factories.OpdFactory(), employees=1)
    factories.sign(factories.participant_of(ceremony))
    assert covers_for(ceremony, RoleName.HEAD, ceremony.organizer) == "seluruh acara"


def test_windows_can_unpack_what_has_the_longest_names(ceremony):
    long = Participant(opd_name="Dinas " * 40, agency_name="Unit " * 40, bare_name="Nama " * 40)
    long.number, long.number_kind = "1" * 18, "NIP"
    inside = f"Pakta/{member_name(long)}"
    outside = f"{file_name('Pakta', ceremony, 'Dinas ' * 40)}.zip"
    where_it_lies = 40
    assert where_it_lies + len(f"{outside}/{inside}") < 260
