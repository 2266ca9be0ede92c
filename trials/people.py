"""Those who sign: an open ceremony, everybody with a personal link, and what their devices send."""

import json
from dataclasses import replace
from uuid import uuid4

from django.urls import reverse

from netralitas.lib import envelopes, tickets
from tests.factories import STROKES, invitation_of, open_ceremony

from .clients import Errand


def errands(count):
    """What `count` people do, in the order of the roster, as {is_control: errands}.

    Some also send again what was acknowledged, some try with a second device after that, and some
    with two devices at the same time. In a control all just sign.
    """
    ceremony = open_ceremony(employees=count)
    plain, lively = [], []
    for number, participant in enumerate(ceremony.participants.order_by("id")):
        ticket = tickets.issue(invitation_of(participant).pk)
        one, other = (_errand(ceremony, participant, ticket) for _ in range(2))
        plain.append(one)
        lively += {
            0: [replace(one, again=True)],
            1: [replace(one, other=other)],
            2: [one, other],
        }.get(number % 5, [one])
    return {True: plain, False: lively}


def _errand(ceremony, participant, ticket):
    key = str(uuid4())
    submission = {
        "key": key,
        "text_digest": ceremony.text.digest,
        "points": list(range(1, len(ceremony.text.points) + 1)),
        "consent": True,
        "method": "DRAWN",
        "strokes": STROKES,
        "typed_name": "",
        "device_time": "2023-01-11T01:29:58Z",
    }
    content = {"credential": {"ticket": ticket}, "submission": submission, "start": ""}
    return Errand(
        participant=str(participant.uuid),
        key=key,
        address=reverse("send", args=[ceremony.code]),
        envelope=json.dumps(envelopes.seal(json.dumps(content).encode())),
    )
