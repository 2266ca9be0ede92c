"""Sending the signing page: what is taken, what is refused, what is kept; and the receipt."""

import gzip
import json
import posixpath
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from netralitas.lib.codes import grouped, new_receipt
from netralitas.lib.numbers import masked
from pledges.models import Signature
from pledges.services import ceremonies
from tests import factories as make

from .pages import boxes_of, errors_of, fields_of
from .visitor import TYPED, enter, open_link, says, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return make.open_ceremony(employees=2)


@pytest.fixture
def participant(ceremony):
    return make.participant_of(ceremony)


# Signing ----------------------------------------------------------------------------------------


def test_a_typed_signature_is_received(client, participant):
    page = open_link(client, participant)
    response = send(client, page, participant, device_time="2023-01-11T01:29:58.123Z")
    signature = Signature.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/i/{participant.ceremony.code}/bukti/{signature.receipt}/"
    assert str(signature.key) == fields_of(page)["key"]
    assert (signature.method, signature.typed_name) == ("TYPED", participant.bare_name)
    assert signature.device_time == datetime(2023, 1, 11, 1, 29, 58, 123000, tzinfo=UTC)


def test_a_drawn_signature_is_received(client, participant):
    page = open_link(client, participant)
    drawing = json.dumps(make.STROKES)
    response = send(client, page, participant, method="DRAWN", strokes=drawing, typed_name="abc")
    assert response.status_code == 303
    signature = Signature.objects.get()
    assert (signature.strokes, signature.typed_name) == (make.STROKES, "")


@pytest.mark.parametrize(
    "claim", ["", "kemarin", "2023-13-45", "0001-01-01T00:00:00+14:00", "2023-01-11T08:00:00"]
)
def test_a_device_time_that_cannot_be_read_is_left_out(client, participant, claim):
    response = send(client, open_link(client, participant), participant, device_time=claim)
    assert response.status_code == 303
    assert Signature.objects.get().device_time is None


@pytest.mark.parametrize("more", [{"signed_at": "2020-01-01"}, {"late": "on"}, {"consent": [1, 1]}])
def test_a_field_that_no_page_has_or_that_stands_twice_is_refused(client, participant, more):
    response = send(client, open_link(client, participant), participant, **more)
    assert (response.status_code, Signature.objects.count()) == (400, 0)
    assert says(response, "Halaman ini tidak lengkap. Muat ulang halaman, lalu coba lagi.")


def test_signing_needs_neither_cookie_nor_csrf_token(participant):
    stranger = Client(enforce_csrf_checks=True)
    page = open_link(stranger, participant)
    stranger.cookies.clear()
    assert send(stranger, page, participant).status_code == 303


def test_sending_twice_gives_one_signature_and_the_same_receipt(client, participant):
    page = open_link(client, participant)
    first, second = send(client, page, participant), send(client, page, participant)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"points": ["1", "3"]}, {"points": "Centang setiap butir ikrar."}),
        ({"consent": ""}, {"consent": "Berikan persetujuan Anda untuk menandatangani."}),
        ({"typed_name": " "}, {"typed_name": "Ketik nama Anda, atau goreskan tanda tangan."}),
        ({"typed_name": "x" * 371}, {"typed_name": "Nama yang diketik terlalu panjang."}),
        ({"method": ""}, {"method": "Pilih cara menandatangani."}),
        (
            {"method": "DRAWN", "strokes": ""},
            {
                "strokes": "Tanda tangan masih kosong. Goreskan tanda tangan Anda, atau ketik nama "
                "Anda."
            },
        ),
        (
            {"method": "DRAWN", "strokes": "[[[1, NaN]]]"},
            {"strokes": "Goresan tidak terbaca. Hapus, lalu ulangi."},
        ),
        (
            {"method": "DRAWN", "strokes": "[[[5000, 2500]]]"},
            {
                "strokes": "Goresan terlalu kecil. Hapus, lalu goreskan tanda tangan yang lebih "
                "besar."
            },
        ),
        (
            {"method": "DRAWN", "strokes": json.dumps([[[n, n % 5000] for n in range(5000)]])},
            {"strokes": "Goresan terlalu banyak untuk sebuah tanda tangan. Hapus, lalu ulangi."},
        ),
    ],
)
def test_what_is_missing_is_said_next_to_its_field(client, participant, changes, errors):
    response = send(client, open_link(client, participant), participant, **changes)
    assert response.status_code == 400
    shown = errors_of(response)
    assert {name: shown.get(name) for name in errors} == errors
    assert Signature.objects.count() == 0


