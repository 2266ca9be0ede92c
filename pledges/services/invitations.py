"""Secrets that let a participant sign: issued, found, locked. The only writer of invitations.

`at` is the moment of issue if it is not now: what entering an older ceremony gives, no page does.
"""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from netralitas.lib import secret_keys
from netralitas.lib.prepared import Given, PreparedRows

from ..choices import UNCOUNTED, Channel, ParticipantState
from ..errors import UnknownInvitation, WrongPin, WrongState
from ..models import Invitation, Participant
from . import guesses, trail
from .frozen import attach_ceremony
from .guesses import LOCK, MAX_FAILURES

TOKEN_BYTES = 16
PIN_DIGITS = 8
AT_ONCE = 500
NOBODY = 0  # no row has this key
DONE = {ParticipantState.SIGNED, *UNCOUNTED}
HELD = "Sebagian peserta pada lembar ini sudah memegang slip lain. Minta lembar yang baru."
BY_LINK = {Channel.EMAIL, Channel.WHATSAPP, Channel.LINK}
# By these a whole field comes in within the same minutes.
with_participant = Invitation.objects.order_by().select_related("participant__wave")
by_id = PreparedRows(with_participant.filter(pk=Given("invitation")))
by_token = PreparedRows(
    with_participant.valid().filter(secret_hash=Given("secret_hash"), channel__in=BY_LINK)
)
# Of somebody whose pact was annulled only the slips of the place taken since.
by_number = PreparedRows(
    with_participant.with_signed_key()
    .exclude(participant__state__in=UNCOUNTED)
    .filter(
        participant__ceremony=Given("ceremony"),
        participant__number=Given("number"),
        channel=Channel.SLIP,
    )
)


@dataclass(frozen=True)
class PinSlip:
    """A participant and the PIN to print ("slip PIN"); it exists nowhere else in clear."""

    participant: Participant
    pin: str


@transaction.atomic
def issue_link(*, actor, participant, channel=Channel.LINK, sent_to="", at=None):
    """A new personal link's token (128 random bits); an older one of the channel is revoked.

    Raises WrongState before the roster is frozen, once signing has closed, and for
    whoever is not expected to sign: a signer's link would show its holder the whole pact.
    """
    check_invitable(participant.ceremony)
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
def put_back(*, issued, replaced):
    """End a link that surely reached nobody; the one that it replaced, if any, stands again.

    Neither where it was ended meanwhile: then nobody is to come in by them.
    """
    _lock([issued.participant])
    standing = Invitation.objects.valid().filter(pk=issued.pk)
    if standing.update(revoked_at=timezone.now()) and replaced:
        Invitation.objects.filter(pk=replaced.pk).update(revoked_at=None)


@transaction.atomic
def issue_links(*, actor, ceremony, participants):
    """New personal links for many, as {participant's key: token}; their older ones end.

    All or none: raises WrongState as `issue_link`.
    """
    ceremony.refresh_from_db(fields=["state"])
    check_invitable(ceremony)
    people = sorted(participants, key=lambda participant: participant.pk)
    tokens = {each.pk: secrets.token_urlsafe(TOKEN_BYTES) for each in people}
    for start in range(0, len(people), AT_ONCE):
        part = people[start : start + AT_ONCE]
        _lock_expected(part)
        _revoke(part, Channel.LINK)
        Invitation.objects.bulk_create(
            Invitation(
                participant=each,
                channel=Channel.LINK,
                secret_hash=hash_token(tokens[each.pk]),
                issued_by=actor,
            )
            for each in part
        )
    _record(actor, ceremony, Channel.LINK, len(people))
    return tokens


@transaction.atomic
def open_by_account(*, account, participant):
    """The invitation by which somebody signs as the one who has logged in.

    Asked for again it is the same, so that a page opened twice stays good. Its secret is random and
    thrown away: what stands for it is the page's ticket, and only while the account is valid.
    Raises WrongState as `issue_link` does.
    """
    check_invitable(participant.ceremony)
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
def open_assisted(*, actor, participant, identity_check):
    """The invitation by which somebody signs on the device of `actor`, who has seen who they are.

    Asked for again in the same way it is the same, so that a signature that still waits on the
    device for network stays good; otherwise it takes the place of the one before. Its secret is
    random and thrown away: what stands for it is the page's ticket. Raises WrongState as
    `issue_link` does.
    """
    check_invitable(participant.ceremony)
    _lock_expected([participant])
    assisted = {"participant": participant, "channel": Channel.ASSISTED}
    how = {"issued_by": actor, "identity_check": identity_check}
    standing = Invitation.objects.valid().filter(**assisted, **how).first()
    if standing:
        return standing
    _revoke([participant], Channel.ASSISTED)
    secret = hash_token(secrets.token_urlsafe(TOKEN_BYTES))
    invitation = Invitation.objects.create(**assisted, **how, secret_hash=secret)
    trail.record_of(actor, "assistance.opened", participant, {"channel": Channel.ASSISTED})
    return invitation


