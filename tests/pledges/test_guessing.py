"""Whoever guesses learns nothing, not even by the time it takes: one answer, the same work.

The work is counted instead of timed: queries, and keyed hashes.
"""

import hmac
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.choices import RoleName
from agencies.models import Event
from netralitas.lib import envelopes
from pledges.models import Invitation
from pledges.services import frozen, guesses, invitations, slip_work
from tests import factories as make

from .visitor import enter

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)
NOBODYS = "197001012010011999"
# What differs from answer to answer, whatever the secret.
PASSING = {"Content-Security-Policy", "Expires"}


@pytest.fixture
def ceremony():
    """With what freezing has fixed of it already read, so that this counts for no request."""
    return frozen.find(make.open_ceremony(employees=4).code)


@pytest.fixture
def work(monkeypatch):
    """A function: (the answer, how many queries and keyed hashes it took)."""
    hashes, new = [], hmac.new
    monkeypatch.setattr(
        hmac, "new", lambda *given, **named: hashes.append(1) or new(*given, **named)
    )

    def measure(act):
        hashes.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = act()
        return answer, (len(queries), len(hashes))

    return measure


def wrong(pin):
    return f"{(int(pin) + 1) % 10**8:08d}"


def by_page(ceremony, number, pin):
    return enter(Client(), ceremony, number, pin)


def by_script(ceremony, number, pin):
    return send(ceremony, {"number": number, "pin": pin})


def send(ceremony, credential):
    content = {
        "credential": credential,
        "submission": {
            "key": str(uuid4()),
            "text_digest": ceremony.text.digest,
            "points": [1, 2, 3, 4],
            "consent": True,
            "method": "DRAWN",
            "strokes": make.STROKES,
            "typed_name": "",
            "device_time": "",
        },
        "start": "",
    }
    body = json.dumps(envelopes.seal(json.dumps(content).encode()))
    address = reverse("send", args=[ceremony.code])
    return Client().post(address, body, content_type="application/json")


def told(answer, *own):
    """Status, headers and body without what is `own` to the request or differs each time."""
    body = answer.content.decode()
    for word in own:
        body = body.replace(word, "…")
    headers = {name: value for name, value in answer.headers.items() if name not in PASSING}
    headers["Content-Length"] = len(body)
    return answer.status_code, headers, body


def untaken_pin(ceremony, participant):
    """The PIN of a sheet that nobody came for in time."""
    batch = make.slip_batch(ceremony)
    pins, _ = slip_work.opened(batch)
    return pins[participant.pk]


@pytest.mark.parametrize("way", [by_page, by_script])
def test_whatever_is_wrong_with_number_or_pin_is_answered_alike_and_with_the_same_work(
    ceremony, work, way
):
    people = [make.participant_of(ceremony, at) for at in range(4)]
    untaken = untaken_pin(ceremony, people[2])
    revoked, *_ = [make.pin_of(person) for person in people[:3]]
    make.pin_of(people[0])
    guess = {
        "revoked": (people[0].number, revoked),
        "wrong": (people[1].number, wrong(make.pin_of(people[1]))),
        "of a sheet that was not taken": (people[2].number, untaken),
        "of somebody without a slip": (people[3].number, "12345678"),
        "of nobody": (NOBODYS, "12345678"),
    }
    with time_machine.travel(BEGINNING, tick=False) as clock:
        for minutes in (0, 0, 1, 0, 1, 0, 0, 16, 0):
            clock.shift(timedelta(minutes=minutes))
            found = {}
            for what, (number, pin) in guess.items():
                answer, effort = work(lambda at=(number, pin): way(ceremony, *at))
                found[what] = (told(answer, number), effort)
            assert len({repr(each) for each in found.values()}) == 1, found


@pytest.mark.parametrize("name", ["personal-link", "personal-pact"])
def test_an_unknown_and_a_revoked_link_are_answered_alike_and_with_the_same_work(
    client, ceremony, work, name
):
    participant = make.participant_of(ceremony)
    revoked = make.link_of(participant)
    make.link_of(participant)
    client.get(reverse(name, args=["x" * 22]))
    found = []
    for token in (revoked, "x" * 22):
        answer, effort = work(lambda at=token: client.get(reverse(name, args=[at])))
        found.append((told(answer, token), effort))
    assert found[0] == found[1]
    assert found[0][0][0] == 404


@pytest.mark.parametrize("way", [by_page, by_script])
def test_five_wrong_pins_lock_one_invitation_and_the_right_one_waits_a_quarter_of_an_hour(
    ceremony, way
):
    participant = make.participant_of(ceremony)
    pin = make.pin_of(participant)
    refused = 403 if way is by_page else 429
    with time_machine.travel(BEGINNING, tick=False) as clock:
        for _ in range(5):
            assert way(ceremony, participant.number, wrong(pin)).status_code == 403
        locked = way(ceremony, participant.number, pin)
        assert locked.status_code == refused
        assert "Coba lagi 15 menit lagi" in locked.content.decode()
        clock.shift(timedelta(minutes=14, seconds=59))
        assert way(ceremony, participant.number, pin).status_code == refused
        clock.shift(timedelta(seconds=1))
        assert way(ceremony, participant.number, pin).status_code == 200


@pytest.mark.parametrize("role", [RoleName.HR, RoleName.OPERATOR])
def test_hr_and_operator_see_a_lock_and_lift_it_on_record(client, ceremony, role):
    participant = make.participant_of(ceremony)
    pin = make.pin_of(participant)
    for _ in range(5):
        by_page(ceremony, participant.number, wrong(pin))
    user = make.user_with_role(role, ceremony.organizer)
    client.force_login(user)
    seen = client.get(reverse("participant-list", args=[ceremony.uuid]), {"slip": "locked"})
    assert participant.name in seen.content.decode()
    client.post(reverse("slip-unlock", args=[ceremony.uuid, participant.uuid]))
    assert by_page(ceremony, participant.number, pin).status_code == 200
    event = Event.objects.filter(act="invitation.unlocked").get()
    assert (event.actor, event.object_id) == (user, str(participant.uuid))


def test_two_hundred_people_behind_one_address_are_all_let_in(ceremony):
    """Whoever stands in the same field and guesses wrong locks nobody else."""
    crowd = make.open_ceremony(employees=200)
    people = list(crowd.participants.all())
    slips = invitations.issue_slips(actor=None, ceremony=crowd, participants=people)
    for n in range(3 * guesses.MAX_FAILURES):
        by_page(crowd, NOBODYS, f"{n:08d}")
    first, *others = slips
    for _ in range(guesses.MAX_FAILURES):
        by_page(crowd, first.participant.number, wrong(first.pin))
    answers = [by_page(crowd, each.participant.number, each.pin).status_code for each in others]
    assert answers == [200] * 199
    assert Invitation.objects.locked(timezone.now()).count() == 1
