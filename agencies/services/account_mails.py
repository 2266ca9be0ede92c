"""Asks for mails about accounts, within the transaction of whatever they are about."""

from django.db import transaction

from netralitas.lib.errors import Refusal

from ..choices import AccountMailKind, AccountState, MailState
from ..models import AccountMail, User
from ..tasks import send_account_mail
from . import events
from .addresses import is_shared

NO_ADDRESS = "Alamat surel belum diisi."
SHARED_ADDRESS = (
    "Alamat surel ini juga tercatat pada pegawai atau akun lain. Siapa pun yang membacanya dapat "
    "mengambil alih akunnya. Isi dahulu alamat surelnya sendiri."
)
ENDED = "Akun ini sudah diakhiri. Pulihkan dahulu sebelum mengundang kembali."
IN_USE = (
    "Kata sandi akun ini sudah dibuat. Pemiliknya dapat membuat kata sandi baru melalui "
    "“Lupa kata sandi” di halaman masuk."
)


@transaction.atomic
def send_invitation(*, actor, user):
    """Have the worker mail a link with which `user` sets the first password.

    A waiting invitation is dropped, and the link of an earlier one ends when the new one is sent.
    Raises Refusal for an account that was ended, that has a password already, or that has no
    address; and for an employee's whose address somebody else has as well. (An office's account,
    without employee, may be at the office's mailbox.)
    """
    stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if stored.state == AccountState.ENDED:
        raise Refusal(ENDED)
    if stored.state == AccountState.ACTIVE:
        raise Refusal(IN_USE)
    if not stored.email:
        raise Refusal(NO_ADDRESS, field="email")
    if stored.employee and is_shared(stored.email, stored.employee):
        raise Refusal(SHARED_ADDRESS, field="email")
    drop_invitations(stored)
    events.record(
        actor=actor,
        act="account.invited",
        obj=stored,
        government=stored.government,
        employee=stored.employee,
    )
    return _request(actor, stored, AccountMailKind.INVITATION, stored.email)


@transaction.atomic
def tell_old_address(*, actor, user, address):
    """Have the worker tell `address`, where mails about the account went until now."""
    return _request(actor, user, AccountMailKind.ADDRESS_CHANGED, address)


def drop_invitations(user):
    """Waiting invitations are not sent any more."""
    waiting = user.account_mails.filter(kind=AccountMailKind.INVITATION, state=MailState.WAITING)
    waiting.update(state=MailState.DROPPED, address="")


def _request(actor, user, kind, address):
    mail = AccountMail.objects.create(user=user, kind=kind, address=address, requested_by=actor)
    send_account_mail.enqueue(str(mail.uuid))
    return mail