@transaction.atomic
def issue_slips(*, actor, ceremony, participants, at=None):
    """A new PIN for each of `participants`, as a list of `PinSlip`; older PINs are revoked.

    Raises WrongState as `issue_link` does, and then issues none.
    """
    slips = draw_slips(ceremony, participants)
    return issue_drawn(actor=actor, ceremony=ceremony, slips=slips, at=at)


@transaction.atomic
def issue_drawn(*, actor, ceremony, slips, at=None):
    """`validate_slips` while the ceremony awaits signers, for people who all are expected to sign.

    Raises WrongState otherwise, and then no slip is valid.
    """
    ceremony.refresh_from_db(fields=["state"])
    check_invitable(ceremony)
    _lock_expected([slip.participant for slip in slips])
    return validate_slips(actor=actor, ceremony=ceremony, slips=slips, at=at)


def draw_slips(ceremony, participants):
    """A PIN for each, valid only from `validate_slips` on; raises WrongState by the ceremony."""
    check_invitable(ceremony)
    return [PinSlip(participant, new_pin()) for participant in participants]


@transaction.atomic
def validate_slips(*, actor, ceremony, slips, replace=True, at=None):
    """Make drawn PINs valid and revoke older ones; the slips of those who have not signed.

    Without `replace` nothing is revoked: raises WrongState if somebody holds a valid one.
    All or none: a sheet on paper holds no PIN that is not valid, unless its owner has signed. Who
    is excused by now may be expected again, and then signs with the slip of this sheet.
    """
    issued_at = at or timezone.now()
    # In the order in which everybody locks them, whatever the order on paper.
    slips = sorted(slips, key=lambda slip: slip.participant.pk)
    parts = [slips[start : start + AT_ONCE] for start in range(0, len(slips), AT_ONCE)]
    valid = [slip for part in parts for slip in _validate(actor, part, issued_at, replace)]
    if valid:
        only = valid[0].participant.employee if len(valid) == 1 else None
        _record(actor, ceremony, Channel.SLIP, len(valid), only)
    return valid


def _validate(actor, slips, issued_at, replace):
    """`validate_slips` of so many as one query can name."""
    states = _lock([slip.participant for slip in slips])
    slips = [slip for slip in slips if states[slip.participant.pk] not in DONE]
    if _revoke([slip.participant for slip in slips], Channel.SLIP) and not replace:
        raise WrongState(HELD)
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
        batch_size=AT_ONCE,
    )
    return slips


@transaction.atomic
def unlock(*, actor, participant):
    """End the pause after wrong PINs at once, and count anew.

    Raises WrongState if the participant's slip is not locked.
    """
    locked = Invitation.objects.locked(timezone.now()).filter(participant=participant)
    if not locked.update(failures=0, locked_until=None):
        raise WrongState("Slip PIN peserta ini tidak sedang terkunci.")
    trail.record_of(actor, "invitation.unlocked", participant, {"channel": Channel.SLIP})


def find_by_token(token):
    """The invitation of a personal link. Raises UnknownInvitation, also for a revoked one: nobody
    learns which links there were.
    """
    hashes = [hash_token(token, secret) for secret in secret_keys.known()]
    return _found([invitation for each in hashes for invitation in by_token(secret_hash=each)])


def find_by_account(*, account, participant):
    """The invitation that `account` opened for its own participant, if it stands; else None."""
    opened = Invitation.objects.valid().filter(
        participant=participant, channel=Channel.ACCOUNT, issued_by=account
    )
    invitation = opened.select_related("participant", "issued_by").first()
    if invitation is None or not invitation.stands:
        return None
    attach_ceremony(invitation.participant)
    return invitation


def find_by_id(invitation_id):
    """The invitation a signing page was made for, revoked or not. Raises UnknownInvitation."""
    return _found(by_id(invitation=invitation_id))


