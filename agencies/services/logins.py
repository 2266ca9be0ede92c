"""What the audit trail says of logging in, and of passwords and factors their owners set.

What was typed is never recorded: not a number, a name, a code or an address.
"""

import logging
from uuid import UUID

from ..models import User
from . import events

# Stands for whoever tried to get in as nobody we know.
UNKNOWN = User(uuid=UUID(int=0))

logger = logging.getLogger(__name__)


def succeeded(*, user, way, second_factor):
    """Somebody logged in: by `way` password, passkey or sso."""
    _record("login.succeeded", user, {"way": way, "second_factor": second_factor})


def failed(*, user, step):
    """Somebody failed at `step` password, code, sso or again (confirming who one is).

    `user` is None if no account is meant: such an event belongs to no government.
    """
    logger.info("Failed login: %s", user.uuid if user else "no such account")
    _record("login.failed", user or UNKNOWN, {"step": step}, actor=None)


def failed_without_account(*, employee):
    """An employee whom the single sign-on knows has no account in force here."""
    events.record(
        actor=None,
        act="login.failed",
        obj=employee,
        government=employee.government,
        employee=employee,
        data={"step": "sso"},
    )


def ended(*, user):
    """Somebody logged out."""
    _record("login.ended", user)


def password_set(*, user, way):
    """The owner set a password: by the `way` of a mailed link, or in a session."""
    _record("account.password", user, {"way": way})


def factor_added(*, user, kind):
    """The owner added a factor: totp or webauthn."""
    _record("account.factor_added", user, {"kind": kind})


def recovery_codes_made(*, user):
    """New recovery codes took the place of any former ones."""
    _record("account.recovery_codes", user)


def factor_renamed(*, user, kind):
    """The owner gave a factor another name, which is not recorded: webauthn."""
    _record("account.factor_renamed", user, {"kind": kind})


def factor_removed(*, user, kind):
    """The owner removed a factor: totp or webauthn."""
    _record("account.factor_removed", user, {"kind": kind})


def _record(act, user, data=None, **changes):
    events.record(
        **{"actor": user, **changes},
        act=act,
        obj=user,
        government=user.government,
        employee=user.employee,
        data=data,
    )
