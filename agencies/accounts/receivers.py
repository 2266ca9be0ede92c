"""What allauth tells about second factors; it has no hook for these. Connected in apps.py."""

from allauth.mfa.models import Authenticator

from ..services import devices, logins


def on_factor_added(sender, *, request, user, authenticator, **details):
    """A factor was added: whoever came in elsewhere by the password alone has to come in again.

    Recovery codes are made with the first factor, and again when asked for.
    """
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        logins.recovery_codes_made(user=user)
        return
    devices.forget_others(user=user, keep=request.session.session_key)
    logins.factor_added(user=user, kind=authenticator.type)


def on_factor_removed(sender, *, user, authenticator, **details):
    """A factor was removed. Recovery codes go with the last of the others, by no act of its own."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        logins.factor_removed(user=user, kind=authenticator.type)


def on_wrong_code(sender, *, user, reauthentication, **details):
    """A code was wrong, while logging in or confirming."""
    logins.failed(user=user, step="again" if reauthentication else "code")
