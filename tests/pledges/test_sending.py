"""What a device sends by script: sealed, with its own secret, as often as it likes."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from netralitas.lib import envelopes, tickets
from pledges.models import Participant, Signature
from pledges.services import ceremonies
from tests import factories as make

pytestmark = pytest.mark.django_db
START = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)


@pytest.fixture
def participant():
    return make.participant_of(make.open_ceremony(employees=2))


def submission(participant, **changes):
    return {
        "key": str(uuid4()),
        "text_digest": participant.ceremony.text.digest,
        "points": [1, 2, 3, 4],
        "consent": True,
        "method": "DRAWN",
        "strokes": make.STROKES,
        "typed_name": "",
        "device_time": "2023-01-11T01:29:58Z",
        **changes,
    }


def by_slip(participant):
    return {"number": participant.number, "pin": make.pin_of(participant)}


def by_ticket(participant):
    return {"ticket": tickets.issue(make.invitation_of(participant).pk)}


def send(client, participant, credential, start="", code=None, **changes):
    content = {
        "credential": credential,
        "submission": submission(participant, **changes),
        "start": start,
    }
    return post(client, code or participant.ceremony.code, envelopes.seal(encoded(content)))


def post(client, code, body):
    address = reverse("send", args=[code])
    return client.post(address, json.dumps(body), content_type="application/json")


def encoded(content):
    return json.dumps(content).encode()


@pytest.mark.parametrize("way", [by_slip, by_ticket])
def test_every_secret_signs_and_the_same_again_gives_the_same_receipt(client, participant, way):
    credential, key = way(participant), str(uuid4())
    first = send(client, participant, credential, key=key)
    again = send(client, participant, credential, key=key)
    signature = Signature.objects.get()
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert first.json() == {
        "receipt": signature.receipt,
        "address": reverse("receipt", args=[participant.ceremony.code, signature.receipt]),
        "late": False,
        "in_grace": False,
    }
    assert signature.participant == participant


@pytest.mark.parametrize("way", [by_slip, by_ticket])
def test_a_receipt_that_was_lost_is_given_again_though_the_secret_was_replaced(
    client, participant, way
):
    credential, key = way(participant), str(uuid4())
    send(client, participant, credential, key=key)
    Participant.objects.update(state="PENDING")  # so that a new secret can be issued at all
    way(participant)
    Participant.objects.update(state="SIGNED")
    assert send(client, participant, credential, key=key).status_code == 200
    assert send(client, participant, credential).status_code in {400, 403}


def test_a_replaced_secret_is_answered_like_one_that_never_was(client, participant):
    old = by_slip(participant)
    make.pin_of(participant)
    replaced = send(client, participant, old)
    unknown = send(client, participant, {**old, "number": "197001012010011999"})
    assert (replaced.status_code, unknown.status_code) == (403, 403)
    assert replaced.content == unknown.content


def test_a_secret_for_another_ceremony_signs_nothing(client, participant):
    other = make.open_ceremony()
    response = send(client, participant, by_ticket(participant), code=other.code)
    assert response.status_code == 400
    assert not Signature.objects.exists()


def test_too_many_wrong_pins_are_to_be_tried_again_later(client, participant):
    wrong = by_slip(participant)
    wrong["pin"] = "00000000" if wrong["pin"] != "00000000" else "11111111"
    answers = [send(client, participant, wrong) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert answers[-1]["Retry-After"] == "900"


def test_what_is_sent_before_the_opening_is_to_be_sent_again_then(client):
    participant = make.participant_of(make.ceremony_in("READY"))
    credential = by_ticket(participant)
    assert send(client, participant, credential).status_code == 425
    ceremonies.open_signing(actor=None, ceremony=participant.ceremony)
    assert send(client, participant, credential).status_code == 200


def test_what_was_begun_before_the_closing_counts_for_a_day(client):
    with time_machine.travel(START, tick=False) as clock:
        participant = make.participant_of(make.open_ceremony())
        start = tickets.issue(participant.ceremony.code, tickets.START)
        credential = by_slip(participant)
        clock.shift(timedelta(hours=1))
        ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
        clock.shift(timedelta(hours=24))
        assert send(client, participant, credential).status_code == 409
        answer = send(client, participant, credential, start=start)
    assert answer.json()["in_grace"] is True
    signature = Signature.objects.get()
    assert (signature.begun_at, signature.in_grace, signature.late) == (START, True, False)
    assert json.loads(signature.record)["in_grace"] is True


def test_a_start_in_another_ceremony_says_nothing_here(client, participant):
    other = make.open_ceremony()
    start = tickets.issue(other.code, tickets.START)
    credential = by_slip(participant)
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    assert send(client, participant, credential, start=start).status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "bukan-uuid"},
        {"points": ["1", "2", "3", "4"]},
        {"points": [True, 2, 3, 4]},
        {"consent": "ya"},
        {"method": "STEMPEL"},
        {"strokes": "[]"},
        {"typed_name": "x" * 371},
        {"tambahan": 1},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(client, participant, changes):
    response = send(client, participant, by_ticket(participant), **changes)
    assert (response.status_code, Signature.objects.count()) == (400, 0)
    assert response.json()["sentence"].startswith("Kiriman ini tidak terbaca.")


@pytest.mark.parametrize(
    "credential",
    [
        {},
        {"ticket": 5},
        {"ticket": "a", "pin": "1"},
        {"ticket": "palsu"},
        {"link": "a"},
        {"number": "1"},
        "ticket",
        None,
    ],
)
def test_a_credential_of_another_shape_is_refused(client, participant, credential):
    assert send(client, participant, credential).status_code == 400
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"from": "", "data": ""},
        {"from": 1, "data": 2},
        {"from": "a" * 87, "data": "aaaa"},
        {"from": "aa==", "data": "aa"},
    ],
)
def test_what_is_no_envelope_is_refused(client, participant, body):
    assert post(client, participant.ceremony.code, body).status_code == 400


def test_an_envelope_that_was_altered_is_refused(client, participant):
    envelope = envelopes.seal(encoded({}))
    letter = "B" if envelope["data"][0] == "A" else "A"
    altered = {**envelope, "data": letter + envelope["data"][1:]}
    assert post(client, participant.ceremony.code, altered).status_code == 400


def test_more_than_any_signature_needs_is_refused(client, participant):
    address = reverse("send", args=[participant.ceremony.code])
    response = client.post(address, b" " * 400_001, content_type="application/json")
    assert response.status_code == 413


def test_taking_a_signature_needs_few_queries(client, participant, django_assert_num_queries):
    """Invitation, ceremony, participant, signature, event, task; and the transaction."""
    other, credential = make.participant_of(participant.ceremony, 1), by_ticket(participant)
    send(client, other, by_ticket(other))
    with django_assert_num_queries(8):
        assert send(client, participant, credential).status_code == 200
