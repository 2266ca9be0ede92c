"""What the signing and verification pages show, ready to print: templates compute nothing."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from django.utils.formats import number_format

from agencies.choices import NumberKind
from netralitas.lib import dates, envelopes, numbers
from netralitas.lib.codes import grouped
from netralitas.lib.strokes import MAX_TEXT
from netralitas.lib.tickets import START, TURN, issue

from ..choices import GRACE, CeremonyState, Channel, SigningMethod
from ..services import register
from ..services.signing import MISSING
from .annulment_panel import told_of


@dataclass(frozen=True)
class CeremonyFacts:
    """A ceremony as a stranger may see it."""

    code: str
    title: str
    place: str
    when: str
    election: str
    organizer: str
    notice: str


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
        notice=ceremony.notice,
    )


def signing_page(invitation, ticket, given=None, form=None):
    """The context of the signing page; `given` and `form` bring back what was sent before."""
    return {
        **pledge_page(invitation.participant.ceremony, given, form),
        "signer": signer_facts(invitation.participant),
        "ticket": ticket,
        "key": given.key if given and given.key else uuid4(),
        "until": until(begun=True),
    }


def offline_page(ceremony):
    """The context of the signing page for whoever has a slip and no network; made for nobody."""
    start = issue(ceremony.code, START) if ceremony.is_open else ""
    until_when = until(begun=ceremony.is_open)
    return {**pledge_page(ceremony), "signer": None, "start": start, "until": until_when}


def until(*, begun):
    """By when a signature has to have arrived; only what was `begun` while open is given time."""
    hours = GRACE // timedelta(hours=1)
    return f"paling lambat {hours} jam sesudah acara ditutup" if begun else "sebelum acara ditutup"


def grace(ceremony):
    """Until when what a device has kept is taken after the closing, in words; "" if it is not."""
    ends = ceremony.grace_until(timezone.now())
    return dates.date_time(ends, ceremony.time_zone) if ends else ""


def pledge_page(ceremony, given=None, form=None):
    """What every signing page shows.

    A page that was made under another text brings back no ticks: the text has to be read first.
    """
    text = ceremony.text
    ticked = given.points if given and given.text_digest == text.digest else frozenset()
    return {
        "ceremony": ceremony_facts(ceremony),
        "text": text,
        "points": [Point(n, words, n in ticked) for n, words in enumerate(text.points, start=1)],
        "typed": given is None or given.method == SigningMethod.TYPED,
        "typed_name": as_sent(form, "typed_name"),
        "strokes": as_sent(form, "strokes"),
        "consent": given is not None and given.consent,
        "fresh": given is None,
        "missing": MISSING,
        "form": form,
        "public_key": envelopes.public_key(),
    }


def as_sent(form, field):
    """A text as it was sent, also where it was refused; nothing longer than a page can send."""
    text = form[field].value() or "" if form else ""
    return text if len(text) <= MAX_TEXT else ""


def new_ticket(invitation):
    """A ticket for a signing page that begins now."""
    return issue(invitation.pk)


def turn_ticket(invitation):
    """What lets the holder of a slip come in again without the PIN; "" where the address does.

    It begins no signature: whoever waits has not begun.
    """
    return issue(invitation.pk, TURN) if invitation.channel == Channel.SLIP else ""


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
        "again_because": participant.replaces.reason if participant.replaces_id else "",
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
        "timing": signature.timing,
        "by_slip": signature.channel == Channel.SLIP,
        "by_account": signature.channel == Channel.ACCOUNT,
        "assisted": signature.channel == Channel.ASSISTED,
        "draft": participant.uuid,
        "annulment": told_of(participant),
        **register_note(register.standing_of(signature)),
    }


def grouped_number(count):
    """Reads "8.379"."""
    return number_format(count, force_grouping=True)


def register_note(standing):
    """Where a signature stands in the register, and the root that a signer may keep as a witness.

    Calm while it is not there yet.
    """
    if standing is None:
        return {"register_note": "Belum tercatat; biasanya beberapa detik lagi"}
    note = f"Nomor {grouped_number(standing.number)}, kepala {grouped_number(standing.head.size)}"
    return {"register_note": note, "register_root": standing.head.root}


def register_facts(signature, standing):
    """Where a signature stands in the register, as far as it is there; None before that."""
    if standing is None:
        return None
    zone = signature.participant.ceremony.time_zone
    made_at = dates.exact_date_time(standing.head.made_at, zone)
    return {
        "receipt": signature.receipt,
        "number": grouped_number(standing.number),
        "size": standing.head.size,
        "head": f"{grouped_number(standing.head.size)} isi, {made_at}",
        "root": standing.head.root,
    }


def takes_pins(ceremony):
    """Whether the entrance asks for number and PIN: from the first opening on, to sign or to look.

    A cancelled ceremony asks nobody for anything.
    """
    return ceremony.opened_at is not None and ceremony.state != CeremonyState.CANCELLED


def gives_pact(invitation):
    """Whether its holder gets the signed pact: an operator, who may hold the device, does not."""
    return invitation.channel != Channel.ASSISTED


def has_signed(participant):
    """Whether the participant's signature is there."""
    return participant.is_signed
