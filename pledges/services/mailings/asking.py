"""A mailing is asked for, and stopped; one mail of it is sent again by hand."""

from django.db import transaction
from django.utils import timezone

from ...choices import MailingState, ParticipantMailState
from ...errors import WrongState
from ...models import Mailing, ParticipantMail
from .. import trail
from ..invitations import check_invitable
from . import letters, reasons, recipients

NOBODY = "Tidak ada peserta yang masih harus menandatangani."
OVER = "Kiriman ini sudah selesai atau sudah dibatalkan."
SURE = "Hanya surel yang gagal atau yang tidak pasti terkirim yang dapat dikirim lagi."
AGAIN = [
    ParticipantMailState.FAILED,
    ParticipantMailState.UNSURE,
    ParticipantMailState.BOUNCED,
]


@transaction.atomic
def ask(*, actor, mailing):
    """Plan `mailing` (not saved yet); who gets it is found when its time has come.

    Raises WrongState before the roster is frozen, once signing has closed, and if nobody whom
    `actor` may invite is left to sign.
    """
    check_invitable(mailing.ceremony)
    if not recipients.expected(mailing.ceremony, actor, mailing.opd).exists():
        raise WrongState(NOBODY)
    mailing.asked_by = actor
    mailing.save(force_insert=True)
    _record(actor, "mailing.asked", mailing)
    return mailing


@transaction.atomic
def stop(*, actor, mailing):
    """CANCELLED: what was not handed over yet is not sent. Raises WrongState if it is over."""
    stopped = Mailing.objects.filter(pk=mailing.pk).unfinished()
    if not stopped.update(state=MailingState.CANCELLED):
        raise WrongState(OVER)
    waiting = ParticipantMail.objects.filter(mailing=mailing, state=ParticipantMailState.WAITING)
    waiting.update(state=ParticipantMailState.DROPPED, reason=reasons.STOPPED)
    _record(actor, "mailing.cancelled", mailing)


@transaction.atomic
def send_again(*, actor, mail):
    """Let a mail wait to be sent once more, as a new mail with a new link.

    Somebody has looked at it: one that is UNSURE may then arrive twice. Raises WrongState for any
    that is on its way, has arrived or is not wanted, and once signing has closed.
    """
    check_invitable(mail.mailing.ceremony)
    # The mailing first: whoever claims a mail locks in this order too.
    Mailing.objects.filter(pk=mail.mailing_id, state=MailingState.DONE).update(
        state=MailingState.SENDING, done_at=None
    )
    if not Mailing.objects.filter(pk=mail.mailing_id, state=MailingState.SENDING).exists():
        raise WrongState(OVER)
    rows = ParticipantMail.objects.filter(pk=mail.pk, state__in=AGAIN)
    if not rows.update(
        state=ParticipantMailState.WAITING,
        address=mail.participant.employee.email,
        message_id=letters.new_message_id(),
        failures=0,
        next_at=timezone.now(),
        sent_at=None,
        reason="",
    ):
        raise WrongState(SURE)
    trail.record_of(actor, "mailing.again", mail.participant)


def _record(actor, act, mailing):
    agency = {"agency": str(mailing.opd.uuid)} if mailing.opd else {}
    trail.record(actor, act, mailing.ceremony, {"kind": mailing.kind} | agency)
