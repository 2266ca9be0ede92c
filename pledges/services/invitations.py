"""Secrets that let a participant sign: issued, found, locked. The only writer of invitations.

`at` is the moment of issue if it is not now: what entering an older ceremony gives, no page does.
"""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from agencies.services import events

from ..choices import CeremonyState, Channel, ParticipantState
from ..errors import RevokedInvitation, UnknownInvitation, WrongPin, WrongState
from ..models import Invitation, Participant
from . import guesses
from .guesses import LOCK, MAX_FAILURES

TOKEN_BYTES = 16
PIN_DIGITS = 8
INVITABLE = {CeremonyState.READY, CeremonyState.OPEN, CeremonyState.CLOSED}


@dataclass(frozen=True)
class Slip:
    """A participant and the PIN to print; the PIN exists nowhere else in clear."""

    participant: Participant
    pin: str


@transaction.atomic
def issue_link(*, actor, participant, channel=Channel.LINK, sent_to="", at=None):
    """A new personal link's token (128 random bits); an older one of the channel is revoked.

    Raises WrongState before the roster is frozen, when the ceremony is over for good, and for
    whoever is not expected to sign: a signer's link would show its holder the whole pact.
    """
    _check_invitable(participant.ceremony)
    _lock_expected([participant])
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _revoke([participant], channel)
    Invitation.objects.create(
        participant=participant,
        channel=channel,
        secret_hash=hash_token(token),
        issued_by=actor,
        sent_to=sent_to,
        issued_at=at or timezone.now(),
    )
    _record(actor, participant.ceremony, channel, 1, participant.employee)
    return token


@transaction.atomic
def open_by_account(*, account, participant):
    """The invitation by which somebody signs as the one who has logged in.

    Asked for again it is the same, so that a page opened twice stays good. Its secret is random and
    thrown away: what stands for it is the page's ticket, and only while the account is valid.
    Raises WrongState as `issue_link` does.
    """
    _check_invitable(participant.ceremony)
    _lock_expected([participant])
    standing = find_by_account(account=account, participant=participant)
    if standing:
        return standing
    _revoke([participant], Channel.ACCOUNT)
    invitation = Invitation.objects.create(
        participant=participant,
        channel=Channel.ACCOUNT,
        secret_hash=hash_token(secrets.token_urlsafe(TOKEN_BYTES)),
        issued_by=account,
    )
    _record(account, participant.ceremony, Channel.ACCOUNT, 1, participant.employee)
    return invitation


@transaction.atomic
def issue_slips(*, actor, ceremony, participants, at=None):
    """A new PIN for each of `participants`, as a list of `Slip`; older PINs are revoked.

    Raises WrongState as `issue_link` does, and then issues none.
    """
    slips = draw_slips(ceremony, participants)
    _lock_expected(participants)
    return validate_slips(actor=actor, ceremony=ceremony, slips=slips, at=at)


def draw_slips(ceremony, participants):
    """A PIN for each, valid only from `validate_slips` on; raises WrongState by the ceremony."""
    _check_invitable(ceremony)
    return [Slip(participant, new_pin()) for participant in participants]


@transaction.atomic
def validate_slips(*, actor, ceremony, slips, at=None):
    """Make drawn PINs valid and revoke older ones; the slips of those still expected to sign."""
    pending = _lock([slip.participant for slip in slips])
    slips = [slip for slip in slips if slip.participant.pk in pending]
    _revoke([slip.participant for slip in slips], Channel.SLIP)
    issued_at = at or timezone.now()
    Invitation.objects.bulk_create(
        (
            Invitation(
                participant=slip.participant,
                channel=Channel.SLIP,
                secret_hash=hash_pin(slip.participant, slip.pin),
                issued_by=actor,
                issued_at=issued_at,
            )
            for slip in slips
        ),
        batch_size=500,
    )
    if slips:
        _record(actor, ceremony, Channel.SLIP, len(slips))
    return slips


def find_by_token(token):
    """The invitation of a personal link. Raises UnknownInvitation or RevokedInvitation."""
    invitation = (
        Invitation.objects.select_related(*WITH_CEREMONY)
        .filter(secret_hash=hash_token(token))
        .exclude(channel__in=[Channel.SLIP, Channel.ACCOUNT])
        .first()
    )
    if invitation is None:
        raise UnknownInvitation
    if invitation.revoked_at:
        raise RevokedInvitation(invitation.channel)
    return invitation


