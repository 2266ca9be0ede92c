"""A field full of people: an open ceremony, their secrets, and what their devices send."""

import json
import secrets
from uuid import uuid4

from agencies.models import Employee
from netralitas.lib import envelopes, tickets
from pledges.choices import Channel
from pledges.models import Invitation
from pledges.services import invitations
from tests import factories


def ceremony_of(people, opds=40, units=0, **fields):
    """An open ceremony of a new government with so many people in so many agencies."""
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai")
    agencies = []
    for number in range(opds):
        opd = factories.OpdFactory(parent=government, name=f"Dinas Kependudukan {number}")
        agencies += [opd, *factories.UnitFactory.create_batch(units, parent=opd)]
    Employee.objects.bulk_create(
        factories.EmployeeFactory.build(
            agency=agencies[n % len(agencies)], government=government, n=n
        )
        for n in range(people)
    )
    return factories.open_ceremony(government, employees=0, **fields)


def links(participants):
    """A new personal link's token for each, as `invitations.issue_link` gives one."""
    tokens = [secrets.token_urlsafe(invitations.TOKEN_BYTES) for _ in participants]
    Invitation.objects.bulk_create(
        Invitation(
            participant=participant,
            channel=Channel.LINK,
            secret_hash=invitations.hash_token(token),
        )
        for participant, token in zip(participants, tokens, strict=True)
    )
    return tokens


def pins(ceremony, participants):
    """The PIN of a new slip for each."""
    slips = invitations.issue_slips(actor=None, ceremony=ceremony, participants=participants)
    return [slip.pin for slip in slips]


def delivery(text_digest, credential, start=""):
    """The body of what a device sends: a complete drawn signature, sealed."""
    submission = {
        "key": str(uuid4()),
        "text_digest": text_digest,
        "points": [1, 2, 3, 4],
        "consent": True,
        "method": "DRAWN",
        "strokes": factories.STROKES,
        "typed_name": "",
        "device_time": "2023-01-11T01:29:58.123Z",
    }
    content = {"credential": credential, "submission": submission, "start": start}
    return json.dumps(envelopes.seal(json.dumps(content).encode()))


def deliveries(ceremony):
    """What everybody's device sends: by turns from the page of a personal link, and from the page
    that is kept for slips.
    """
    people = list(ceremony.participants.order_by("id"))
    by_link, by_slip = people[::2], people[1::2]
    links(by_link)
    opened = dict(
        Invitation.objects.filter(participant__in=by_link).values_list("participant", "pk")
    )
    pages = [{"ticket": tickets.issue(opened[person.pk])} for person in by_link]
    start = tickets.issue(ceremony.code, tickets.START)
    printed = zip(by_slip, pins(ceremony, by_slip), strict=True)
    slips = [{"number": person.number, "pin": pin} for person, pin in printed]
    digest = ceremony.text.digest
    for page, slip in zip(pages, slips, strict=True):
        yield delivery(digest, page)
        yield delivery(digest, slip, start)
