"""Writes and sends the mails about accounts; the worker calls it, one mail at a time.

What goes wrong is logged by the kind of error alone: a server's answer quotes addresses.
"""

import logging
from datetime import timedelta

from allauth.account.forms import default_token_generator
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from netralitas.lib.dates import date_time

from ..choices import AccountMailKind, AccountState, MailState
from ..models import AccountMail, User
from .password_links import link_for, login_of

# What smtplib and the network raise (an SMTPException is an OSError), and a busy database.
FAILURES = (OSError, OperationalError)
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
HEADERS = {"Auto-Submitted": "auto-generated"}

logger = logging.getLogger(__name__)


def send(mail):
    """Send a waiting mail and note that it was sent; one nobody needs any more is dropped.

    A worker that dies between the two sends the mail again when it is taken up: two invitations
    do no harm, none would. Raises one of FAILURES if the mail cannot be handed over.
    """
    valid_until = None
    if mail.kind == AccountMailKind.INVITATION:
        key = _fresh_key(mail.user)
        if key is None:
            return _settle(mail, MailState.DROPPED)
        valid_until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        message = _invitation(mail, key, valid_until)
    else:
        message = _address_changed(mail)
    message.send()
    return _settle(mail, MailState.SENT, sent_at=timezone.now(), valid_until=valid_until)


def note_failure(mail, error):
    """Count a failed attempt; returns how long to wait for the next one, None if it was the last.

    After the last one the mail has failed, which HR sees on the page of the account.
    """
    logger.warning("Account mail %s could not be sent: %s", mail.uuid, type(error).__name__)
    failures = mail.failures + 1
    AccountMail.objects.filter(pk=mail.pk).update(failures=failures)
    if failures <= len(PAUSES):
        return PAUSES[failures - 1]
    return _settle(mail, MailState.FAILED)


@transaction.atomic
def _fresh_key(user):
    """The key that sets the user's password, or None if the account was used or ended meanwhile.

    A key holds until the password or the address changes or somebody logs in, at most
    PASSWORD_RESET_TIMEOUT. The unusable password is made anew, so that keys of earlier
    invitations are void.
    """
    stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if stored.state != AccountState.INVITED:
        return None
    stored.set_unusable_password()
    stored.save(update_fields=["password"])
    return default_token_generator.make_token(stored)


def _invitation(mail, key, valid_until):
    user = mail.user
    values = {
        "roles": [(role.get_role_display(), role.agency.name) for role in _roles(user)],
        "login": login_of(user),
        "link": link_for(user, key),
        "valid_until": date_time(valid_until, user.government.time_zone),
    }
    templates = ("emails/invitation.txt", "emails/invitation.html")
    return _message(mail, "Undangan membuat akun Netralitas", templates, values)


def _address_changed(mail):
    templates = ("emails/address_changed.txt", "emails/address_changed.html")
    at = date_time(mail.requested_at, mail.user.government.time_zone)
    return _message(mail, "Alamat surel akun Netralitas Anda diganti", templates, {"at": at})


def _message(mail, subject, templates, values):
    """A mail in plain text and HTML."""
    values = {
        "name": str(mail.user),
        "government": mail.user.government.name,
        "site": settings.SITE_URL,
        "subject": subject,
        **values,
    }
    text, html = (render_to_string(name, values) for name in templates)
    message = EmailMultiAlternatives(subject, text, to=[mail.address], headers=HEADERS)
    message.attach_alternative(html, "text/html")
    return message


def _roles(user):
    return user.roles.select_related("agency").order_by("agency__path", "role")


def _settle(mail, state, **fields):
    """Give a waiting mail its last state; its address is needed no more."""
    waiting = AccountMail.objects.filter(pk=mail.pk, state=MailState.WAITING)
    waiting.update(state=state, address="", **fields)
