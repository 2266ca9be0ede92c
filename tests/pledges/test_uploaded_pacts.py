"""A pact checked by its file: the one we issued, a genuine record in another, or not known."""

import io
import json
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from netralitas.lib.canonical import canonical, leaf_digest
from netralitas.lib.codes import grouped, new_receipt
from netralitas.lib.numbers import masked
from netralitas.lib.uploads import MEGABYTE
from pledges.models import Pact, Signature
from pledges.services import pact_seals, pacts, register, verification
from pledges.views.uploaded_pacts import LOCKED, MOST_BYTES, SEVERAL, UNKNOWN
from tests import factories as make
from tests.tampering import rewrite

from .pages import errors_of, fields_of
from .visitor import says

pytestmark = pytest.mark.django_db

GENUINE = "<h1>Berkas asli dan utuh</h1>"
ALTERED = "<h1>Catatan asli, berkas diubah</h1>"


@pytest.fixture
def signature():
    pact_seals.begin()
    return make.sign(make.participant_of(make.open_ceremony()))


@pytest.fixture
def issued(signature):
    """The bytes of a sealed pact, as its signer downloads it."""
    return pacts.issue(signature).file.read()


def upload(client, content, name="pakta.pdf"):
    return client.post(reverse("verify-upload"), {"pakta": SimpleUploadedFile(name, content)})


def saved(pdf, **how):
    target = io.BytesIO()
    pdf.save(target, **how)
    return target.getvalue()


def resaved(content, **how):
    """What another program makes of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return saved(pdf, **how)


def with_record(content, record):
    """The same PDF with another record attached."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.attachments["catatan.json"]
        pdf.attachments["catatan.json"] = pikepdf.AttachedFileSpec(pdf, record)
        return saved(pdf)


def answer_to(response, status, sentence):
    """The page says just this one verdict."""
    assert response.status_code == status
    assert says(response, sentence)
    for other in (GENUINE, ALTERED, "<h1>Asli</h1>", "<h1>Tidak cocok</h1>"):
        assert says(response, other) is (other == sentence)


# The form ---------------------------------------------------------------------------------------


def test_the_page_for_codes_has_a_form_for_the_file_that_needs_no_script(client):
    response = client.get(reverse("verify"))
    form = '<form method="post" action="/v/berkas/" enctype="multipart/form-data"'
    assert response.status_code == 200
    assert says(response, form)
    assert "pakta" in fields_of(response)


def test_its_address_alone_leads_to_the_form(client):
    response = client.get(reverse("verify-upload"))
    assert (response.status_code, response["Location"]) == (302, "/v/")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas ini kosong."),
        (b"\xff\xd8\xff\xe0 JFIF", "Berkas ini bukan PDF."),
        (b"PK\x03\x04", "Berkas ini bukan PDF."),
    ],
)
def test_what_is_no_pdf_is_refused_next_to_the_field(client, content, sentence):
    response = upload(client, content)
    assert response.status_code == 400
    assert errors_of(response)["pakta"].startswith(sentence)


def test_without_a_file_the_page_asks_for_one(client):
    response = client.post(reverse("verify-upload"), {"pakta": "teks"})
    assert response.status_code == 400
    assert errors_of(response) == {"pakta": "Pilih berkas PDF pakta yang akan diperiksa."}


# Issued just so ---------------------------------------------------------------------------------


def test_the_issued_file_is_genuine_and_whole(client, signature, issued):
    response = upload(client, issued)
    answer_to(response, 200, GENUINE)
    participant = signature.participant
    for fact in (grouped(signature.receipt), participant.name, masked(participant.number)):
        assert says(response, fact)


def test_no_more_is_shown_than_to_somebody_with_the_code(client, signature, issued):
    record = json.loads(signature.record)
    for content in (issued, resaved(issued)):
        response = upload(client, content)
        for secret in (record["signer"]["number"], record["salt"], str(signature.key)):
            assert not says(response, secret)


def test_a_copy_of_a_file_that_was_lost_and_made_again_is_as_genuine(client, signature, issued):
    Pact.objects.update(earlier=[Pact.objects.get().sha256], sha256="0" * 64)
    answer_to(upload(client, issued), 200, GENUINE)


def test_no_search_engine_lists_and_no_cache_keeps_the_answer(client, issued):
    response = upload(client, issued)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


# A genuine record in another file ---------------------------------------------------------------


@pytest.mark.parametrize(
    "how", [{}, {"linearize": True}, {"compress_streams": False}, {"recompress_flate": True}]
)
def test_a_file_that_was_saved_again_is_altered_and_its_record_genuine(
    client, signature, issued, how
):
    response = upload(client, resaved(issued, **how))
    answer_to(response, 409, ALTERED)
    assert says(response, signature.participant.name)
    assert says(response, "Yang berlaku hanya isi di bawah ini.")


def test_one_byte_more_or_another_byte_is_altered(client, issued):
    seal = issued.rindex(b"/Contents")
    for content in (
        issued + b"\n",
        issued.replace(b"%PDF-1.7", b"%PDF-1.6", 1),
        issued[: seal + 20] + b"0" + issued[seal + 21 :],
        issued[:-1],
    ):
        assert content != issued
        answer_to(upload(client, content), 409, ALTERED)


def test_what_was_never_sealed_is_not_what_was_issued(client, signature, issued):
    answer_to(upload(client, pacts._render(signature)), 409, ALTERED)


