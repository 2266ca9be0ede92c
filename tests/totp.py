"""Codes as an authenticator app shows them."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

PERIOD = 30


def code_of(secret, ahead=0):
    """What the app shows for the key `secret` now, or so many half minutes later."""
    return format_hotp_value(
        hotp_value(secret.replace(" ", ""), int(time.time()) // PERIOD + ahead)
    )


def enrol(user):
    """Give `user` an app and recovery codes; returns the app's key."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def recovery_codes_of(user):
    """The recovery codes of `user` that are not used yet."""
    return RecoveryCodes.activate(user).get_unused_codes()
