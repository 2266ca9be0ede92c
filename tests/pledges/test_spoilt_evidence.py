"""Rows that somebody has spoilt: they are named, and keep nothing else from working."""

import io
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DataError, OperationalError, connection
from django.urls import reverse
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import TextStampStyle

from netralitas.lib import merkle, seal_cms, seal_keys
from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex
from netralitas.lib.coroutines import result_of
from pledges.choices import CeremonyKind, ParticipantState
from pledges.models import (
    Ceremony,
    Election,
    Pact,
    Participant,
    RegisterEntry,
    RegisterNode,
    Signature,
    TreeHead,
)
from pledges.services import (
    invitations,
    pact_check,
    pacts,
    register,
    register_check,
    signing,
    verification,
)
from pledges.views.uploaded_pacts import LOST
from tests import factories as make
from tests.pledges.register_damage import damage, erase, sign, sign_and_log, verify
from tests.pledges.visitor import says
from tests.tampering import as_owner, rewrite

pytestmark = pytest.mark.django_db
NO_HASH = "z" * 64


@pytest.fixture
def logged(monkeypatch):
    return sign_and_log(monkeypatch)


def page_of(client, signature):
    return client.get(reverse("verify-receipt", args=[signature.receipt]))


# The register -----------------------------------------------------------------------------------


def test_a_digest_that_is_none_keeps_nothing_else_from_being_logged():
    spoilt, sound = sign(2)
    rewrite(spoilt, digest=NO_HASH)
    assert register.seal() == 1
    assert register.standing_of(sound).holds
    assert register.seal() == 0
    assert damage() == {("tanda tangan", spoilt.receipt, verification.ALTERED_RECORD)}


def test_an_entry_that_is_no_hash_is_named_like_any_other(logged):
    rewrite(RegisterEntry.objects.get(index=1), digest=NO_HASH)
    found = damage()
    assert ("isi register", "2", "Sidik tanda tangannya sudah lain.") in found
    assert ("kepala", "5", "Akarnya tidak cocok dengan isi register.") in found


def test_a_node_that_is_no_hash_is_told_to_those_whose_proof_it_is(client, logged):
    rewrite(RegisterNode.objects.get(level=1, index=0), digest=NO_HASH)
    assert page_of(client, logged[0]).status_code == 200
    response = page_of(client, logged[2])
    assert response.status_code == 409
    assert says(response, verification.ALTERED_REGISTER)


def test_a_log_that_was_emptied_is_told_by_what_is_in_no_log(logged):
    with as_owner():
        for model in (RegisterEntry, RegisterNode, TreeHead):
            erase(model.objects.all())
    told = verify()[1]
    assert (told["signatures"], told["unlogged"], told["tree_size"]) == (5, 5, 0)
    out = io.StringIO()
    call_command("verify_register", stdout=out, stderr=io.StringIO())
    assert "5 catatan belum masuk register\n" in out.getvalue()


def test_what_is_no_hash_proves_nothing():
    assert not merkle.proves_inclusion(NO_HASH, 0, 2, ["0" * 64], "0" * 64)
    assert not merkle.proves_inclusion("0" * 64, 0, 2, [NO_HASH], "0" * 64)
    assert not merkle.proves_consistency(1, 2, [NO_HASH], "0" * 64, "0" * 64)


# Records and participants -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "column", ["number_kind", "kind", "grade", "position", "agency_name", "opd_name"]
)
def test_whatever_a_paper_prints_of_a_signer_is_compared_with_the_record(logged, column):
    Participant.objects.filter(pk=logged[0].participant_id).update(**{column: "NIPPPK"})
    assert damage() == {("tanda tangan", logged[0].receipt, verification.ALTERED_COLUMNS)}


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Ceremony, {"title": "Apel Lain"}),
        (Ceremony, {"kind": CeremonyKind.SUSULAN}),
        (Ceremony, {"place": "Pekanbaru"}),
        (Ceremony, {"starts_at": datetime(2020, 1, 1, tzinfo=UTC)}),
        (Election, {"name": "Pilkades"}),
    ],
)
def test_a_ceremony_that_says_other_than_the_record_is_found_and_nothing_sealed(
    client, logged, model, values
):
    model.objects.update(**values)
    faults = {("tanda tangan", one.receipt, verification.ALTERED_COLUMNS) for one in logged}
    assert damage() == faults
    assert says(page_of(client, logged[0]), verification.ALTERED_COLUMNS)
    with pytest.raises(pacts.NotReady):
        pacts.issue(Signature.objects.for_pact().get(pk=logged[0].pk))


@pytest.mark.parametrize("state", [ParticipantState.REFUSED, ParticipantState.PENDING])
def test_somebody_who_signed_and_is_not_counted_so_is_found(logged, state):
    person = Participant.objects.filter(pk=logged[0].participant_id)
    person.update(state=state, reason="Sakit")
    assert damage() == {("tanda tangan", logged[0].receipt, register_check.UNCOUNTED)}


def test_a_record_of_another_shape_is_told_as_incomplete(client, logged):
    record = json.loads(logged[1].record)
    content = canonical(record | {"identified_by": {"channel": "LINK", "assisted_by": "x"}})
    rewrite(logged[1], record=content.decode(), digest=leaf_digest(content))
    assert ("tanda tangan", logged[1].receipt, verification.UNREADABLE_RECORD) in damage()
    assert page_of(client, logged[1]).status_code == 409


