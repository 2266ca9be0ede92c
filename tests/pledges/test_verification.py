"""The public verification: genuine, altered or unknown, and nothing that is nobody's business."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from netralitas.lib.canonical import canonical, leaf_digest
from netralitas.lib.codes import grouped, new_receipt
from netralitas.lib.numbers import masked
from pledges.choices import SigningMethod
from pledges.models import PledgeText, Signature
from pledges.services import ceremonies, verification
from tests import factories as make
from tests.tampering import as_owner

from .pages import errors_of, fields_of
from .visitor import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def participant():
    return make.participant_of(make.open_ceremony())


@pytest.fixture
def signature(participant):
    with time_machine.travel(datetime(2023, 1, 11, 1, 30, 5, tzinfo=UTC), tick=False):
        return make.sign(participant)


def open_result(client, receipt):
    return client.get(reverse("verify-receipt", args=[receipt]))


def tamper(table, column, value):
    """Change one column of every row behind the back of every model."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])


# The form ---------------------------------------------------------------------------------------


def test_there_is_a_form_for_the_receipt_code(client):
    response = client.get(reverse("verify"))
    assert response.status_code == 200
    assert fields_of(response)["kode"] == ""


def test_a_code_may_be_typed_in_any_case_with_spaces_and_look_alikes(client, signature):
    typed = grouped(signature.receipt).lower().replace("0", "o").replace("1", "l")
    response = client.get(reverse("verify"), {"kode": f"  {typed} "})
    assert response.status_code == 302
    assert response["Location"] == f"/v/{signature.receipt}/"


@pytest.mark.parametrize(
    "beside", ["https://ikrar.example.go.id/v/{}/", "Kode bukti: {}", "kode bukti {}.", "/v/{}"]
)
def test_a_code_may_come_with_what_was_copied_around_it(client, signature, beside):
    typed = beside.format(grouped(signature.receipt))
    response = client.get(reverse("verify"), {"kode": typed})
    assert response["Location"] == f"/v/{signature.receipt}/"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Isi kode bukti yang tercetak pada pakta atau tanda terima."),
        ("123", "Kode bukti terdiri atas 26 huruf dan angka, tanpa huruf U. Periksa kembali."),
        ("é" * 26, "Kode bukti terdiri atas 26 huruf dan angka, tanpa huruf U. Periksa kembali."),
        ("0" * 201, "Kode bukti terlalu panjang."),
    ],
)
def test_what_cannot_be_a_code_is_refused_next_to_the_field(client, typed, sentence):
    response = client.get(reverse("verify"), {"kode": typed})
    assert response.status_code == 400
    assert errors_of(response) == {"kode": sentence}
    assert fields_of(response)["kode"] == typed


# Genuine ----------------------------------------------------------------------------------------


def test_a_genuine_signature_is_shown_with_what_is_needed_to_recognise_it(
    client, participant, signature
):
    response = open_result(client, signature.receipt)
    ceremony = participant.ceremony
    assert response.status_code == 200
    for fact in (
        "<h1>Asli</h1>",
        grouped(signature.receipt),
        participant.name,
        masked(participant.number),
        participant.opd_name,
        ceremony.title,
        ceremony.election.name,
        ceremony.organizer.name,
        "Rabu, 11 Januari 2023, 08.30.05 WIB",
        signature.digest,
        ceremony.text.digest,
        "versi 1",
        ceremony.text.heading,
        *ceremony.text.points,
    ):
        assert says(response, fact)


def test_nothing_else_about_the_employee_is_shown(client, participant, signature):
    response = open_result(client, signature.receipt)
    record = json.loads(signature.record)
    for secret in (
        participant.number,
        participant.position,
        participant.grade,
        str(participant.uuid),
        str(signature.key),
        record["salt"],
        "Goresan tanda tangan",
        "Tautan pribadi",
    ):
        assert not says(response, secret)


def test_a_late_signature_is_labelled(client, participant):
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    ceremonies.open_signing(actor=None, ceremony=participant.ceremony)
    receipt = make.sign(make.participant_of(participant.ceremony)).receipt
    assert says(open_result(client, receipt), "Penandatanganan susulan")


def test_a_typed_signature_and_a_cancelled_ceremony_stay_genuine(client, participant):
    method, name = SigningMethod.TYPED, participant.bare_name
    signature = make.sign(participant, method=method, typed_name=name)
    make.cancel(actor=None, ceremony=participant.ceremony)
    response = open_result(client, signature.receipt)
    assert response.status_code == 200
    assert says(response, "<h1>Asli</h1>")