def test_everything_missing_is_said_at_once(client, participant):
    page = open_link(client, participant)
    response = send(client, page, participant, points=[], typed_name="", consent="")
    assert set(errors_of(response)) == {"points", "typed_name", "consent"}


def test_what_is_missing_is_marked_for_screen_readers(client, participant):
    page = open_link(client, participant)
    response = send(client, page, participant, points=["1", "3"], consent="")
    invalid = [box["value"] for box in boxes_of(response, "points") if "aria-invalid" in box]
    assert invalid == ["2", "4"]
    assert boxes_of(response, "consent")[0]["aria-invalid"] == "true"
    assert boxes_of(response, "consent")[0]["aria-describedby"] == "consent-error"


def test_a_refused_page_keeps_everything_that_was_done(client, participant):
    page = open_link(client, participant)
    done = {"points": ["1", "3"], "typed_name": "Orang Lain", "strokes": "[[[1,2],[3,4]]]"}
    response = send(client, page, participant, **done)
    kept = fields_of(response)
    for name in ("points", "typed_name", "strokes"):
        assert kept[name] == done[name]
    for name in ("ticket", "key", "text_digest"):
        assert kept[name] == fields_of(page)[name]
    assert (kept["method"], kept["consent"]) == (["TYPED"], ["on"])
    mended = {"points": TYPED["points"], "typed_name": participant.bare_name}
    address = reverse("sign", args=[participant.ceremony.code])
    assert client.post(address, {**kept, **mended}).status_code == 303


def test_a_page_with_another_text_has_to_be_read_again(client, participant):
    page = open_link(client, participant)
    response = send(client, page, participant, text_digest="0" * 64)
    assert response.status_code == 400
    assert says(response, "Naskah di halaman ini sudah usang.")
    assert fields_of(response)["text_digest"] == participant.ceremony.text.digest
    assert "points" not in fields_of(response)


@pytest.mark.parametrize("key", ["", "bukan-uuid"])
def test_a_page_without_its_key_is_refused_and_gets_a_new_one(client, participant, key):
    response = send(client, open_link(client, participant), participant, key=key)
    assert response.status_code == 400
    assert says(response, "Halaman ini tidak lengkap.")
    assert len(fields_of(response)["key"]) == 36


# Tickets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticket", ["", "palsu", "a:b:c"])
def test_without_a_valid_ticket_nothing_is_taken(client, participant, ticket):
    response = send(client, open_link(client, participant), participant, ticket=ticket)
    assert response.status_code == 400
    assert says(response, "Halaman ini sudah kedaluwarsa.")
    assert Signature.objects.count() == 0


def test_a_ticket_expires_after_thirty_days(client, participant):
    with time_machine.travel(datetime(2023, 1, 11, 1, 0, tzinfo=UTC), tick=False) as clock:
        page = open_link(client, participant)
        clock.shift(timedelta(days=30, seconds=1))
        response = send(client, page, participant)
        assert response.status_code == 400
        assert says(response, "Buka kembali tautan terakhir yang Anda terima.")
        clock.shift(timedelta(seconds=-2))
        assert send(client, page, participant).status_code == 303


def test_a_ticket_of_another_ceremony_opens_nothing(client, participant):
    page = open_link(client, participant)
    foreign = make.open_ceremony()
    response = client.post(reverse("sign", args=[foreign.code]), {**fields_of(page), **TYPED})
    assert response.status_code == 404
    assert Signature.objects.count() == 0


def test_an_invitation_revoked_after_the_page_was_opened_is_refused(client, participant):
    page = open_link(client, participant)
    make.link_of(participant)
    response = send(client, page, participant)
    assert response.status_code == 403
    assert says(response, "Tautan ini sudah dicabut")


def test_a_slip_replaced_after_the_page_was_opened_is_refused(client, participant):
    page = enter(client, participant.ceremony, participant.number, make.pin_of(participant))
    make.pin_of(participant)
    response = send(client, page, participant)
    assert response.status_code == 403
    assert says(response, "Slip PIN ini sudah dicabut")


