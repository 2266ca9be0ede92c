"""Where somebody is logged in, and ending it from elsewhere."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import events


def sessions_of(user):
    """The sessions of `user` that have not expired, the latest seen first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = UserSession.objects.filter(user=user, session_key__in=alive)
    return found.order_by("-last_seen_at", "-id")


def code_of(session):
    """What names a session in an address: it tells nothing of the key that opens it."""
    return salted_hmac("agencies.devices", session.session_key, algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def end_sessions(*, user, sessions):
    """Log `user` out on the devices of `sessions`, and record how many they were."""
    keys = [session.session_key for session in sessions]
    _forget(user, keys)
    events.record(
        actor=user,
        act="login.sessions_ended",
        obj=user,
        government=user.government,
        employee=user.employee,
        data={"count": len(keys)},
    )


@transaction.atomic
def forget_others(*, user, keep):
    """Remove every session of `user` but the one with the key `keep`; a new password voids them."""
    others = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    _forget(user, list(others.values_list("session_key", flat=True)))


def _forget(user, keys):
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user, session_key__in=keys).delete()