def find_by_account(*, account, participant):
    """The invitation that `account` opened for its own participant, if it stands; else None."""
    related = (*WITH_CEREMONY, "issued_by")
    opened = (
        Invitation.objects.select_related(*related)
        .valid()
        .filter(participant=participant, channel=Channel.ACCOUNT, issued_by=account)
    )
    return next((invitation for invitation in opened if invitation.stands), None)


def find_by_id(invitation_id):
    """The invitation a signing page was made for, revoked or not. Raises UnknownInvitation."""
    invitation = Invitation.objects.select_related(*WITH_CEREMONY).filter(pk=invitation_id).first()
    if invitation is None:
        raise UnknownInvitation
    return invitation


def find_by_pin(*, ceremony, number, pin):
    """The invitation of a printed slip. Raises WrongPin, Locked or RevokedInvitation.

    Wrong PINs are counted on this participant's invitation alone, never on an address: a whole
    field of phones shares one. A number that holds no slip is answered, counted and locked alike,
    so that nobody learns who is on the roster. That a slip was replaced is told only to whoever
    has its number and its PIN.
    """
    slips = list(
        Invitation.objects.select_related(*WITH_CEREMONY).filter(
            participant__ceremony=ceremony, participant__number=number, channel=Channel.SLIP
        )
    )
    valid = next((slip for slip in slips if slip.revoked_at is None), None)
    guesses.check_lock(valid.locked_until if valid else guesses.locked_until(ceremony, number))
    given = hash_pin(slips[0].participant if slips else Participant(), pin)
    found = next((slip for slip in slips if constant_time_compare(slip.secret_hash, given)), None)
    if found is None:
        _count_failure(valid, ceremony, number)
        raise WrongPin
    if found.revoked_at:
        raise RevokedInvitation(found.channel)
    if found.failures:
        Invitation.objects.filter(pk=found.pk).update(failures=0, locked_until=None)
    return found


WITH_CEREMONY = (
    "participant__ceremony__election",
    "participant__ceremony__text",
    "participant__ceremony__organizer",
    "participant__employee__government",
)


def hash_token(token):
    """Keyed hash of a link's token (SHA-256 HMAC under SECRET_KEY)."""
    return salted_hmac("pledges.link", token, algorithm="sha256").hexdigest()


def hash_pin(participant, pin):
    """Keyed hash of a PIN, bound to the participant so that equal PINs differ."""
    return salted_hmac("pledges.pin", f"{participant.uuid}:{pin}", algorithm="sha256").hexdigest()


def new_pin():
    """Eight random digits."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def _check_invitable(ceremony):
    if ceremony.state not in INVITABLE:
        raise WrongState(
            "Undangan hanya dapat diterbitkan setelah daftar peserta dibekukan dan sebelum acara "
            "diarsipkan atau dibatalkan."
        )


def _lock(participants):
    """Hold the participants' rows until the transaction ends; the keys of those still PENDING.

    Of two who issue at the same moment the second waits, and revokes what the first has issued.
    """
    rows = Participant.objects.select_for_update(no_key=True).order_by("pk")
    rows = rows.filter(pk__in=[each.pk for each in participants]).values_list("pk", "state")
    return {pk for pk, state in rows if state == ParticipantState.PENDING}


def _lock_expected(participants):
    """`_lock`; raises WrongState unless all are PENDING."""
    if len(_lock(participants)) < len(participants):
        raise WrongState(
            "Undangan hanya diterbitkan bagi peserta yang belum menandatangani dan tidak tercatat "
            "berhalangan atau menolak."
        )


def _count_failure(invitation, ceremony, number):
    """One wrong PIN more, on the valid slip or, without one, on the number."""
    if invitation is None:
        guesses.count(ceremony, number)
        return
    mine = Invitation.objects.filter(pk=invitation.pk)
    mine.update(failures=F("failures") + 1)
    mine.filter(failures__gte=MAX_FAILURES).update(failures=0, locked_until=timezone.now() + LOCK)


def _revoke(participants, channel):
    Invitation.objects.valid().filter(participant__in=participants, channel=channel).update(
        revoked_at=timezone.now()
    )


def _record(actor, ceremony, channel, count, employee=None):
    events.record(
        actor=actor,
        act="invitation.issued",
        obj=ceremony,
        government=ceremony.organizer.government,
        employee=employee,
        data={"channel": channel, "count": count},
    )