def test_a_renamed_organizer_changes_nothing_about_what_was_signed(client, participant, signature):
    organizer = participant.ceremony.organizer
    type(organizer).objects.filter(pk=organizer.pk).update(name="Badan Lain")
    response = open_result(client, signature.receipt)
    assert response.status_code == 200
    assert says(response, organizer.name)
    assert not says(response, "Badan Lain")


@pytest.mark.parametrize("change", [str.lower, grouped, lambda code: code.replace("0", "O")])
def test_another_spelling_in_the_address_leads_to_the_canonical_one(client, signature, change):
    spelling = change(signature.receipt)
    if spelling == signature.receipt:
        spelling = spelling.lower()
    response = open_result(client, spelling)
    assert response.status_code == 302
    assert response["Location"] == f"/v/{signature.receipt}/"


def test_no_search_engine_lists_and_no_cache_keeps_a_result(client, signature):
    response = open_result(client, signature.receipt)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert says(response, '<meta name="robots" content="noindex, nofollow">')


# Unknown ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("receipt", ["0" * 26, "salah", "%00", "x" * 2000])
def test_an_unknown_code_is_answered_with_a_sentence_and_the_form(client, signature, receipt):
    response = client.get(f"/v/{receipt}/")
    assert response.status_code == 404
    assert says(response, "Tidak ada tanda tangan dengan kode bukti ini.")
    assert "kode" in fields_of(response)


# Altered ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "value", "fault"),
    [
        ("pledges_signature", "record", "{}", verification.ALTERED_RECORD),
        ("pledges_signature", "digest", "0" * 64, verification.ALTERED_RECORD),
        ("pledges_signature", "text_digest", "0" * 64, verification.ALTERED_COLUMNS),
        ("pledges_signature", "key", "0" * 32, verification.ALTERED_COLUMNS),
        ("pledges_signature", "late", True, verification.ALTERED_COLUMNS),
        ("pledges_signature", "channel", "SLIP", verification.ALTERED_COLUMNS),
        ("pledges_signature", "strokes", "[[[1, 2]]]", verification.ALTERED_COLUMNS),
        ("pledges_signature", "signed_at", "2020-01-01", verification.ALTERED_COLUMNS),
        ("pledges_participant", "name", "Orang Lain", verification.ALTERED_COLUMNS),
        ("pledges_participant", "number", "9" * 18, verification.ALTERED_COLUMNS),
        ("pledges_pledgetext", "sanction", "Tanpa sanksi.", verification.ALTERED_TEXT),
        ("pledges_pledgetext", "points", '["Apa saja."]', verification.ALTERED_TEXT),
    ],
)
def test_whatever_was_altered_is_never_shown_as_genuine(
    client, signature, table, column, value, fault
):
    tamper(table, column, value)
    response = open_result(client, signature.receipt)
    assert response.status_code == 409
    assert says(response, "<h1>Tidak cocok</h1>")
    assert says(response, fault)
    assert not says(response, "Asli")


def test_a_receipt_moved_to_another_signature_is_altered(client, signature):
    receipt = new_receipt()
    tamper("pledges_signature", "receipt", receipt)
    response = open_result(client, receipt)
    assert response.status_code == 409
    assert says(response, verification.ALTERED_COLUMNS)


def test_a_text_rewritten_with_its_digest_is_altered(client, signature):
    text = signature.participant.ceremony.text
    text.sanction = "Tanpa sanksi."
    PledgeText.objects.filter(pk=text.pk).update(
        sanction=text.sanction, digest=text.compute_digest()
    )
    assert says(open_result(client, signature.receipt), verification.ALTERED_TEXT)


@pytest.mark.parametrize("record", ["{}", "[]", "bukan JSON", '{"receipt": "x"}'])
def test_a_rewritten_record_that_is_no_record_is_altered(client, signature, record):
    tamper("pledges_signature", "record", record)
    tamper("pledges_signature", "digest", leaf_digest(record.encode()))
    response = open_result(client, signature.receipt)
    assert response.status_code == 409
    assert says(response, verification.UNREADABLE_RECORD)


def test_a_record_rewritten_with_its_digest_must_still_fit_its_row(client, signature):
    record = json.loads(signature.record)
    record["signer"]["name"] = "Orang Lain"
    rewritten = canonical(record)
    tamper("pledges_signature", "record", rewritten.decode())
    tamper("pledges_signature", "digest", leaf_digest(rewritten))
    assert says(open_result(client, signature.receipt), verification.ALTERED_COLUMNS)


def test_an_untouched_signature_has_no_faults(signature):
    found = verification.examine(Signature.objects.get())
    assert found.genuine
    assert found.record["receipt"] == signature.receipt
