"""Tickets: what a page carries to prove, without a cookie, that this server made it for somebody.

A ticket is signed, not encrypted: it can be read by whoever holds it, and cannot be altered.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils import timezone

SALT = "netralitas.ticket"
MAX_AGE = timedelta(hours=12)


@dataclass(frozen=True)
class Ticket:
    """For whom a page was made, and when."""

    subject: int
    begun_at: datetime


class TicketError(ValueError):
    """Not a ticket of this server, or older than `MAX_AGE`."""


def issue(subject):
    """A ticket for `subject`, begun now, as text for a hidden field."""
    begun = int(timezone.now().timestamp())
    return signing.dumps({"subject": subject, "begun": begun}, salt=SALT)


def read(text):
    """The ticket in a text. Raises TicketError."""
    try:
        values = signing.loads(text, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise TicketError from error
    return Ticket(values["subject"], datetime.fromtimestamp(values["begun"], UTC))
