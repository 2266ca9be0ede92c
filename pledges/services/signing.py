"""Signing: one service behind every way in, and the only writer of signatures.

An acknowledged signature is durable: participant, signature, event and the task that makes the
pact are written in one transaction, and the receipt exists only after it.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.services import events
from netralitas.lib import strokes as drawing
from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex
from netralitas.lib.codes import new_receipt
from netralitas.lib.names import same_name

from ..choices import CeremonyState, Channel, ParticipantState, SigningMethod
from ..errors import AlreadySigned, BadSignature, ForeignKey, NotOpen, RevokedInvitation
from ..models import Ceremony, Participant, Signature
from ..tasks import issue_pact

RECORD_VERSION = 1
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

    `device_time` is the device's claim, never trusted. Exactly one of `strokes` and `typed_name`
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


def sign(*, invitation, submission, at=None):
    """The signature of the invited participant; the same key again gives the same signature.

    Raises AlreadySigned for another submission of the same person, ForeignKey for a key that
    somebody else used, RevokedInvitation, NotOpen while the ceremony is not open, BadSignature
    for what cannot count. `at` is the moment of a signature that was given earlier and is entered
    now; no page gives it, and the audit trail tells when it was entered.
    """
    participant = invitation.participant
    earlier = find_earlier(participant, submission.key)
    if earlier:
        return earlier
    if not invitation.stands:
        raise RevokedInvitation(invitation.channel)
    for fault in faults(participant, submission):
        raise fault
    try:
        return _write(invitation, submission, at or timezone.now())
    except IntegrityError as error:
        raise ForeignKey from error


def find_earlier(participant, key):
    """The participant's signature if it came with this very key, else None.

    Raises ForeignKey if the key belongs to another participant's signature.
    """
    signature = Signature.objects.filter(key=key).first()
    if signature and signature.participant_id != participant.pk:
        raise ForeignKey
    return signature


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
    elif not any(same_name(typed_name, name) for name in (participant.bare_name, participant.name)):
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
    # The participant's own state must stay outside a subquery: PostgreSQL checks it again after
    # waiting for a simultaneous submission, and would not look into the subquery a second time.
    claimed = Participant.objects.filter(
        pk=participant.pk,
        state=ParticipantState.PENDING,
        ceremony__in=Ceremony.objects.open(),
    ).update(state=ParticipantState.SIGNED)
    if not claimed:
        return _explain(participant, submission.key)
    signature = _new_signature(invitation, submission, signed_at)
    signature.save(force_insert=True)
    by_account = invitation.channel == Channel.ACCOUNT
    events.record(
        actor=invitation.issued_by if by_account else None,
        act="signature.given",
        obj=participant,
        government=participant.employee.government,
        employee=participant.employee,
        data={"channel": invitation.channel, "digest": signature.digest},
    )
    issue_pact.enqueue(signature.pk)
    return signature


def _explain(participant, key):
    """Nothing could be claimed: give the same submission its receipt, or say why not."""
    signature = Signature.objects.filter(participant=participant).first()
    if signature and signature.key == key:
        return signature
    if signature:
        raise AlreadySigned(signature)
    participant.refresh_from_db()
    check_expected(participant)
    if Ceremony.objects.filter(pk=participant.ceremony_id, state=CeremonyState.CANCELLED).exists():
        raise NotOpen("Acara ini dibatalkan. Tanda tangan belum diterima.")
    raise NotOpen("Acara ini tidak sedang dibuka. Tanda tangan belum diterima.")


def check_expected(participant):
    """Raises NotOpen for whoever is recorded as excused or as refusing."""
    if participant.state in {ParticipantState.EXCUSED, ParticipantState.REFUSED}:
        raise NotOpen(
            f"Anda tercatat “{participant.get_state_display().lower()}” pada acara ini. Hubungi "
            "operator instansi Anda."
        )


def _new_signature(invitation, submission, signed_at):
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
        late=invitation.participant.ceremony.is_late,
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
        },
        "signature": {
            "method": signature.method,
            "strokes_sha256": sha256_hex(canonical(signature.strokes)),
            "typed_name": signature.typed_name,
            "consent": True,
        },
        "signed_at": utc(signature.signed_at),
        "device_time": utc(signature.device_time),
        "late": signature.late,
    }


def utc(moment):
    """ISO 8601 in UTC to the microsecond, or None."""
    return moment.astimezone(UTC).isoformat() if moment else None
