"""Logins in progress: ended by HR, and with the account they belong to."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from . import events


@transaction.atomic
def end_sessions(*, actor, user):
    """Log `user` out everywhere; returns from how many devices. The event says so."""
    count = remove_sessions(user)
    _record(actor, "login.sessions_ended", user, count)
    return count


def remove_sessions(user):
    """Delete the sessions of `user`; returns how many there were.

    Whose a session is stands in its content alone, so all that have not expired are read.
    """
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    mine = [
        session.pk
        for session in alive.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()
    return len(mine)


def _record(actor, act, user, count):
    events.record(
        actor=actor,
        act=act,
        obj=user,
        government=user.government,
        employee=user.employee,
        data={"count": count},
    )
