"""What a device has kept until it had network: who is signing, proven by a secret, and how."""

from dataclasses import dataclass, replace
from datetime import datetime

from netralitas.lib import tickets

from ..errors import RevokedInvitation, StalePage, WrongPin
from . import frozen, invitations, signing
from .signing import Submission


@dataclass(frozen=True)
class Slip:
    """The number and PIN of a printed slip."""

    number: str
    pin: str
    refusal = WrongPin

    def invitation(self, code, key):
        """Raises WrongPin or Locked."""
        ceremony = frozen.find(code)
        if ceremony is None:
            raise WrongPin
        return invitations.find_by_pin(ceremony=ceremony, number=self.number, pin=self.pin, key=key)


@dataclass(frozen=True)
class Page:
    """The ticket of a page that was opened by any way in."""

    ticket: tickets.Ticket
    refusal = StalePage

    def invitation(self, code, key):
        """Raises UnknownInvitation; StalePage if too old, unless it was signed with `key`."""
        invitation = invitations.find_by_id(self.ticket.subject)
        if self.ticket.is_old and not signing.find_earlier(invitation.participant, key):
            raise StalePage(invitation.channel)
        return invitation


@dataclass(frozen=True)
class Delivery:
    """A submission, and the secret that says whose it is. `start` is the ticket of the page."""

    credential: Slip | Page
    submission: Submission
    start: tickets.Ticket | None

    def begun_at(self, ceremony) -> datetime | None:
        """When the page was made, if a ticket of this ceremony or of this very person says so."""
        if isinstance(self.credential, Page):
            return self.credential.ticket.begun_at
        start = self.start
        if start is None or start.is_old or start.subject != ceremony.code:
            return None
        return start.begun_at


def receive(*, code, delivery):
    """The signature that a device delivers to the ceremony with `code`; again gives the same one.

    Raises what `signing.sign` does; and UnknownInvitation, WrongPin, Locked or StalePage for the
    secret, alike for one that never was and one that was replaced. A signature taken before is
    found again even if the secret was replaced since.
    """
    invitation = delivery.credential.invitation(code, delivery.submission.key)
    ceremony = invitation.participant.ceremony
    if ceremony.code != code:
        raise delivery.credential.refusal
    submission = replace(delivery.submission, begun_at=delivery.begun_at(ceremony))
    try:
        return signing.sign(invitation=invitation, submission=submission)
    except RevokedInvitation as error:
        is_page = isinstance(delivery.credential, Page)
        refusal = StalePage(invitation.channel) if is_page else delivery.credential.refusal
        raise refusal from error