def find_by_pin(*, ceremony, number, pin, key=None):
    """The invitation of a printed slip. Raises WrongPin or Locked.

    Wrong PINs are counted on this participant's invitation alone, never on an address: a whole
    field of phones shares one. A number that holds no slip, and a slip that was replaced, are
    answered, counted and locked alike and with the same work, so that nobody learns who is on the
    roster. With the nonce `key` of the participant's own signature a replaced slip is found too:
    its receipt may have been lost.
    """
    slips = by_number(ceremony=ceremony.pk, number=number)
    valid = next((slip for slip in slips if slip.revoked_at is None), None)
    given = hashes_of_pin(slips[0].participant if slips else Participant(), pin)
    same = [
        slip
        for slip in slips
        for hashed in given
        if constant_time_compare(slip.secret_hash, hashed)
    ]
    found = next((slip for slip in same if _lets_in(slip, key)), None)
    if found is None or (valid and guesses.is_ahead(valid.locked_until)):
        _refuse_pin(valid, ceremony, number)
    if found.failures:
        Invitation.objects.filter(pk=found.pk).update(failures=0, locked_until=None)
    attach_ceremony(found.participant)
    return found


def _found(invitations):
    """The at most one of `invitations`, with its ceremony. Raises UnknownInvitation if none."""
    if not invitations:
        raise UnknownInvitation
    [invitation] = invitations
    attach_ceremony(invitation.participant)
    return invitation


def _lets_in(invitation, key):
    """Whether it is valid, or brings back the receipt of what was signed with the nonce `key`."""
    return invitation.revoked_at is None or (key is not None and invitation.signed_key == key)


def hash_token(token, secret=None):
    """Keyed hash of a link's token (SHA-256 HMAC under `secret`, else SECRET_KEY)."""
    return salted_hmac("pledges.link", token, secret=secret, algorithm="sha256").hexdigest()


def hash_pin(participant, pin, secret=None):
    """Keyed hash of a PIN, bound to the participant so that equal PINs differ; as `hash_token`."""
    bound = f"{participant.uuid}:{pin}"
    return salted_hmac("pledges.pin", bound, secret=secret, algorithm="sha256").hexdigest()


def hashes_of_pin(participant, pin):
    """Every hash that stands for a PIN: it may have been issued under a key replaced since."""
    return [hash_pin(participant, pin, secret) for secret in secret_keys.known()]


def new_pin():
    """Eight random digits."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def check_invitable(ceremony):
    """Raises WrongState before the roster is frozen, and once signing has closed.

    What is issued ends what was issued before, and after the closing a device may still hold a
    signature that counts, under the older one.
    """
    if not ceremony.awaits_signers:
        raise WrongState(
            "Undangan hanya dapat diterbitkan setelah daftar peserta dibekukan dan sebelum "
            "penandatanganan ditutup."
        )


def _lock(participants):
    """Hold the participants' rows until the transaction ends; {key: state} as it is now.

    Of two who issue at the same moment the second waits, and revokes what the first has issued.
    """
    rows = Participant.objects.select_for_update(no_key=True).order_by("pk")
    return dict(rows.filter(pk__in=[each.pk for each in participants]).values_list("pk", "state"))


def _lock_expected(participants):
    """`_lock`; raises WrongState unless all are PENDING."""
    if list(_lock(participants).values()).count(ParticipantState.PENDING) < len(participants):
        raise WrongState(
            "Undangan hanya diterbitkan bagi peserta yang belum menandatangani dan tidak tercatat "
            "berhalangan atau menolak."
        )


def _refuse_pin(valid, ceremony, number):
    """Count one wrong PIN more, on the valid slip or, without one, on the number.

    Raises WrongPin or Locked. Either way both are asked and written, in one transaction: how long
    it takes must not tell whether there is a slip.
    """
    locked_until = guesses.locked_until(ceremony, number)
    guesses.check_lock(valid.locked_until if valid else locked_until)
    with transaction.atomic():
        guesses.count(ceremony, number)
        mine = Invitation.objects.filter(pk=valid.pk if valid else NOBODY)
        mine.update(failures=F("failures") + 1)
        locked = {"failures": 0, "locked_until": timezone.now() + LOCK}
        mine.filter(failures__gte=MAX_FAILURES).update(**locked)
    raise WrongPin


def revoke_all(participant):
    """End every way in of one participant; call it inside the transaction of an act."""
    Invitation.objects.valid().filter(participant=participant).update(revoked_at=timezone.now())


def _revoke(participants, channel):
    """End the valid invitations of the channel; returns how many there were."""
    standing = Invitation.objects.valid().filter(participant__in=participants, channel=channel)
    return standing.update(revoked_at=timezone.now())


def _record(actor, ceremony, channel, count, employee=None):
    data = {"channel": channel, "count": count}
    trail.record(actor, "invitation.issued", ceremony, data, employee=employee)
