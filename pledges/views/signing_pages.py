"""What the signing and verification pages show, ready to print: templates compute nothing."""

from dataclasses import dataclass
from uuid import uuid4

from agencies.choices import NumberKind
from netralitas.lib import dates, numbers
from netralitas.lib.codes import grouped
from netralitas.lib.strokes import MAX_TEXT
from netralitas.lib.tickets import issue

from ..choices import CeremonyState, Channel, ParticipantState, SigningMethod
from ..services.signing import MISSING


@dataclass(frozen=True)
class CeremonyFacts:
    """A ceremony as a stranger may see it."""

    code: str
    title: str
    place: str
    when: str
    election: str
    organizer: str


@dataclass(frozen=True)
class Point:
    """One point of the pledge, and whether it is ticked."""

    number: int
    text: str
    ticked: bool


def ceremony_facts(ceremony):
    """The `CeremonyFacts`; the time carries its zone."""
    return CeremonyFacts(
        code=ceremony.code,
        title=ceremony.title,
        place=ceremony.place,
        when=dates.date_time(ceremony.starts_at, ceremony.time_zone),
        election=ceremony.election.name,
        organizer=ceremony.organizer.name,
    )


def signing_page(invitation, ticket, given=None, form=None):
    """The context of the signing page; `given` and `form` bring back what was sent before.

    A page that was made under another text brings back no ticks: the text has to be read first.
    """
    participant = invitation.participant
    text = participant.ceremony.text
    ticked = given.points if given and given.text_digest == text.digest else frozenset()
    return {
        "ceremony": ceremony_facts(participant.ceremony),
        "signer": signer_facts(participant),
        "text": text,
        "points": [Point(n, words, n in ticked) for n, words in enumerate(text.points, start=1)],
        "ticket": ticket,
        "key": given.key if given and given.key else uuid4(),
        "typed": given is None or given.method == SigningMethod.TYPED,
        "typed_name": as_sent(form, "typed_name"),
        "strokes": as_sent(form, "strokes"),
        "consent": given is not None and given.consent,
        "fresh": given is None,
        "missing": MISSING,
        "form": form,
    }


def as_sent(form, field):
    """A text as it was sent, also where it was refused; nothing longer than a page can send."""
    text = form[field].value() or "" if form else ""
    return text if len(text) <= MAX_TEXT else ""


def new_ticket(invitation):
    """A ticket for a signing page that begins now."""
    return issue(invitation.pk)


def signer_facts(participant):
    """Who signs, in full: only for the signer's own eyes."""
    return {
        "uuid": participant.uuid,
        "name": participant.name,
        "bare_name": participant.bare_name,
        "number_label": NumberKind(participant.number_kind).label,
        "number": numbers.printed(participant.number, participant.number_kind),
        "position": participant.position,
        "unit": participant.agency_name,
        "opd": participant.opd_name if participant.opd_name != participant.agency_name else "",
    }


def receipt_page(signature):
    """The context of the receipt: nothing that would tell a stranger the whole number."""
    participant = signature.participant
    ceremony = participant.ceremony
    return {
        "ceremony": ceremony_facts(ceremony),
        "receipt": signature.receipt,
        "receipt_code": grouped(signature.receipt),
        "name": participant.name,
        "number_label": NumberKind(participant.number_kind).label,
        "number": numbers.masked(participant.number),
        "when": dates.exact_date_time(signature.signed_at, ceremony.time_zone),
        "late": signature.late,
        "by_slip": signature.channel == Channel.SLIP,
        "by_account": signature.channel == Channel.ACCOUNT,
        "draft": participant.uuid,
    }


def takes_pins(ceremony):
    """Whether the entrance asks for number and PIN: from the first opening on, to sign or to look.

    A cancelled ceremony asks nobody for anything.
    """
    return ceremony.opened_at is not None and ceremony.state != CeremonyState.CANCELLED


def has_signed(participant):
    """Whether the participant's signature is there."""
    return participant.state == ParticipantState.SIGNED
