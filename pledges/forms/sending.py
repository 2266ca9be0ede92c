"""What a device sends once it can: an envelope with a credential and a submission, in JSON.

The shape is checked here, strictly: whatever this server's own pages do not send is refused. What
counts as a signature is the signing service's word.
"""

import json
from uuid import UUID

from django.utils.datastructures import MultiValueDict

from netralitas.lib import envelopes, tickets
from netralitas.lib.strokes import MAX_TEXT

from ..choices import SigningMethod
from ..errors import StalePage, TooLarge, Unreadable, WrongPin
from ..services.deliveries import Delivery, Page, Slip
from ..services.signing import Submission
from .signing import EntranceForm, moment

# A drawing and everything else, in base64 inside an envelope.
MAX_BODY = 2 * MAX_TEXT
MAX_NAME = 370
MAX_TICKET = 500
MAX_POINTS = 50
SUBMISSION = {
    "key": str,
    "text_digest": str,
    "points": list,
    "consent": bool,
    "method": str,
    "strokes": list,
    "typed_name": str,
    "device_time": str,
}


def read_delivery(body):
    """The `Delivery` in the body of a request. Raises Unreadable, TooLarge, StalePage, WrongPin."""
    if len(body) > MAX_BODY:
        raise TooLarge
    try:
        content = _parsed(envelopes.unseal(_parsed(body)))
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    _require(isinstance(content, dict))
    _require(content.keys() == {"credential", "submission", "start"})
    start = content["start"]
    return Delivery(
        credential=_credential(content["credential"]),
        submission=_submission(content["submission"]),
        start=_ticket(start, tickets.START) if start != "" else None,
    )


def _parsed(body):
    """The value of a JSON text in UTF-8. Raises ValueError, also for a name that stands twice in an
    object: two readers might see two different things.
    """
    return json.loads(body.decode(), object_pairs_hook=_named_once, parse_constant=_no_number)


def _named_once(pairs):
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a name stands twice")
    return values


def _no_number(name):
    raise ValueError(f"{name} is no number in JSON")


def _credential(values):
    """One of the two secrets, each with nothing else beside it."""
    _require(isinstance(values, dict) and all(isinstance(each, str) for each in values.values()))
    if values.keys() == {"ticket"}:
        return Page(_ticket(values["ticket"], tickets.INVITATION))
    _require(values.keys() == {"number", "pin"})
    form = EntranceForm(MultiValueDict({name: [value] for name, value in values.items()}))
    if not form.is_valid():
        raise WrongPin
    return Slip(**form.cleaned_data)


def _ticket(text, purpose):
    """A ticket of any age: what was acknowledged is acknowledged again, however late."""
    _require(isinstance(text, str) and len(text) <= MAX_TICKET and text.isascii())
    try:
        return tickets.read(text, purpose, max_age=None)
    except tickets.TicketError as error:
        raise StalePage from error


def _submission(values):
    """A complete submission; the points are numbers, and no larger than any text has."""
    _require(isinstance(values, dict) and values.keys() == SUBMISSION.keys())
    _require(all(type(values[name]) is kind for name, kind in SUBMISSION.items()))
    _require(len(values["typed_name"]) <= MAX_NAME and len(values["points"]) <= MAX_POINTS)
    _require(all(type(point) is int for point in values["points"]))
    _require(values["method"] in SigningMethod.values)
    try:
        key = UUID(values["key"])
    except ValueError as error:
        raise Unreadable from error
    return Submission(
        key=key,
        text_digest=values["text_digest"],
        points=frozenset(values["points"]),
        consent=values["consent"],
        method=values["method"],
        strokes=values["strokes"],
        typed_name=values["typed_name"],
        device_time=moment(values["device_time"]),
    )


def _require(condition):
    if not condition:
        raise Unreadable
