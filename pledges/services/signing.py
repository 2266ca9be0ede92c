"""Signing: one service behind every way in, and the only writer of signatures.

An acknowledged signature is durable: participant, signature, event and the task that makes the
pact are written in one transaction, and the receipt exists only after it.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField
from django.utils import timezone

from agencies.services import events
from netralitas.lib import dates
from netralitas.lib import strokes as drawing
from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex, utc
from netralitas.lib.codes import new_receipt
from netralitas.lib.names import same_name
from netralitas.lib.prepared import Given, PreparedRows, PreparedUpdate

from ..choices import GRACE, CeremonyState, Channel, ParticipantState, SigningMethod
from ..errors import AlreadySigned, BadSignature, ForeignKey, NotOpen, NotYet, RevokedInvitation
from ..models import Ceremony, Participant, Signature, Wave
from ..tasks import issue_pact
from .frozen import attach_ceremony

RECORD_VERSION = 2
ANNULLED = (
    "Pakta ini sudah dibatalkan. Untuk menandatangani lagi, minta tautan atau slip baru kepada "
    "operator OPD Anda."
)
DEPARTED = (
    "Anda tidak lagi tercatat sebagai peserta acara ini. Bila itu keliru, hubungi operator OPD "
    "Anda."
)
MISSING = {
    "points": "Centang setiap butir ikrar.",
    "strokes": "Tanda tangan masih kosong. Goreskan tanda tangan Anda, atau ketik nama Anda.",
    "typed_name": "Ketik nama Anda, atau goreskan tanda tangan.",
    "consent": "Berikan persetujuan Anda untuk menandatangani.",
}
STROKES_REFUSALS = {
    "empty": MISSING["strokes"],
    "too_large": "Goresan terlalu banyak untuk sebuah tanda tangan. Hapus, lalu ulangi.",
    "unreadable": "Goresan tidak terbaca. Hapus, lalu ulangi.",
    "line": "Sebuah garis lurus bukan tanda tangan. Hapus, lalu goreskan tanda tangan Anda.",
    "too_small": "Goresan terlalu kecil. Hapus, lalu goreskan tanda tangan yang lebih besar.",
}


@dataclass(frozen=True)
class Submission:
    """What a participant sends: the nonce, what was shown and ticked, and the signature itself.

    `device_time` is the device's claim, never trusted. `begun_at` is when this server made the page
    that was signed, known only by a ticket of its own. Exactly one of `strokes` and `typed_name`
    counts, by `method`.
    """

    key: UUID
    text_digest: str
    points: frozenset[int]
    consent: bool
    method: str
    strokes: list = field(default_factory=list)
    typed_name: str = ""
    device_time: datetime | None = None
    begun_at: datetime | None = None


def sign(*, invitation, submission, at=None):
    """The signature of the invited participant; the same key again gives the same signature.

    Raises AlreadySigned for another submission of the same person, ForeignKey for a key that
    somebody else used, RevokedInvitation, NotYet before the participant's turn, NotOpen when
    signing is over, BadSignature for what cannot count. What was begun before the closing is taken
    for a while after it. `at` is the moment of a signature that was given earlier and is entered
    now; no page gives it, and the audit trail tells when it was entered.
    """
    refusal = next(refusals(invitation, submission), None)
    if refusal:
        earlier = find_earlier(invitation.participant, submission.key)
        if earlier:
            return earlier
        raise refusal
    try:
        return _write(invitation, submission, at or timezone.now())
    except IntegrityError:
        earlier = find_earlier(invitation.participant, submission.key)
        if earlier:
            return earlier
        raise


def find_earlier(participant, key):
    """The participant's signature if it came with this very key, else None.

    Raises ForeignKey if the key belongs to another participant's signature.
    """
    signature = Signature.objects.filter(key=key).first()
    if signature and signature.participant_id != participant.pk:
        raise ForeignKey
    return signature


def find_by_receipt(receipt):
    """The signature with this receipt code, with participant and ceremony; None if none has it."""
    signature = next(iter(by_receipt(receipt=receipt)), None)
    if signature:
        attach_ceremony(signature.participant)
    return signature


def refusals(invitation, submission):
    """Why this would not be taken from anybody new, whatever the state of the ceremony."""
    if invitation.participant.is_departed:
        yield NotOpen(DEPARTED)
    if not (invitation.stands or invitation.helped_at(submission.begun_at)):
        yield RevokedInvitation(invitation.channel)
    yield from faults(invitation.participant, submission)


def faults(participant, submission):
    """Why this cannot count as a signature: one BadSignature for each field, none if it can."""
    text = participant.ceremony.text
    if submission.text_digest != text.digest:
        yield BadSignature("Naskah di halaman ini sudah usang. Baca dan centang sekali lagi.")
    if submission.points != frozenset(range(1, len(text.points) + 1)):
        yield BadSignature(MISSING["points"], "points")
    if submission.method == SigningMethod.TYPED:
        yield from _typed_faults(participant, submission.typed_name)
    else:
        yield from _drawn_faults(submission.strokes)
    if not submission.consent:
        yield BadSignature(MISSING["consent"], "consent")


def _typed_faults(participant, typed_name):
    if not typed_name.strip():
        yield BadSignature(MISSING["typed_name"], "typed_name")
    elif not typed_name.isprintable() or not any(
        same_name(typed_name, name) for name in (participant.bare_name, participant.name)
    ):
        yield BadSignature(
            f"Ketik nama Anda seperti pada pakta: {participant.bare_name}.", "typed_name"
        )


def _drawn_faults(strokes):
    try:
        drawing.check(strokes)
    except drawing.StrokesError as error:
        yield BadSignature(STROKES_REFUSALS[error.code], "strokes")


@transaction.atomic
def _write(invitation, submission, signed_at):
    participant = invitation.participant
    now, begun_at = timezone.now(), submission.begun_at
    is_open = claim_open(participant=participant.pk, now=now) == 1
    if not is_open and (begun_at is None or not _claim_in_grace(participant, now, begun_at)):
        return _explain(participant, submission.key, now)
    late = _is_late(participant.ceremony, begun_at, now)
    in_grace = not is_open or (participant.ceremony.is_late and not late)
    signature = _new_signature(invitation, submission, signed_at, late=late, in_grace=in_grace)
    signature.save(force_insert=True)
    by_user = invitation.channel in {Channel.ACCOUNT, Channel.ASSISTED}
    events.record(
        actor=invitation.issued_by if by_user else None,
        act="signature.given",
        obj=participant,
        government=participant.ceremony.election.government,
        employee_id=participant.employee_id,
        data={"channel": invitation.channel, "digest": signature.digest},
    )
    issue_pact.enqueue(signature.pk)
    return signature


by_receipt = PreparedRows(
    Signature.objects.order_by().select_related("participant").filter(receipt=Given("receipt"))
)
# Whether this submission is the one that makes a PENDING participant SIGNED: 1 or 0. The own state
# must stay outside a subquery: PostgreSQL checks it again after waiting for a simultaneous
# submission, and would not look into the subquery a second time.
claim_open = PreparedUpdate(
    Participant.objects.filter(
        pk=Given("participant"),
        state=ParticipantState.PENDING,
        wave__in=Wave.objects.open(Given("now", DateTimeField())),
    ),
    state=ParticipantState.SIGNED,
)


def _claim_in_grace(participant, now, begun_at):
    """The same of what was begun while signing was open."""
    waves = Wave.objects.in_grace(now, begun_at)
    pending = Participant.objects.filter(pk=participant.pk, state=ParticipantState.PENDING)
    return pending.filter(wave__in=waves).update(state=ParticipantState.SIGNED) == 1


def _is_late(ceremony, begun_at, now):
    """Whether it counts as late: not begun before the first closing, or come too long after it."""
    if not ceremony.is_late:
        return False
    return begun_at is None or begun_at >= ceremony.closed_at or now > ceremony.closed_at + GRACE


def _explain(participant, key, now):
    """Nothing could be claimed: give the same submission its receipt, or say why not."""
    signature = Signature.objects.filter(participant=participant).first()
    if signature and signature.key == key:
        return signature
    if Signature.objects.filter(key=key).exists():
        raise ForeignKey
    participant = Participant.objects.select_related("wave").get(pk=participant.pk)
    if signature and not participant.is_annulled:
        raise AlreadySigned(signature)
    ceremony = Ceremony.objects.only("state", "last_closed_at").get(pk=participant.ceremony_id)
    if participant.is_absent and ceremony.takes_deliveries(now):
        raise NotYet(absence(participant))
    check_expected(participant)
    state = ceremony.state
    if state == CeremonyState.CANCELLED:
        raise NotOpen("Acara ini dibatalkan. Tanda tangan belum diterima.")
    if state == CeremonyState.READY:
        raise NotYet("Penandatanganan belum dibuka. Tanda tangan belum diterima.")
    if state == CeremonyState.OPEN:
        raise NotYet(f"Giliran {participant.wave.name} belum dibuka. Tanda tangan belum diterima.")
    raise NotOpen("Acara ini tidak sedang dibuka. Tanda tangan belum diterima.")


def check_expected(participant):
    """Raises NotOpen for whoever is excused or refuses, was annulled, or was taken off the list."""
    if participant.is_annulled:
        raise NotOpen(ANNULLED)
    if participant.is_departed:
        raise NotOpen(DEPARTED)
    if participant.is_absent:
        raise NotOpen(absence(participant))


def absence(participant):
    """What is said to somebody who is recorded as excused or as refusing."""
    return (
        f"Anda tercatat “{participant.get_state_display().lower()}” pada acara ini. Hubungi "
        "operator OPD Anda."
    )


def check_turn(participant):
    """Raises NotYet, with when it comes, for whoever's wave has not begun."""
    wave = participant.wave
    if wave.has_begun(timezone.now()):
        return
    turn = f"Anda menandatangani pada gelombang “{wave.name}”, yang belum dibuka."
    if wave.opens_at is None:
        raise NotYet(f"{turn} Tunggu sampai panitia membukanya.")
    opens = dates.date_time(wave.opens_at, participant.ceremony.time_zone)
    raise NotYet(f"{turn} Gelombang itu dibuka otomatis pada {opens}.")