def test_what_was_begun_before_the_closing_is_taken_for_a_day_after_it(client, db):
    with time_machine.travel(datetime(2023, 1, 11, 1, 0, tzinfo=UTC), tick=False) as clock:
        participant = make.participant_of(make.open_ceremony())
        page = open_link(client, participant)
        clock.shift(timedelta(hours=1))
        ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
        clock.shift(timedelta(hours=24, seconds=1))
        response = send(client, page, participant)
        assert response.status_code == 409
        assert says(response, "Acara ini tidak sedang dibuka. Tanda tangan belum diterima.")
        clock.shift(timedelta(seconds=-1))
        assert send(client, page, participant).status_code == 303
    signature = Signature.objects.get()
    assert (signature.in_grace, signature.late) == (True, False)


def test_another_submission_of_who_has_signed_gets_no_receipt(client, participant):
    page = open_link(client, participant)
    send(client, page, participant)
    response = send(client, page, participant, key=str(uuid4()))
    assert response.status_code == 409
    assert says(response, "Pakta ini sudah ditandatangani.")
    receipt = Signature.objects.get().receipt
    assert not says(response, receipt)
    assert not says(response, grouped(receipt))


def test_a_key_of_somebody_else_gets_no_receipt(client, ceremony):
    first, second = make.participant_of(ceremony, 0), make.participant_of(ceremony, 1)
    page = open_link(client, first)
    send(client, page, first)
    response = send(client, open_link(client, second), second, key=fields_of(page)["key"])
    assert response.status_code == 409
    assert says(response, "Pengiriman ini milik peserta lain.")
    assert not says(response, Signature.objects.get().receipt)


def test_a_body_beyond_every_limit_is_refused_with_a_sentence(client, participant):
    page = open_link(client, participant)
    strokes = json.dumps([[[n % 9000, n % 4000] for n in range(1_000_000)]])
    response = send(client, page, participant, method="DRAWN", strokes=strokes)
    assert response.status_code == 400
    assert says(response, "Kiriman ini terlalu besar: 13 MB")
    assert Signature.objects.count() == 0


def test_signing_is_by_post_alone(client, ceremony):
    assert client.get(reverse("sign", args=[ceremony.code])).status_code == 405


# The receipt ------------------------------------------------------------------------------------


@time_machine.travel(datetime(2023, 1, 11, 1, 30, 5, tzinfo=UTC), tick=False)
def test_the_receipt_says_what_was_received_without_the_whole_number(client, participant):
    response = send(client, open_link(client, participant), participant)
    receipt = client.get(response["Location"])
    signature = Signature.objects.get()
    assert receipt.status_code == 200
    for fact in (
        "Diterima",
        grouped(signature.receipt),
        participant.name,
        masked(participant.number),
        "Rabu, 11 Januari 2023, 08.30.05 WIB",
        participant.ceremony.title,
        reverse("verify-receipt", args=[signature.receipt]),
    ):
        assert says(receipt, fact)
    assert not says(receipt, participant.number)


def test_a_late_receipt_says_so(client, participant):
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    ceremonies.open_signing(actor=None, ceremony=participant.ceremony)
    response = send(client, open_link(client, participant), participant)
    assert says(client.get(response["Location"]), "Penandatanganan susulan")


def test_a_receipt_is_found_at_its_own_ceremony_alone(client, participant):
    receipt = make.sign(participant).receipt
    elsewhere = make.open_ceremony()
    for code, wanted in [
        (elsewhere.code, receipt),
        (participant.ceremony.code, new_receipt()),
        (participant.ceremony.code, "%00"),
        ("%00", receipt),
    ]:
        assert client.get(f"/i/{code}/bukti/{wanted}/").status_code == 404


# Weight -----------------------------------------------------------------------------------------

BUDGET = 100 * 1024
ASSET = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')
IMPORT = re.compile(r'from "(\.[^"]+)"')


def assets_of(page):
    """Every style sheet and script the page loads, with what the scripts import."""
    names = set(ASSET.findall(page))
    for name in list(names):
        if name.endswith(".js") and not name.startswith("vendor/"):
            script = Path(finders.find(name)).read_text(encoding="utf-8")
            folder = posixpath.dirname(name)
            names |= {
                posixpath.normpath(posixpath.join(folder, there))
                for there in IMPORT.findall(script)
            }
    return names


def test_the_signing_page_weighs_at_most_100_kb_on_the_wire(client, participant):
    page = open_link(client, participant).content
    assets = assets_of(page.decode())
    weights = {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in assets}
    assert "vendor/signature_pad/signature_pad.min.js" in weights
    assert len(gzip.compress(page)) + sum(weights.values()) <= BUDGET, weights