NO_TEXT = {"sqlite": "CAST(X'ff41' AS TEXT)", "postgresql": r"convert_from('\xff41', 'UTF8')"}


def put_no_text(signature):
    with as_owner(), connection.cursor() as cursor:
        value = NO_TEXT[connection.vendor]
        change = f"UPDATE pledges_signature SET record = {value} WHERE id = %s"  # noqa: S608
        cursor.execute(change, [signature.pk])


def test_text_that_is_none_keeps_nothing_else_from_being_looked_at(logged):
    """PostgreSQL stores no such text at all."""
    if connection.vendor == "postgresql":
        with pytest.raises(DataError):
            put_no_text(logged[1])
        return
    put_no_text(logged[1])
    rewrite(logged[3], late=True)
    assert damage() == {
        ("tanda tangan", logged[1].receipt, register_check.UNREADABLE_ROW),
        ("tanda tangan", logged[3].receipt, verification.ALTERED_COLUMNS),
    }


# Pacts ------------------------------------------------------------------------------------------


def test_seals_taken_off_all_pacts_are_found(logged):
    signature, head = logged[4], TreeHead.objects.earliest("size")
    rewrite(head, made_at=signature.signed_at - timedelta(hours=1))
    pact = pacts.issue(signature)
    unsealed = pacts._render(signature)
    default_storage.delete(pact.file.name)
    default_storage.save(pact.file.name, ContentFile(unsealed))
    Pact.objects.filter(pk=pact.pk).update(
        sha256=sha256_hex(unsealed), unsealed_sha256="", seal_level="", certificate=None
    )
    assert ("pakta", signature.receipt, pact_check.UNSEALED) in damage()
    assert verify()[1]["unsealed"] == 1


def test_a_stamp_that_somebody_signed_over_a_stored_pact_is_found(logged):
    pact = pacts.issue(logged[0])
    with pact.file.open("rb") as file:
        writer = IncrementalPdfFileWriter(BytesIO(file.read()))
    field = SigFieldSpec("Kepala", box=(0, 0, 600, 850))
    metadata = PdfSignatureMetadata(field_name="Kepala", subfilter=SigSeedSubFilter.PADES)
    stamp = TextStampStyle(stamp_text="Lain", background_opacity=1)
    signer = seal_cms.held(seal_keys.current_key())
    drawn = PdfSigner(metadata, signer, stamp_style=stamp, new_field_spec=field)
    made = result_of(drawn.async_sign_pdf(writer))
    default_storage.delete(pact.file.name)
    default_storage.save(pact.file.name, ContentFile(made.getvalue()))
    Pact.objects.filter(pk=pact.pk).update(sha256=sha256_hex(made.getvalue()))
    assert ("pakta", logged[0].receipt, pact_check.SIGNED_LATER) in damage()


def test_nothing_is_sealed_that_says_other_than_its_record(logged):
    person = Participant.objects.filter(pk=logged[0].participant_id)
    for column in ("name", "opd_name", "position"):
        before = getattr(person.get(), column)
        person.update(**{column: "Lain"})
        signature = Signature.objects.for_pact().get(pk=logged[0].pk)
        with pytest.raises(pacts.NotReady, match=pacts.NOT_MADE):
            pacts.issue(signature)
        person.update(**{column: before})
    assert not Pact.objects.exists()
    assert pacts.issue(Signature.objects.for_pact().get(pk=logged[0].pk))


def refusing(execute, sql, params, many, context):
    if sql.startswith('INSERT INTO "pledges_pact" '):
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


def test_a_file_whose_row_cannot_be_written_does_not_stay(logged):
    with pytest.raises(OperationalError), connection.execute_wrapper(refusing):
        pacts.issue(logged[0])
    folder = f"pakta/{logged[0].digest[:2]}"
    assert not default_storage.exists(folder) or default_storage.listdir(folder)[1] == []
    assert pacts.issue(logged[0]).file.name == pacts.file_name(logged[0])


def test_whoever_brings_the_pact_of_a_signature_that_was_deleted_is_told_so(client, logged):
    with pacts.issue(logged[1]).file.open("rb") as file:
        content = file.read()
    with as_owner():
        with connection.constraint_checks_disabled():
            Pact.objects.all().delete()
            erase(Signature.objects.filter(pk=logged[1].pk))
        given = {"pakta": SimpleUploadedFile("pakta.pdf", content)}
        response = client.post(reverse("verify-upload"), given)
        assert response.status_code == 409
        assert says(response, LOST["heading"])
        erase(RegisterEntry.objects.filter(signature=logged[1].pk))


@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [("none", pacts.NOT_READY), ("/tidak/ada/segel.p12", pacts.NOT_READY), ("/", "kunci segel")],
)
def test_a_signer_whose_pact_cannot_be_made_now_is_told_why(
    client, settings, certificate, sentence
):
    participant = make.open_ceremony().participants.get()
    token = make.link_of(participant)
    invitation = invitations.find_by_token(token)
    signing.sign(invitation=invitation, submission=make.submission_for(participant))
    settings.SEAL_PKCS12 = certificate
    response = client.get(reverse("personal-pact", args=[token]))
    assert response.status_code == 409
    assert says(response, sentence)