def test_a_genuine_record_in_a_page_of_ones_own_is_altered(client, signature, issued):
    own = pikepdf.new()
    own.add_blank_page()
    answer_to(upload(client, with_record(saved(own), b"{}")), 404, UNKNOWN["message"])
    record = signature.record.encode()
    own.attachments["apa saja.txt"] = pikepdf.AttachedFileSpec(own, record)
    answer_to(upload(client, saved(own)), 409, ALTERED)


def test_a_record_whose_pact_was_not_made_yet_is_in_no_issued_file(client, signature):
    answer_to(upload(client, pacts._render(signature)), 409, ALTERED)
    assert not Pact.objects.exists()


# Unknown ----------------------------------------------------------------------------------------


def test_a_file_of_somebody_else_is_unknown(client, signature):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    response = upload(client, saved(pdf))
    answer_to(response, 404, UNKNOWN["message"])
    assert fields_of(response)["kode"] == ""


def test_an_edited_record_is_unknown_even_with_a_known_code(client, signature, issued):
    record = json.loads(signature.record)
    record["signer"]["name"] = "Orang Lain"
    response = upload(client, with_record(issued, canonical(record)))
    answer_to(response, 404, UNKNOWN["message"])
    assert not says(response, signature.participant.name)


def test_a_printed_copy_without_its_record_is_sent_to_the_code(client, issued):
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        printed = pikepdf.new()
        printed.add_pages_from(pdf)
        content = saved(printed)
    response = upload(client, content)
    answer_to(response, 404, UNKNOWN["message"])
    assert "kode" in fields_of(response)


def test_a_locked_file_is_told_from_an_unknown_one(client, issued):
    locked = resaved(issued, encryption=pikepdf.Encryption(owner="a", user=""))
    answer_to(upload(client, locked), 404, LOCKED["message"])


def test_several_pacts_in_one_file_are_not_one_pact(client, signature, issued):
    other = make.sign(make.participant_of(make.open_ceremony()))
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        record = pikepdf.AttachedFileSpec(pdf, other.record.encode())
        pdf.attachments["lain.json"] = record
        response = upload(client, saved(pdf))
    answer_to(response, 404, SEVERAL["message"])
    assert not says(response, other.participant.name)


# What is stored was altered ---------------------------------------------------------------------


def test_an_issued_file_shows_that_what_is_stored_was_altered(client, signature, issued):
    rewrite(signature.participant, name="Orang Lain")
    response = upload(client, issued)
    answer_to(response, 409, "<h1>Tidak cocok</h1>")
    assert says(response, verification.ALTERED_COLUMNS)


def test_a_record_rewritten_with_all_beside_it_shows_by_the_file_and_the_register(
    client, signature, issued
):
    register.seal()
    record = json.loads(signature.record)
    record["signer"]["name"] = "Orang Lain"
    forged = canonical(record)
    rewrite(signature.participant, name="Orang Lain")
    rewrite(signature, record=forged.decode(), digest=leaf_digest(forged))
    response = upload(client, issued)
    answer_to(response, 409, "<h1>Tidak cocok</h1>")
    assert says(response, verification.ALTERED_REGISTER)


# What it costs ----------------------------------------------------------------------------------


class Unreadable:
    """A body of which not one byte may be read."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


def test_of_a_hundred_megabytes_not_one_byte_is_read(client):
    announced = {
        "CONTENT_LENGTH": str(100 * MEGABYTE),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "wsgi.input": Unreadable(),
    }
    response = client.generic("POST", reverse("verify-upload"), **announced)
    assert response.status_code == 400
    assert says(response, "menerima paling banyak 2 MB sekaligus")


def test_no_byte_of_a_file_comes_onto_the_disk(client, issued, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a file was begun")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", refuse)
    room = MOST_BYTES - len(issued) - 1000
    answer_to(upload(client, issued + b"%" * room), 409, ALTERED)


def test_any_number_of_made_up_records_costs_the_same_two_queries(client, signature):
    def cost(number):
        streams = b"".join(
            b"stream\n" + zlib.compress(b'{"receipt":"%d"}' % each) + b"\nendstream\n"
            for each in range(number)
        )
        with CaptureQueriesContext(connection) as queries:
            answer_to(upload(client, b"%PDF-1.7\n" + streams), 404, UNKNOWN["message"])
        return len(queries)

    assert (cost(0), cost(1), cost(9), cost(5000)) == (0, 2, 2, 2)


def test_a_stranger_needs_the_token_of_the_form_like_everywhere(issued):
    client = Client(enforce_csrf_checks=True)
    assert upload(client, issued).status_code == 403
    token = fields_of(client.get(reverse("verify")))["csrfmiddlewaretoken"]
    data = {"csrfmiddlewaretoken": token, "pakta": SimpleUploadedFile("a.pdf", issued)}
    answer_to(client.post(reverse("verify-upload"), data), 200, GENUINE)


def test_wrong_codes_cost_the_same_look_up_however_near_they_come(client, signature):
    near = signature.receipt[:-1] + ("0" if signature.receipt[-1] != "0" else "1")

    def cost(receipt):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("verify-receipt", args=[receipt])).status_code == 404
        return [query["sql"].count("JOIN") for query in queries]

    assert cost(near) == cost(new_receipt()) == cost("0" * 26) == cost("bukan kode")
    assert len(cost(near)) == 1
    assert Signature.objects.count() == 1
