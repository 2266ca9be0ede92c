"""What the worker does for this app. Every task is safe to run twice."""

from datetime import timedelta

from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import task

from .choices import MailState
from .models import AccountMail
from .services import import_work, mailing

# After how many minutes an import is taken up again when database or file store are busy or away.
PAUSES = (1, 5, 30, 120, 720)
# Somebody waits for these: they go before the pacts, of which a ceremony leaves thousands.
AWAITED = 50
AWAY = (OperationalError, OSError)


@task(priority=AWAITED)
def read_import(import_uuid, failures=0):
    """Read the files of an import into its preview; later, if database or files are away."""
    try:
        import_work.read(import_uuid)
    except AWAY:
        _try_later(read_import, import_uuid, failures)
        raise


@task(priority=AWAITED)
def apply_import(import_uuid, failures=0):
    """Write an approved import; later, if database or files are away."""
    try:
        import_work.apply(import_uuid)
    except AWAY:
        _try_later(apply_import, import_uuid, failures)
        raise


@task(priority=AWAITED)
def send_account_mail(mail_uuid):
    """Send one mail about an account; what fails is tried again a few times, ever later.

    A mail already sent is not sent again, unless the worker died between sending and noting it.
    """
    waiting = AccountMail.objects.filter(uuid=mail_uuid, state=MailState.WAITING)
    mail = waiting.select_related("user__government", "user__employee").first()
    if mail is None:
        return
    try:
        mailing.send(mail)
    except mailing.FAILURES as error:
        with transaction.atomic():
            pause = mailing.note_failure(mail, error)
            if pause:
                later = send_account_mail.using(run_after=timezone.now() + pause)
                later.enqueue(mail_uuid)


def _try_later(again, import_uuid, failures):
    """Put the task into the queue once more, ever later, unless it has failed too often."""
    if failures < len(PAUSES):
        later = timezone.now() + timedelta(minutes=PAUSES[failures])
        again.using(run_after=later).enqueue(import_uuid, failures + 1)
        # Last: the table of imports may be the one that is away.
        import_work.note_waiting(import_uuid)