def _new_signature(invitation, submission, signed_at, *, late, in_grace):
    """An unsaved signature with its canonical record and digest."""
    drawn = submission.method == SigningMethod.DRAWN
    signature = Signature(
        participant=invitation.participant,
        invitation=invitation,
        key=submission.key,
        receipt=new_receipt(),
        text_digest=submission.text_digest,
        method=submission.method,
        strokes=submission.strokes if drawn else [],
        typed_name="" if drawn else submission.typed_name.strip(),
        channel=invitation.channel,
        signed_at=signed_at,
        device_time=submission.device_time,
        begun_at=submission.begun_at,
        late=late,
        in_grace=in_grace,
    )
    record = canonical(record_of(signature))
    signature.record = record.decode()
    signature.digest = leaf_digest(record)
    return signature


def record_of(signature):
    """What the canonical record says: what was signed, by whom, how identified, when.

    The 128 random bits keep a published digest from telling anything about a known NIP.
    """
    participant = signature.participant
    ceremony = participant.ceremony
    return {
        "record": RECORD_VERSION,
        "salt": secrets.token_hex(16),
        "key": str(signature.key),
        "receipt": signature.receipt,
        "ceremony": {
            "uuid": str(ceremony.uuid),
            "title": ceremony.title,
            "kind": ceremony.kind,
            "organizer": ceremony.organizer.name,
            "place": ceremony.place,
            "starts_at": utc(ceremony.starts_at),
            "election": ceremony.election.name,
        },
        "text": {
            "family": ceremony.text.family,
            "version": ceremony.text.version,
            "digest": signature.text_digest,
            "points_agreed": len(ceremony.text.points),
        },
        "signer": {
            "participant": str(participant.uuid),
            "name": participant.name,
            "number_kind": participant.number_kind,
            "number": participant.number,
            "kind": participant.kind,
            "grade": participant.grade,
            "position": participant.position,
            "agency": participant.agency_name,
            "opd": participant.opd_name,
        },
        "identified_by": {
            "channel": signature.channel,
            "issued_at": utc(signature.invitation.issued_at),
            **_assistance(signature.invitation),
        },
        "signature": {
            "method": signature.method,
            "strokes_sha256": sha256_hex(canonical(signature.strokes)),
            "typed_name": signature.typed_name,
            "consent": True,
        },
        "signed_at": utc(signature.signed_at),
        "begun_at": utc(signature.begun_at),
        "device_time": utc(signature.device_time),
        "late": signature.late,
        "in_grace": signature.in_grace,
    }


def _assistance(invitation):
    """Who helped and how they made sure of who signs; nothing for whoever signed alone."""
    if invitation.channel != Channel.ASSISTED:
        return {}
    helper = invitation.issued_by
    return {
        "assisted_by": {"user": str(helper.uuid), "name": str(helper)},
        "identity_check": invitation.identity_check,
    }
