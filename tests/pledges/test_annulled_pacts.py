"""An annulled pact: the public is told, the register holds it, and it counts nowhere."""

import io
import json
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from agencies.choices import RoleName
from netralitas import register_watch
from netralitas.lib.canonical import canonical, leaf_digest
from pledges import reports
from pledges.documents.minutes_context import minutes, minutes_context
from pledges.models import Annulment, Ceremony, Participant, RegisterEntry, Signature, Tally
from pledges.models.tally_triggers import keep_tallies
from pledges.services import annulment_records, pact_seals, pacts, register, register_check, signing
from tests import factories as make
from tests.annulling import EXPLANATION, annul, annulment_request
from tests.pledges.register_damage import damage, erase
from tests.tampering import as_owner, rewrite

from .visitor import says

pytestmark = pytest.mark.django_db
CAUSE = "Dibubuhkan oleh orang lain"


@pytest.fixture
def signature():
    pact_seals.begin()
    return make.sign(make.participant_of(make.open_ceremony()))


@pytest.fixture
def annulment(signature):
    return annul(signature)


def verified(client, signature):
    return client.get(reverse("verify-receipt", args=[signature.receipt]))


def upload(client, content):
    file = SimpleUploadedFile("pakta.pdf", content)
    return client.post(reverse("verify-upload"), {"pakta": file})


def place_of(signature):
    return Participant.objects.get(replaces=signature.participant_id)


# The public -------------------------------------------------------------------------------------


def test_the_verification_says_that_it_was_annulled_when_and_why(client, signature, annulment):
    response = verified(client, signature)
    assert response.status_code == 410
    assert says(response, "<h1>Dibatalkan</h1>")
    assert not says(response, "<h1>Asli</h1>")
    assert says(response, f"Alasan: {CAUSE}.")
    assert says(response, annulment.digest)
    assert says(response, signature.participant.name)


def test_neither_the_officers_nor_the_explanation_are_public(client, signature, annulment):
    for response in (verified(client, signature), receipt_of(client, signature)):
        officers = (annulment.requested_by, annulment.consented_by)
        for secret in (EXPLANATION, *(officer.username for officer in officers)):
            assert not says(response, secret)


def test_a_request_alone_changes_nothing_for_the_public(client, signature):
    annulment_request(signature)
    response = verified(client, signature)
    assert response.status_code == 200
    assert says(response, "<h1>Asli</h1>")
    assert not says(response, "batal")


def receipt_of(client, signature):
    code = signature.participant.ceremony.code
    return client.get(reverse("receipt", args=[code, signature.receipt]))


def test_the_receipt_says_it_too(client, signature, annulment):
    response = receipt_of(client, signature)
    assert says(response, "<h1>Dibatalkan</h1>")
    assert says(response, CAUSE)
    assert not says(response, "<h1>Diterima</h1>")
    assert not says(response, "Unduh pakta")


def test_the_file_of_an_annulled_pact_is_known_as_such(client, signature):
    content = pacts.issue(signature).file.read()
    assert upload(client, content).status_code == 200
    annul(signature)
    response = upload(client, content)
    assert response.status_code == 410
    assert says(response, "<h1>Dibatalkan</h1>")


def test_another_file_with_its_record_is_told_both(client, signature):
    content = pacts.issue(signature).file.read()
    annul(signature)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(target)
    response = upload(client, target.getvalue())
    assert response.status_code == 409
    assert says(response, "<h1>Catatan asli, berkas diubah</h1>")
    assert says(response, f"Alasan: {CAUSE}.")


def test_a_file_with_the_record_of_an_annulment_is_no_pact(client, signature, annulment):
    register.seal()
    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.attachments["catatan.json"] = annulment.record.encode()
    pdf.save(target)
    assert upload(client, target.getvalue()).status_code == 404


def test_what_was_sent_again_still_gets_its_receipt(signature):
    participant = signature.participant
    annul(signature)
    assert signing.find_earlier(participant, signature.key) == signature


@pytest.mark.parametrize(
    ("what", "values", "fault"),
    [
        ("annulment", {"record": "{}"}, annulment_records.ALTERED_RECORD),
        ("annulment", {"cause": "TRIAL"}, annulment_records.ALTERED_COLUMNS),
        ("annulment", {"explanation": "Lain"}, annulment_records.ALTERED_COLUMNS),
        ("participant", {"state": "SIGNED"}, annulment_records.STILL_COUNTED),
    ],
)
def test_an_altered_annulment_is_told_to_the_public(
    client, signature, annulment, what, values, fault
):
    if what == "annulment":
        rewrite(annulment, **values)
    else:
        Participant.objects.filter(replaces=signature.participant_id).delete()
        Participant.objects.filter(pk=signature.participant_id).update(**values)
    response = verified(client, signature)
    assert response.status_code == 409
    assert says(response, fault)


