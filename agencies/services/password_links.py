"""Mails the link that sets a new password. The worker makes it, so that no queue holds it."""

import logging
from datetime import timedelta

from allauth.account.forms import default_token_generator
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from netralitas.lib.dates import date_time

from ..models import User

SUBJECT = "Kata sandi baru untuk akun Netralitas Anda"
TEMPLATES = ("emails/password_link.txt", "emails/password_link.html")
HEADERS = {"Auto-Submitted": "auto-generated"}
PAUSE = timedelta(minutes=1)
RETRIES = 4

logger = logging.getLogger(__name__)


@task()
def send_password_links(user_uuids, retries=RETRIES):
    """Send each of the users a link; those whose mail fails are tried again a few times.

    Who has no address any more, or whose account was ended, gets none.
    """
    users = User.objects.filter(uuid__in=user_uuids, is_active=True).exclude(email="")
    failed = [str(user.uuid) for user in users.select_related("government") if not _sent(user)]
    if failed and retries:
        later = send_password_links.using(run_after=timezone.now() + PAUSE)
        later.enqueue(failed, retries - 1)


def _sent(user):
    try:
        message_to(user).send()
    except OSError as error:  # everything smtplib and the network raise
        logger.warning("Password link could not be sent: %s", type(error).__name__)
        return False
    return True


def link_for(user, key):
    """The address at which whoever holds `key` sets the password of `user`."""
    named = {"uidb36": user.uuid.hex, "key": key}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=named)


def login_of(user):
    """What to log in with. A number is named, never written: mails are read by others.

    A user name of digits alone is the employee's own number (`accounts`).
    """
    if user.username.isdigit() and user.employee:
        return f"{user.employee.get_number_kind_display()} Anda"
    return user.username


def message_to(user):
    """The mail with a link that holds until it is used, at most PASSWORD_RESET_TIMEOUT."""
    link = link_for(user, default_token_generator.make_token(user))
    valid_until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    values = {
        "name": str(user),
        "government": user.government.name if user.government else "",
        "site": settings.SITE_URL,
        "subject": SUBJECT,
        "login": login_of(user),
        "link": link,
        "valid_until": date_time(valid_until, user.time_zone),
    }
    text, html = (render_to_string(name, values) for name in TEMPLATES)
    message = EmailMultiAlternatives(SUBJECT, text, to=[user.email], headers=HEADERS)
    message.attach_alternative(html, "text/html")
    return message
