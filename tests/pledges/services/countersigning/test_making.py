"""The second revision of countersigned pacts: it leaves the first seal valid, and is made once."""

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from agencies.choices import RoleName
from agencies.models import Event
from netralitas.lib.canonical import sha256_hex
from pledges.choices import PackKind
from pledges.models import CountersignedPact, Pact
from pledges.services import pact_files, pact_seals, pacts, register_check, uploaded_pacts
from pledges.services.countersigning import making, queue
from pledges.services.pact_check import NOT_COUNTERSIGNED, OTHER_PACT, PactCheck
from tests import factories
from tests.annulling import annul
from tests.countersigning import countersign, made
from tests.tampering import rewrite, spoil

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(factories.OpdFactory(), employees=2)


@pytest.fixture
def signature(ceremony):
    return factories.sign(factories.participant_of(ceremony))


@pytest.fixture
def countersignature(ceremony, signature):
    return countersign(ceremony)


@pytest.fixture
def pact(countersignature):
    [pact] = made(countersignature)
    return pact


def text_of(content):
    """What the page shows, and what the field on it shows."""
    page = PdfReader(BytesIO(content)).pages[0]
    shown = [note.get_object().get("/AP", {}).get("/N") for note in page["/Annots"]]
    return page, [each.get_object() for each in shown if each is not None]


def test_the_first_seal_stays_and_the_second_is_ours(signature, countersignature, pact):
    content = pacts.content_of(signature)
    first = pacts.first_content_of(signature)
    assert content.startswith(first)
    assert len(content) > len(first)
    seal = pact_seals.examine(content)
    assert (seal.faults, seal.later) == ((), 0)
    assert seal.countersigned == f"Mengetahui; catatan SHA-256 {countersignature.digest}"
    assert pact_seals.examine(first).countersigned == ""
    assert (pact.sha256, pact.next_at) == (sha256_hex(content), None)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_a_reader_of_somebody_else_finds_both_signatures_valid(signature, pact, tmp_path):
    file = tmp_path / "pakta.pdf"
    file.write_bytes(pacts.content_of(signature))
    said = subprocess.run(
        ["pdfsig", "-nocert", file], capture_output=True, text=True, check=True
    ).stdout
    assert said.count("Signature is Valid.") == 2
    assert "Signature Field Name: Mengetahui" in said
    assert said.count("Not total document signed") == 1  # the seal: the first revision


def test_the_page_shows_who_took_note_and_when(signature, countersignature, pact):
    page, (field,) = text_of(pacts.content_of(signature))
    assert field["/Subtype"] == "/Form"
    assert all(
        "/FontFile2" in font_descriptor(each) for each in field["/Resources"]["/Font"].values()
    )
    place = [each.get_object() for each in page["/Annots"] if "/FT" in each.get_object()][0][
        "/Rect"
    ]
    assert [float(side) for side in field["/BBox"][2:]] == [
        pytest.approx(float(place[2] - place[0]), abs=0.01),
        pytest.approx(float(place[3] - place[1]), abs=0.01),
    ]
    said = making.said_by(countersignature).mark.paragraphs
    assert said[0] == f"Ditandatangani secara elektronik oleh {countersignature.name}"
    assert said[1:] == (countersignature.position, said[2])
    assert said[2].endswith("WIB menurut jam server")


def font_descriptor(font):
    return font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()


def test_a_pact_that_is_laid_out_in_full_has_the_same_place(ceremony):
    """A name outside the alphabet cannot be stamped."""
    participant = factories.participant_of(ceremony)
    participant.name = "Łukasz Żółć"
    participant.save()
    signature = factories.sign(participant)
    made(countersign(ceremony))
    seal = pact_seals.examine(pacts.content_of(signature))
    assert (seal.faults, bool(seal.countersigned)) == ((), True)


def test_the_worker_makes_it_after_the_act(ceremony, signature, run_tasks):
    countersign(ceremony)
    run_tasks()
    assert pact_seals.examine(pacts.content_of(signature)).countersigned


def test_many_are_made_in_parts(ceremony, signature, monkeypatch, run_tasks):
    second = factories.sign(factories.participant_of(ceremony, 1))
    monkeypatch.setattr(making, "AT_A_TIME", 1)
    countersignature = countersign(ceremony)
    assert making.make_due(countersignature.pk)
    assert CountersignedPact.objects.not_made().get().signature == second
    run_tasks()
    assert not CountersignedPact.objects.not_made().exists()


def test_made_twice_there_is_one_file(signature, countersignature, pact, settings):
    assert not making.make_due(countersignature.pk)
    said = making.said_by(countersignature)
    making._make(pact.pk, signature, said, None)
    row = CountersignedPact.objects.get()
    assert row.sha256 == pact.sha256
    folder = f"pakta/{signature.digest[:2]}"
    assert len(default_storage.listdir(folder)[1]) == 2


def test_what_fails_is_noted_and_tried_again(ceremony, signature, countersignature, settings):
    key = settings.SEAL_PKCS12
    settings.SEAL_PKCS12 = "/tidak/ada.p12"
    making.make_due(countersignature.pk)
    row = CountersignedPact.objects.get()
    assert (row.attempts, row.is_made) == (1, False)
    assert row.reason
    assert queue.enqueue_due() == 0  # not yet
    settings.SEAL_PKCS12 = key
    CountersignedPact.objects.update(next_at=countersignature.signed_at)
    made(countersignature)
    row.refresh_from_db()
    assert (row.attempts, row.reason, row.is_made) == (0, "", True)


