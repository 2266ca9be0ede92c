"""What the worker does. Every task is safe to run twice."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .choices import MailState
from .models import AccountMail
from .services import mailing


@task()
def send_account_mail(mail_uuid):
    """Send one mail about an account; what fails is tried again a few times, ever later.

    A mail already sent is not sent again, unless the worker died between sending and noting it.
    """
    waiting = AccountMail.objects.filter(state=MailState.WAITING)
    related = ("user__government", "user__employee", "requested_by")
    mail = waiting.select_related(*related).filter(uuid=mail_uuid).first()
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
