"""What HR does for somebody who lost a device: ends the logins, resets the second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from netralitas.lib.errors import Refusal

from . import devices, events

NO_FACTOR = "Akun ini belum memasang faktor kedua."


@transaction.atomic
def end_sessions(*, actor, user):
    """Log `user` out everywhere; returns how many sessions that were."""
    count = remove_sessions(user)
    _record(actor, "login.sessions_ended", user, count)
    return count


@transaction.atomic
def reset_second_factor(*, actor, user):
    """Remove authenticator app, passkeys and recovery codes, and log `user` out everywhere.

    The next login asks for the password alone, and then for a new factor where the role requires
    one. Raises Refusal if there is none.
    """
    deleted, _ = Authenticator.objects.filter(user=user).delete()
    if not deleted:
        raise Refusal(NO_FACTOR)
    remove_sessions(user)
    _record(actor, "account.factors_reset", user, deleted)


def remove_sessions(user):
    """End every session of `user`; returns how many there were."""
    count = devices.sessions_of(user).count()
    devices.forget_others(user=user, keep=None)
    return count


def _record(actor, act, user, count):
    events.record(
        actor=actor,
        act=act,
        obj=user,
        government=user.government,
        employee=user.employee,
        data={"count": count},
    )
