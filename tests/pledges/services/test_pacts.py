"""One pact for each signature, whoever asks for it and however often."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connections, transaction

from agencies.models import Event
from agencies.services import events
from netralitas.lib.seal_keys import SealError
from pledges.documents.pact import render_pact
from pledges.documents.pact_context import pact_context
from pledges.models import Pact, PactFailure, Signature
from pledges.services import pact_seals, pacts
from tests import factories, seal_pki
from tests.tampering import rewrite, spoil

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature():
    return factories.sign(factories.participant_of(factories.open_ceremony()))


def stored_files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_pact_is_a_pdf_stored_under_the_digest_of_its_signature(signature, settings):
    pact = pacts.issue(signature)
    content = pact.file.read()
    assert content.startswith(b"%PDF-")
    assert pact.sha256 == sha256(content).hexdigest()
    name = f"pakta/{signature.digest[:2]}/{signature.digest}.pdf"
    assert (pact.file.name, pacts.file_name(signature)) == (name, name)
    assert stored_files(settings) == [Path(settings.MEDIA_ROOT) / name]


def test_issuing_twice_leaves_one_row_and_one_file(signature, settings):
    first, second = pacts.issue(signature), pacts.issue(signature)
    assert first == second
    assert Pact.objects.count() == len(stored_files(settings)) == 1


def test_the_worker_makes_the_pact_after_signing(signature, run_tasks):
    assert Pact.objects.count() == 0
    run_tasks()
    assert Pact.objects.get().signature == signature


def test_the_worker_leaves_a_pact_alone_that_was_asked_for_earlier(signature, run_tasks, settings):
    pact = pacts.issue(signature)
    run_tasks()
    assert Pact.objects.get() == pact
    assert len(stored_files(settings)) == 1


def test_a_file_without_a_row_is_no_pact_and_is_not_overwritten(signature, settings):
    orphan = Path(settings.MEDIA_ROOT) / pacts.file_name(signature)
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"%PDF-half")
    pact = pacts.issue(signature)
    assert pact.sha256 == sha256(pact.file.read()).hexdigest()
    assert orphan.read_bytes() == b"%PDF-half"
    assert pact.file.name != pacts.file_name(signature)


def test_a_store_that_fails_leaves_no_row(signature, settings):
    Path(settings.MEDIA_ROOT).write_text("a file where the folder should be")
    with pytest.raises(NotADirectoryError):
        pacts.issue(signature)
    assert Pact.objects.count() == 0


def test_its_content_is_given_whether_it_was_made_or_not(signature):
    content = pacts.content_of(signature)
    assert Pact.objects.get().sha256 == sha256(content).hexdigest()
    assert pacts.content_of(signature) == content


def test_a_pact_is_sealed_by_the_organisation_and_says_how(signature):
    pact = pacts.issue(signature)
    content = pact.file.read()
    seal = pact_seals.examine(content)
    assert (seal.faults, seal.level) == ((), "B-B")
    assert (pact.seal_level, pact.certificate.fingerprint) == ("B-B", seal.fingerprint)
    assert pact.certificate.subject == "Pemerintah Kota Dumai"
    unsealed = render_pact(pact_context(signature), record=signature.record.encode())
    assert content.startswith(unsealed)
    assert pact.unsealed_sha256 == sha256(unsealed).hexdigest()
    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.Root.Perms.DocMDP.Location) == signature.participant.ceremony.place


def test_the_database_knows_no_half_sealed_pact(signature):
    pact = pacts.issue(signature)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pact.objects.filter(pk=pact.pk).update(seal_level="")


def test_a_lost_file_is_sealed_anew_and_the_lost_one_stays_known(signature, settings):
    lost = pacts.content_of(signature)
    stored_files(settings)[0].unlink()
    content = pacts.content_of(signature)
    pact = Pact.objects.get()
    digests = {"lost": sha256(lost).hexdigest(), "sha256": sha256(content).hexdigest()}
    assert [path.read_bytes() for path in stored_files(settings)] == [content]
    assert (pact.sha256, pact.earlier) == (digests["sha256"], [digests["lost"]])
    assert pact_seals.examine(content).holds
    event = Event.objects.get(act="pact.resealed")
    assert (event.data, event.employee) == (digests, signature.participant.employee)
    assert pacts.content_of(signature) == content


@pytest.mark.django_db(transaction=True)
def test_two_who_find_a_file_lost_seal_it_anew_once(settings):
    signature = factories.sign(factories.participant_of(factories.open_ceremony()))
    pacts.issue(signature)
    lost = stored_files(settings)[0]
    lost.unlink()

    def read(_):
        try:
            return pacts.content_of(Signature.objects.for_pact().get())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        given = set(pool.map(read, range(2)))
    (path,) = stored_files(settings)
    assert path.name != lost.name
    assert given == {path.read_bytes()}
    assert Event.objects.filter(act="pact.resealed").count() == 1


def test_a_pact_from_before_there_were_seals_stays_unsealed(signature, settings):
    unsealed = render_pact(pact_context(signature), record=signature.record.encode())
    name = default_storage.save(pacts.file_name(signature), ContentFile(unsealed))
    Pact.objects.create(signature=signature, file=name, sha256=sha256(unsealed).hexdigest())
    assert pacts.content_of(signature) == unsealed
    stored_files(settings)[0].unlink()
    assert pacts.content_of(signature) == unsealed
    assert [path.read_bytes() for path in stored_files(settings)] == [unsealed]
    pact = Pact.objects.get()
    assert (pact.is_sealed, pact.certificate, pact.earlier) == (False, None, [])
    assert not pact_seals.examine(unsealed).is_sealed


@pytest.mark.parametrize("lost", [False, True])
def test_a_machine_without_the_key_says_that_the_pact_is_being_made(signature, settings, lost):
    if lost:
        pacts.issue(signature)
        stored_files(settings)[0].unlink()
    settings.SEAL_PKCS12 = "none"
    with pytest.raises(pacts.NotReady) as raised:
        pacts.content_of(signature)
    assert (raised.value.message, stored_files(settings)) == (pacts.NOT_READY, [])
    assert PactFailure.objects.count() == 0


def test_nothing_is_printed_that_cannot_be_sealed(signature, settings, tmp_path):
    ended = seal_pki.own_pkcs12(begins=-90 * seal_pki.DAY, ends=-seal_pki.DAY)
    seal_pki.use(settings, tmp_path, ended)
    with pytest.raises(SealError, match="^Sertifikat segel kedaluwarsa sejak "):
        pacts.issue(signature)
    assert (Pact.objects.count(), stored_files(settings)) == (0, [])


def test_a_lost_file_that_would_become_another_is_refused_and_not_stored(signature, settings):
    sum_of_first = pacts.issue(signature).sha256
    stored_files(settings)[0].unlink()
    opd = signature.participant.opd
    opd.address = "Jalan Pindah Nomor 9"
    opd.save()
    fresh = Signature.objects.get()
    with pytest.raises(pacts.BrokenPact, match="hilang dan tidak dapat dibuat kembali"):
        pacts.content_of(fresh)
    assert (Pact.objects.get().sha256, stored_files(settings)) == (sum_of_first, [])


def test_a_lost_file_is_not_sealed_anew_at_a_lower_level(signature, settings):
    rewrite(pacts.issue(signature), seal_level="B-T")
    stored_files(settings)[0].unlink()
    with pytest.raises(pacts.BrokenPact, match="tingkat segel kini diatur lebih rendah"):
        pacts.content_of(Signature.objects.get())
    assert (Pact.objects.get().seal_level, stored_files(settings)) == ("B-T", [])


def test_a_forged_file_is_never_given(signature, settings):
    pacts.issue(signature)
    stored_files(settings)[0].write_bytes(b"%PDF-palsu")
    with pytest.raises(pacts.BrokenPact, match="^Berkas pakta tidak cocok dengan catatan"):
        pacts.content_of(signature)
    assert stored_files(settings)[0].read_bytes() == b"%PDF-palsu"


def test_one_signature_that_cannot_be_printed_does_not_keep_the_others_waiting():
    ceremony = factories.open_ceremony(employees=3)
    signatures = [factories.sign(participant) for participant in ceremony.participants.all()]
    spoil(signatures[0])
    made = list(pacts.issue_due(Signature.objects.all()))
    assert made == [(signatures[0], pacts.NOT_MADE), (signatures[1], ""), (signatures[2], "")]
    assert Pact.objects.count() == 2


def test_a_store_that_is_full_is_told_as_the_reason(signature, settings):
    Path(settings.MEDIA_ROOT).write_text("a file where the folder should be")
    assert pacts.make_or_note(signature).startswith("Berkas pakta tidak dapat disimpan")


def test_only_what_is_due_is_made_oldest_first():
    ceremony = factories.open_ceremony(employees=4)
    signatures = [factories.sign(participant) for participant in ceremony.participants.all()]
    pacts.issue(signatures[1])
    made = [signature for signature, _ in pacts.issue_due(Signature.objects.all())]
    assert made == [signatures[0], signatures[2], signatures[3]]
    assert list(pacts.issue_due(Signature.objects.all())) == []


def test_batches_keep_the_order_asked_for(monkeypatch):
    monkeypatch.setattr(pacts, "BATCH", 2)
    ceremony = factories.open_ceremony(employees=5)
    signatures = [factories.sign(participant) for participant in ceremony.participants.all()]
    found = pacts.one_by_one(Signature.objects.order_by("-id"))
    assert list(found) == signatures[::-1]


@pytest.mark.django_db(transaction=True)
def test_two_makers_at_once_leave_one_row_and_one_file(settings):
    signature = factories.sign(factories.participant_of(factories.open_ceremony()))

    def issue(_):
        try:
            return pacts.issue(Signature.objects.get(pk=signature.pk)).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        made = set(pool.map(issue, range(2)))
    pact = Pact.objects.get()
    assert made == {pact.pk}
    files = stored_files(settings)
    assert [sha256(path.read_bytes()).hexdigest() for path in files] == [pact.sha256]
    assert Path(pact.file.path) == files[0]


@pytest.mark.django_db(transaction=True)
def test_making_many_goes_on_while_others_write(monkeypatch):
    monkeypatch.setattr(pacts, "BATCH", 1)
    ceremony = factories.open_ceremony(employees=3)
    for participant in ceremony.participants.all():
        factories.sign(participant)

    def write_elsewhere(_):
        try:
            events.record(actor=None, act="signature.given", obj=ceremony)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        for _ in pacts.issue_due(Signature.objects.all()):
            list(pool.map(write_elsewhere, range(1)))
    assert Pact.objects.count() == 3
    assert Event.objects.of(ceremony).first().act == "signature.given"
