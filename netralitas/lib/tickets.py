"""Tickets: what a page carries to prove, without a cookie, that this server made it for somebody.

A ticket is signed, not encrypted: it can be read by whoever holds it, and cannot be altered. So the
subject of an invitation's may be its primary key: another number opens nothing, and what it tells,
about how many invitations this server has issued, is no secret. A public identifier beside it would
cost every slip one more entry in an index, on the very day when thousands are made and used.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils import timezone

INVITATION = "invitation"
START = "start"
BOARD = "board"
TURN = "turn"
# Longer than anybody has time to sign a page; what was signed with an older one is still known.
MAX_AGE = timedelta(days=30)
MICROSECONDS = 1_000_000  # in a second


@dataclass(frozen=True)
class Ticket:
    """For whom or what a page was made, and when (to the microsecond)."""

    subject: int | str
    begun_at: datetime

    @property
    def is_old(self):
        """Whether it is older than `MAX_AGE`."""
        return timezone.now() - self.begun_at > MAX_AGE


class TicketError(ValueError):
    """Not a ticket of this server for this purpose, or too old."""


def issue(subject, purpose=INVITATION):
    """A ticket for `subject`, begun now, as text for a hidden field."""
    begun = int(timezone.now().timestamp() * MICROSECONDS)
    return signing.dumps({"subject": subject, "begun": begun}, salt=_salt(purpose))


def read(text, purpose=INVITATION, max_age=MAX_AGE):
    """The ticket in a text. Raises TicketError, also for one older than `max_age`, if not None."""
    try:
        values = signing.loads(text, salt=_salt(purpose), max_age=max_age)
    except signing.BadSignature as error:
        raise TicketError from error
    return Ticket(values["subject"], datetime.fromtimestamp(values["begun"] / MICROSECONDS, UTC))


def _salt(purpose):
    return f"netralitas.ticket.{purpose}"
