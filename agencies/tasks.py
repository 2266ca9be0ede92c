"""What the worker does for this app. Every task is safe to run twice."""

from datetime import timedelta

from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import task

from .choices import MailState
from .models import AccountMail
from .services import import_work, mailing

RETRY_AFTER = timedelta(minutes=1)
RETRIES = 5


@task()
def read_import(import_uuid, retries=RETRIES):
    """Read the files of an import into its preview; later, if the database is busy or away."""
    try:
        import_work.read(import_uuid)
    except OperationalError:
        if retries:
            _later(read_import).enqueue(import_uuid, retries - 1)
        raise


@task()
def apply_import(import_uuid, retries=RETRIES):
    """Write an approved import; later, if the database is busy or away."""
    try:
        import_work.apply(import_uuid)
    except OperationalError:
        if retries:
            _later(apply_import).enqueue(import_uuid, retries - 1)
        raise


@task()
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


def _later(again):
    return again.using(run_after=timezone.now() + RETRY_AFTER)