# The register -----------------------------------------------------------------------------------


@pytest.fixture
def logged(signature, annulment):
    """The annulment, in the register behind its signature."""
    register.seal()
    return annulment


def test_the_annulment_is_logged_behind_its_signature(signature, logged):
    entries = RegisterEntry.objects.order_by("index")
    assert [(each.signature, each.annulment) for each in entries] == [
        (signature, None),
        (None, logged),
    ]
    assert [each.digest for each in entries] == [signature.digest, logged.digest]
    assert register.standing_of(logged).holds
    assert register.seal() == 0
    assert damage() == set()


def test_small_batches_log_everything(monkeypatch):
    monkeypatch.setattr(register, "BATCH", 2)
    ceremony = make.open_ceremony(employees=3)
    for participant in list(ceremony.participants.all()):
        annul(make.sign(participant))
    assert register.seal() == 2
    register_watch.seal_left_behind()
    kinds = RegisterEntry.objects.order_by("index").values_list("annulment__pk", flat=True)
    assert [bool(key) for key in kinds] == [False] * 3 + [True] * 3
    assert damage() == set()


def test_an_edited_record_of_an_annulment_is_found(signature, logged):
    rewrite(logged, record=logged.record.replace("WRONG_PERSON", "TRIAL"))
    assert damage() == {("pembatalan", signature.receipt, annulment_records.ALTERED_RECORD)}


def test_an_edited_record_with_digest_and_columns_to_fit_is_found_in_the_log(logged):
    record = {**json.loads(logged.record), "cause": "TRIAL"}
    content = canonical(record)
    rewrite(logged, cause="TRIAL", record=content.decode(), digest=leaf_digest(content))
    assert damage() == {("isi register", "2", "Sidik pembatalannya sudah lain.")}


def test_another_second_officer_in_the_columns_is_found(signature, logged):
    rewrite(logged, consented_by=make.UserFactory())
    assert damage() == {("pembatalan", signature.receipt, annulment_records.ALTERED_COLUMNS)}


def test_a_record_that_lacks_something_is_found(signature, logged):
    content = canonical({"salt": "x"})
    rewrite(logged, record=content.decode(), digest=leaf_digest(content))
    found = damage()
    assert ("pembatalan", signature.receipt, annulment_records.UNREADABLE_RECORD) in found


def test_a_deleted_annulment_is_found(signature, logged):
    with as_owner():
        erase(RegisterEntry.objects.filter(annulment=logged))
        erase(Annulment.objects.filter(pk=logged.pk))
    found = damage()
    assert ("isi register", "2", "Hilang dari register.") in found
    assert ("tanda tangan", signature.receipt, annulment_records.MISSING) in found


def test_a_deleted_annulment_that_was_not_logged_yet_is_found(client, signature, annulment):
    with as_owner():
        erase(Annulment.objects.filter(pk=annulment.pk))
    assert damage() == {("tanda tangan", signature.receipt, annulment_records.MISSING)}
    assert verified(client, signature).status_code == 409


# What each database stores, and Python has no value for.
UNREADABLE = {"sqlite": "'2026-13-01 00:00:00'", "postgresql": "'0044-03-15 12:00+00 BC'"}


def test_what_cannot_be_read_keeps_nothing_else_from_being_looked_at(logged):
    other = annul(make.sign(make.participant_of(make.open_ceremony())))
    rewrite(other, cause="TRIAL")
    with as_owner(), connection.cursor() as cursor:
        change = f"annulled_at = {UNREADABLE[connection.vendor]}"
        cursor.execute(f"UPDATE pledges_annulment SET {change} WHERE id = %s", [logged.pk])
    assert damage() == {
        ("pembatalan", logged.signature.receipt, register_check.UNREADABLE_ROW),
        ("pembatalan", other.signature.receipt, annulment_records.ALTERED_COLUMNS),
    }


def test_an_annulled_one_who_counts_again_is_found(signature, logged):
    place_of(signature).delete()
    Participant.objects.filter(pk=signature.participant_id).update(state="SIGNED")
    assert damage() == {("pembatalan", signature.receipt, annulment_records.STILL_COUNTED)}


