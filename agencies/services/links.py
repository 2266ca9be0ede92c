"""Which account somebody came to by single sign-on; the only writer of these links.

A link is the provider's name for a person, kept to notice when it claims somebody else's number.
Each one that is made or undone is an event of the government that keeps the account.
"""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from netralitas.lib.errors import Refusal

from ..models import User
from . import events

# Why a link was undone without HR asking for it, as the event says.
ACCOUNT_ENDED = "account_ended"
OTHER_EMPLOYEE = "other_employee"
OTHER_ACCOUNT = "other_account"

NOT_LINKED = "Akun ini belum pernah masuk melalui masuk tunggal (SSO)."


def owner_of(*, provider, uid):
    """The account that is linked with a person of the provider; None if there is none."""
    return User.objects.filter(socialaccount__provider=provider, socialaccount__uid=uid).first()


@transaction.atomic
def link(*, user, provider, uid):
    """Remember who came to `user`; returns whether that may be, else changes nothing.

    A link with another account stands in the way, unless that account is of the same number: of
    somebody who has moved to another government, and goes on with the account there.
    """
    links = SocialAccount.objects.select_related("user__employee")
    known, created = links.get_or_create(provider=provider, uid=uid, defaults={"user": user})
    former = known.user
    if created:
        _record(None, "account.linked", user)
    if former.pk == user.pk:
        return True
    if former.employee is None or former.employee.number != user.employee.number:
        return False
    known.user = user
    known.save(update_fields=["user"])
    _record(None, "account.unlinked", former, {"reason": OTHER_ACCOUNT})
    _record(None, "account.linked", user)
    return True


@transaction.atomic
def forget(*, actor, user, reason):
    """Nobody is remembered to have come to `user` any more, for a `reason` that is no act of HR."""
    if _remove(user):
        _record(actor, "account.unlinked", user, {"reason": reason})


@transaction.atomic
def unlink(*, actor, user):
    """HR undoes the links of an account; the next login by the number makes a new one.

    Raises Refusal if there is none.
    """
    if not _remove(user):
        raise Refusal(NOT_LINKED)
    _record(actor, "account.unlinked", user)


def _remove(user):
    deleted, _ = SocialAccount.objects.filter(user=user).delete()
    return deleted


def _record(actor, act, user, data=None):
    events.record(
        actor=actor,
        act=act,
        obj=user,
        government=user.government,
        employee=user.employee,
        data=data,
    )
