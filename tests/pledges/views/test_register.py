"""The register for the public: heads, proofs, and what the pages of a signature say of it."""

import json

import pytest
from django.urls import reverse

from netralitas import register_watch
from netralitas.lib import merkle
from pledges.models import RegisterEntry, RegisterNode, TreeHead
from pledges.services import register, verification
from tests import factories as make
from tests.pledges.visitor import says
from tests.tampering import as_owner, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def signatures(monkeypatch):
    """Five signatures in the register, under heads of 2, 4 and 5."""
    monkeypatch.setattr(register, "BATCH", 2)
    ceremony = make.open_ceremony(employees=5)
    given = [make.sign(participant) for participant in ceremony.participants.order_by("id")]
    register_watch.seal_left_behind()
    return given


@pytest.fixture
def unlogged():
    return make.sign(make.participant_of(make.open_ceremony()))


def receipt_of(client, signature):
    code = signature.participant.ceremony.code
    return client.get(reverse("receipt", args=[code, signature.receipt]))


def is_json(response, name):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    return json.loads(response.content)


# Heads ------------------------------------------------------------------------------------------


def test_the_heads_are_listed_latest_first_with_whole_roots(client, signatures):
    response = client.get("/v/kepala/")
    assert response.status_code == 200
    text = response.content.decode()
    places = [text.index(head.root) for head in TreeHead.objects.latest_first()]
    assert places == sorted(places)
    assert text.index("5 isi") < text.index("4 isi") < text.index("2 isi")
    assert says(response, register.latest_head().key_id)
    assert says(response, '<meta name="robots" content="noindex, nofollow">')
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_before_the_first_signature_the_list_says_so(client):
    response = client.get("/v/kepala/")
    assert response.status_code == 200
    assert says(response, "Belum ada kepala register")


def test_a_head_is_a_file_to_keep(client, signatures):
    told = is_json(client.get("/v/kepala/4.json"), "kepala-register-4.json")
    head = TreeHead.objects.get(size=4)
    assert told == {**json.loads(head.body), "signature": head.signature}


@pytest.mark.parametrize("size", ["3", "0", "9" * 30, "x"])
def test_there_is_no_other_head(client, signatures, size):
    assert client.get(f"/v/kepala/{size}.json").status_code == 404


def test_that_one_head_continues_another_is_a_file_too(client, signatures):
    response = client.get("/v/kepala/konsistensi.json", {"dari": 2, "ke": 5})
    told = is_json(response, "konsistensi-register-2-5.json")
    first, second = TreeHead.objects.get(size=2), TreeHead.objects.get(size=5)
    assert merkle.proves_consistency(2, 5, told["path"], first.root, second.root)
    assert (told["first_root"], told["second_root"]) == (first.root, second.root)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "Isi jumlah isi kepala register."),
        ({"dari": 3, "ke": 5}, "Tidak ada kepala register dengan jumlah isi ini."),
        ({"dari": 2, "ke": "9" * 30}, "Tidak ada kepala register dengan jumlah isi ini."),
        ({"dari": "\0", "ke": "x"}, "Tidak ada kepala register dengan jumlah isi ini."),
        ({"dari": 5, "ke": 2}, "Kepala baru tidak boleh lebih kecil daripada kepala lama."),
    ],
)
def test_other_heads_cannot_be_compared(client, signatures, query, sentence):
    response = client.get("/v/kepala/konsistensi.json", query)
    assert response.status_code == 400
    assert says(response, sentence)


def test_a_log_with_a_hole_is_told_as_such(client, signatures):
    with as_owner():
        RegisterNode.objects.all()._raw_delete("default")
    response = client.get("/v/kepala/konsistensi.json", {"dari": 2, "ke": 5})
    assert response.status_code == 409
    assert says(response, "Isi register tidak lengkap.")


# Proofs -----------------------------------------------------------------------------------------


def test_the_proof_of_a_signature_is_a_file(client, signatures):
    signature = signatures[1]
    response = client.get(f"/v/{signature.receipt}/bukti.json")
    told = is_json(response, f"bukti-{signature.receipt}.json")
    assert (told["leaf"], told["index"], told["size"]) == (signature.digest, 1, 2)
    told = json.loads(client.get(f"/v/{signature.receipt}/bukti.json?kepala=5").content)
    root = register.latest_head().root
    assert merkle.proves_inclusion(told["leaf"], 1, 5, told["path"], root)


@pytest.mark.parametrize("size", ["3", "x", "-1", "9" * 18, "9" * 40, "²"])
def test_no_proof_is_given_under_a_head_that_is_none(client, signatures, size):
    address = f"/v/{signatures[1].receipt}/bukti.json"
    assert client.get(address, {"kepala": size}).status_code == 404


def test_no_proof_is_given_under_a_head_that_does_not_reach_as_far(client, signatures):
    response = client.get(f"/v/{signatures[4].receipt}/bukti.json?kepala=4")
    assert response.status_code == 409
    assert says(response, "Belum tercatat dalam register")


def test_what_is_not_logged_yet_has_no_proof_yet(client, unlogged):
    response = client.get(f"/v/{unlogged.receipt}/bukti.json")
    assert response.status_code == 409
    assert says(response, "Coba lagi sebentar lagi.")


@pytest.mark.parametrize("receipt", ["0" * 26, "salah"])
def test_an_unknown_receipt_has_no_proof(client, signatures, receipt):
    assert client.get(f"/v/{receipt}/bukti.json").status_code == 404


# What a signature's own pages say ---------------------------------------------------------------


def test_the_verification_leads_to_proof_and_head_of_one_size(client, signatures):
    response = client.get(f"/v/{signatures[2].receipt}/")
    assert response.status_code == 200
    assert says(response, f"/v/{signatures[2].receipt}/bukti.json?kepala=4")
    assert says(response, "/v/kepala/4.json")
    assert says(response, TreeHead.objects.get(size=4).root)


def test_the_verification_says_calmly_that_it_is_not_logged_yet(client, unlogged):
    response = client.get(f"/v/{unlogged.receipt}/")
    assert response.status_code == 200
    assert says(response, "belum tercatat dalam register")
    assert not says(response, "bukti.json")


def test_the_receipt_names_its_place_and_head_once_there_is_one(client, signatures, unlogged):
    response = receipt_of(client, signatures[2])
    assert says(response, "Nomor 3, kepala 4")
    assert says(response, TreeHead.objects.get(size=4).root)
    assert says(receipt_of(client, unlogged), "Belum tercatat; biasanya beberapa detik lagi")


def test_a_signature_that_the_register_contradicts_is_not_genuine(client, signatures):
    rewrite(RegisterEntry.objects.get(index=1), digest="0" * 64)
    response = client.get(f"/v/{signatures[0].receipt}/")
    assert response.status_code == 409
    assert says(response, verification.ALTERED_REGISTER)


@pytest.mark.parametrize(
    ("column", "value"), [("root", "0" * 64), ("signature", "0" * 128), ("body", "[]")]
)
def test_a_signature_under_an_altered_head_is_not_genuine(client, signatures, column, value):
    rewrite(TreeHead.objects.get(size=2), **{column: value})
    assert says(client.get(f"/v/{signatures[0].receipt}/"), verification.ALTERED_REGISTER)


def test_a_signature_in_a_log_with_holes_is_not_called_genuine(client, signatures):
    with as_owner():
        RegisterNode.objects.all()._raw_delete("default")
    assert says(client.get(f"/v/{signatures[4].receipt}/"), verification.ALTERED_REGISTER)