# It counts nowhere ------------------------------------------------------------------------------


@pytest.fixture
def ceremony():
    """Three signed, one of whom was annulled and is to sign again."""
    found = make.open_ceremony(employees=3)
    for participant in list(found.participants.order_by("pk")):
        make.sign(participant)
    annul(Signature.objects.order_by("pk").first())
    return found


def test_every_count_leaves_the_annulled_out(ceremony):
    figures = {
        reports.progress_of(ceremony.participants),
        reports.recap_of(ceremony.participants).total,
        reports.standing_of(ceremony).total,
        reports.progress_by_ceremony(ceremony.participants)[ceremony.pk],
        reports.counted("", ceremony.participants.values_list("state", flat=True)),
    }
    assert {(each.invited, each.signed, each.pending) for each in figures} == {(3, 2, 1)}
    [opd] = reports.progress_by_opd(ceremony.participants)
    assert (opd.invited, opd.signed, opd.pending) == (3, 2, 1)
    found = Ceremony.objects.with_counts().get(pk=ceremony.pk)
    assert (found.invited, found.signed) == (3, 2)
    assert ceremony.participants.invited().count() == 3
    assert len(reports.latest_signers(ceremony, 10)) == 2


@pytest.mark.django_db(transaction=True)
def test_the_databases_own_counts_follow_every_change_of_it(ceremony):
    def counts():
        return list(Tally.objects.values_list("invited", "signed", "excused", "refused"))

    assert counts() == [(3, 2, 0, 0)]
    keep_tallies(using="default")
    assert counts() == [(3, 2, 0, 0)]
    annulled = ceremony.participants.annulled()
    ceremony.participants.filter(replaces__isnull=False).delete()
    assert counts() == [(2, 2, 0, 0)]
    annulled.update(state="PENDING")
    assert counts() == [(3, 2, 0, 0)]
    ceremony.participants.unsigned().update(state="ANNULLED", reason="Uji coba")
    assert counts() == [(2, 2, 0, 0)]
    ceremony.participants.annulled().update(opd=make.OpdFactory())
    assert sorted(counts()) == [(0, 0, 0, 0), (2, 2, 0, 0)]


def test_a_pack_holds_the_pacts_that_count(ceremony):
    pact_seals.begin()
    archive = ZipFile(io.BytesIO(make.pack(ceremony).content.read()))
    assert sum(name.startswith("Pakta/") for name in archive.namelist()) == 2


def test_the_downloads_count_the_pacts_that_count(client, ceremony):
    pact_seals.begin()
    for signature in Signature.objects.all():
        pacts.issue(signature)
    client.force_login(make.user_with_role(RoleName.HEAD, ceremony.organizer))
    response = client.get(reverse("download-list", args=[ceremony.uuid]))
    assert response.context["ready"] == response.context["progress"].signed == 2


def test_the_minutes_name_how_many_were_annulled(ceremony):
    now = timezone.now()
    content = minutes(ceremony, ceremony.participants.invited(), now)
    pages = PdfReader(io.BytesIO(content)).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Dari 3 (tiga) peserta, 2 (dua) orang" in words
    assert "1 (satu) tanda tangan dibatalkan oleh dua petugas dan tidak dihitung di atas." in words


def test_the_recap_names_how_many_were_annulled(client, ceremony):
    client.force_login(make.user_with_role(RoleName.HR, make.government_of(ceremony.organizer)))
    words = "1 tanda tangan dibatalkan dan tidak dihitung sebagai sudah."
    for name in ("recap", "recap-pdf", "recap-export"):
        assert words in read(client.get(reverse(name, args=[ceremony.uuid])))
    other = make.open_ceremony(ceremony.organizer)
    for name in ("recap", "recap-pdf", "recap-export"):
        assert "dibatalkan" not in read(client.get(reverse(name, args=[other.uuid])))


def read(response):
    """The words of a page, a PDF or a workbook."""
    content = response.getvalue()
    if content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    if content.startswith(b"PK"):
        sheets = load_workbook(io.BytesIO(content))
        return " ".join(str(cell.value) for sheet in sheets for row in sheet for cell in row)
    return content.decode()


def test_minutes_without_annulments_say_nothing_of_them():
    ceremony = make.open_ceremony()
    context = minutes_context(ceremony, ceremony.participants.invited(), timezone.now())
    assert context.annulled == ""
