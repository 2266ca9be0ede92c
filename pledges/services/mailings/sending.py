"""What the worker does: finds the recipients of a mailing that is due, and hands their mails over.

Nobody gets a mail twice, whatever dies: a mail is claimed (WAITING to SENDING) in a transaction of
its own, in which its link is issued, before the mail server hears of it. What a worker that died
has claimed is told as UNSURE and never sent again by itself. `handed_at` is the claim: only who
made it notes how it ended. Several workers share one rate (MAIL_PER_MINUTE).
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from agencies.models import User
from netralitas.lib.post import NotSent, Post, Refused, ServerAway, Unanswered

from ...choices import Channel, MailingState, ParticipantMailState
from ...errors import WrongState
from ...models import Mailing, ParticipantMail
from .. import invitations, trail
from . import hours, letters, reasons, recipients

MINUTE = timedelta(minutes=1)
PAUSES = (MINUTE, timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
# Longer than any conversation with a mail server may take: five answers of EMAIL_TIMEOUT at most.
LOST_AFTER = timedelta(minutes=10)
BATCH = 200
AT_ONCE = 500

logger = logging.getLogger(__name__)


def work(now=None):
    """Everything that is due now, as far as the rate lets; returns how many were handed over.

    Safe to run twice, also at once. A mail server that is away ends it: nothing is claimed, and it
    is asked again at the next beat.
    """
    now = now or timezone.now()
    tell_lost(now)
    handed = 0
    mailings = due(now)
    for mailing in mailings:
        begin(mailing)
    # The smallest first: a last call of one OPD does not wait behind the invitations of all.
    mailings.sort(key=lambda mailing: mailing.mails.due(now).count())
    with Post() as post:
        for mailing in mailings:
            try:
                handed += _send_all(mailing, post, BATCH - handed)
            except ServerAway as error:
                logger.warning("The mail server cannot be reached: %s", error)
                return handed
            finish(mailing)
    return handed


def due(now):
    """The mailings whose time has come, but not those for whom it is night."""
    mailings = Mailing.objects.due(now).select_related("ceremony__organizer", "opd", "asked_by")
    return [each for each in mailings if not hours.is_quiet(each, now)]


def is_anything_due():
    """Whether the worker has something to do for a mailing now."""
    now = timezone.now()
    if ParticipantMail.objects.lost(now - LOST_AFTER).exists():
        return True
    return any(
        each.state == MailingState.PLANNED
        or each.mails.due(now).exists()
        or not each.mails.unfinished().exists()
        for each in due(now)
    )


def tell_lost(now):
    """UNSURE for what dead workers had claimed; returns how many."""
    lost = ParticipantMail.objects.lost(now - LOST_AFTER)
    return lost.update(state=ParticipantMailState.UNSURE, reason=reasons.UNSURE)


@transaction.atomic
def begin(mailing):
    """SENDING, with one mail for each who has not signed by now and can be reached.

    A ceremony that takes no signatures any more cancels it, and says why.
    """
    planned = Mailing.objects.filter(pk=mailing.pk, state=MailingState.PLANNED)
    if not mailing.ceremony.awaits_signers:
        if planned.update(state=MailingState.CANCELLED, reason=reasons.CLOSED):
            mailing.state = MailingState.CANCELLED
        return
    if not planned.update(state=MailingState.SENDING):
        return
    # As they are today: roles may have ended since the asking.
    asker = User.objects.get(pk=mailing.asked_by_id)
    reached = recipients.reach(mailing.ceremony, asker, mailing.opd).reached
    mails = (
        ParticipantMail(
            mailing=mailing,
            participant=each,
            address=each.employee.email,
            message_id=letters.new_message_id(),
        )
        for each in reached
    )
    ParticipantMail.objects.bulk_create(mails, batch_size=AT_ONCE)
    trail.record(mailing.asked_by, "mailing.begun", mailing.ceremony, {"count": len(reached)})


def finish(mailing):
    """DONE once nothing waits and nothing is on its way."""
    if not mailing.mails.unfinished().exists():
        sending = Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING)
        sending.update(state=MailingState.DONE, done_at=timezone.now())


def _send_all(mailing, post, most):
    """Hand over at most `most` mails that are due; returns how many were. Raises ServerAway."""
    keys = mailing.mails.due(timezone.now()).values_list("pk", flat=True)[: max(most, 0)]
    handed = 0
    for key in list(keys):
        post.open()
        claimed, token = _claim(key)
        if claimed is None:
            return handed
        if token:
            handed += 1
            _hand_over(post, claimed, token)
    return handed


@transaction.atomic
def _claim(key):
    """(mail, token) of a mail that is ours to hand over now; the token is None if it was dropped or
    somebody else was faster, and so is the mail if the rate is used up or the night has come.

    The first mailing's row is what all workers wait for, so that they count the same minute.
    """
    Mailing.objects.select_for_update(no_key=True).order_by("pk").first()
    now = timezone.now()
    if (
        ParticipantMail.objects.filter(handed_at__gt=now - MINUTE).count()
        >= settings.MAIL_PER_MINUTE
    ):
        return None, None
    mails = ParticipantMail.objects.select_related(
        "participant__employee",
        "mailing__ceremony__organizer",
        "mailing__ceremony__campaign",
        "mailing__asked_by",
    )
    mail = mails.get(pk=key)
    if hours.is_quiet(mail.mailing, now):
        return None, None
    claim = ParticipantMail.objects.filter(
        pk=key, state=ParticipantMailState.WAITING, mailing__state=MailingState.SENDING
    )
    if not claim.update(state=ParticipantMailState.SENDING, handed_at=now):
        return mail, None
    mail.handed_at = now
    why_not = _why_not(mail)
    if not why_not:
        try:
            return mail, _issue(mail)
        except WrongState:  # somebody signed, or closed, in this very moment
            why_not = reasons.SIGNED
    _settle(mail, ParticipantMailState.DROPPED, reason=why_not, handed_at=None)
    return mail, None


def _why_not(mail):
    """Why this mail is wanted no more; empty if it is."""
    if not mail.mailing.ceremony.awaits_signers:
        return reasons.CLOSED
    if not mail.participant.is_pending:
        return reasons.SIGNED
    if not recipients.has_address(mail.participant.employee):
        return reasons.NO_ADDRESS
    lately = recipients.served_lately([mail.participant], mail.handed_at).exclude(pk=mail.pk)
    return reasons.RECENT if lately.exists() else ""


def _issue(mail):
    """The token of the link in this mail, to the address of today; a link mailed before ends."""
    links = mail.participant.invitations.valid().filter(channel=Channel.EMAIL)
    mail.replaced, mail.address = links.first(), mail.participant.employee.email
    token = invitations.issue_link(
        actor=mail.mailing.asked_by,
        participant=mail.participant,
        channel=Channel.EMAIL,
        sent_to=mail.address,
    )
    mail.invitation = links.get()
    mail.save(update_fields=["invitation", "address"])
    return token


def _hand_over(post, mail, token):
    """Give the mail to the server and note how that ended; raises ServerAway."""
    try:
        post.hand_over(letters.message_for(mail, token))
    except Unanswered:
        _settle(mail, ParticipantMailState.UNSURE, reason=reasons.UNSURE)
    except ServerAway:
        _not_sent(mail, ParticipantMailState.WAITING)
        raise
    except Refused as refusal:
        why = reasons.sentence_for(refusal.code, refusal.status)
        _not_sent(mail, ParticipantMailState.BOUNCED, reason=why)
    except NotSent as error:
        _try_later(mail, error)
    except ValueError:  # what no header can hold
        logger.exception("The mail %s cannot be written", mail.uuid)
        _not_sent(mail, ParticipantMailState.FAILED, reason=reasons.NOT_WRITTEN)
    else:
        _settle(mail, ParticipantMailState.SENT, sent_at=timezone.now(), reason="")


@transaction.atomic
def _not_sent(mail, state, **fields):
    """The same, of a mail that surely reached nobody: the link mailed before stands again."""
    if _settle(mail, state, **fields):
        invitations.put_back(issued=mail.invitation, replaced=mail.replaced)


def _try_later(mail, error):
    """WAITING again, for longer each time; FAILED after the last."""
    failures = mail.failures + 1
    why = reasons.sentence_for(error.code, error.status)
    if failures > len(PAUSES):
        _not_sent(mail, ParticipantMailState.FAILED, failures=failures, reason=why)
        return
    again = timezone.now() + PAUSES[failures - 1]
    _not_sent(mail, ParticipantMailState.WAITING, failures=failures, next_at=again, reason=why)
    stopped = ParticipantMail.objects.filter(
        pk=mail.pk, state=ParticipantMailState.WAITING, mailing__state=MailingState.CANCELLED
    )
    stopped.update(state=ParticipantMailState.DROPPED, reason=reasons.STOPPED)


def _settle(mail, state, **fields):
    """Note how a claim ended, if it is still this one: also one that was thought to be lost.

    Returns whether it was.
    """
    ours = ParticipantMail.objects.filter(
        pk=mail.pk,
        handed_at=mail.handed_at,
        state__in=[ParticipantMailState.SENDING, ParticipantMailState.UNSURE],
    )
    return bool(ours.update(state=state, **fields))