def test_a_task_that_was_lost_is_asked_for_again_and_only_once(countersignature):
    DBTaskResult.objects.all().delete()
    assert [queue.enqueue_due(), queue.enqueue_due()] == [1, 0]


def test_a_signature_that_was_changed_gets_no_second_seal(signature, countersignature):
    spoil(signature)
    making.make_due(countersignature.pk)
    row = CountersignedPact.objects.get()
    assert (row.is_made, row.reason) == (False, pacts.NOT_MADE)


def test_what_was_annulled_meanwhile_gets_none(signature, countersignature):
    annul(signature)
    assert not making.make_due(countersignature.pk)
    assert not CountersignedPact.objects.get().is_made


def test_a_pact_from_before_the_seals_keeps_its_only_revision(signature, countersignature):
    pact = pacts.issue(signature)
    Pact.objects.filter(pk=pact.pk).update(seal_level="", certificate=None, unsealed_sha256="")
    packed = factories.pack(countersignature.ceremony)
    assert not making.make_due(countersignature.pk)
    row = CountersignedPact.objects.get()
    assert (row.reason, row.next_at, row.attempts) == (making.UNSEALED, None, 1)
    packed.refresh_from_db()
    assert packed.state == "EXPIRED"
    assert pacts.content_of(signature) == pacts.first_content_of(signature)


def test_a_lost_file_is_made_again_and_the_lost_one_stays_known(signature, countersignature, pact):
    copy = pacts.content_of(signature)
    default_storage.delete(pact.file.name)
    assert pacts.content_of(signature) == pacts.first_content_of(signature)
    made(countersignature)
    pact.refresh_from_db()
    assert pact.earlier == [sha256_hex(copy)]
    assert pacts.content_of(signature) != copy
    assert Event.objects.get(act="pact.resealed").data["lost"] == sha256_hex(copy)
    found = uploaded_pacts.recognise(copy)
    assert (found.is_issued, found.is_countersigned) == (True, True)


def test_another_file_is_not_given(signature, pact):
    path = Path(default_storage.path(pact.file.name))
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(pacts.BrokenPact):
        pacts.content_of(signature)


def test_both_revisions_are_recognised(signature, pact):
    first = uploaded_pacts.recognise(pacts.first_content_of(signature))
    second = uploaded_pacts.recognise(pacts.content_of(signature))
    assert (first.is_issued, first.is_countersigned) == (True, False)
    assert (second.is_issued, second.is_countersigned) == (True, True)


def test_a_pack_for_printing_shows_it_and_the_archive_tells_how_many(ceremony, signature, pact):
    hr = factories.user_with_role(RoleName.HR, factories.government_of(ceremony.organizer))
    book = factories.pack(ceremony, hr, kind=PackKind.PRINT)
    page = PdfReader(book.content.open("rb")).pages[1]
    assert "Ditandatangani secara elektronik oleh Pengguna" in page.extract_text()
    archive = factories.pack(ceremony, hr)
    with zipfile.ZipFile(archive.content.open("rb")) as members:
        told = members.read("BACA-SAYA.txt").decode()
        [name] = [name for name in members.namelist() if name.endswith(".pdf") and "/" in name]
        assert members.read(name) == pacts.content_of(signature)
    assert "Dengan tanda tangan “Mengetahui”: 1 pakta\r\n" in told


# Everything recomputed --------------------------------------------------------------------------


def test_a_pact_that_is_countersigned_is_no_damage(pact):
    report = register_check.verify()
    assert [str(damage) for damage in report.damage] == []
    assert (report.countersignatures, report.countersigned) == (1, 1)


def test_a_changed_list_is_found(countersignature, pact):
    pact.delete()
    found = {(damage.kind, damage.fault[:40]) for damage in register_check.verify().damage}
    assert found == {("tanda tangan mengetahui", "Pakta yang tercatat diketahui bukan yang")}


def test_a_changed_record_is_found(countersignature):
    rewrite(countersignature, position="Bupati")
    faults = {damage.fault for damage in register_check.verify().damage}
    assert faults == {"Data “Mengetahui” tidak cocok dengan catatannya."}


def test_the_file_of_another_countersignature_is_found(signature, countersignature, pact):
    check = PactCheck()
    assert check.faults_of_countersigned(pact) == ()
    rewrite(countersignature, digest="0" * 64)
    pact.countersignature.refresh_from_db()
    assert check.faults_of_countersigned(pact) == (NOT_COUNTERSIGNED,)
    Pact.objects.update(sha256="0" * 64)
    fresh = CountersignedPact.objects.get()
    assert check.faults_of_countersigned(fresh) == (NOT_COUNTERSIGNED, OTHER_PACT)


def test_the_sweep_leaves_countersigned_files(pact, settings, caplog):
    pact_files._clear_away(f"pakta/{pact.signature.digest[:2]}", pact.made_at.replace(year=2099))
    assert default_storage.exists(pact.file.name)
    assert "named by no pact" not in caplog.text
