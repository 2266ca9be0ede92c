"""System checks of the installation."""

import sqlite3
import stat
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.utils import timezone

from .lib import dates, head_keys, seal_keys

SAFE_SQLITE = (3, 51, 3)
OWN_KEY = (
    "Name the organisation's PKCS#12 file in SEAL_PKCS12; or none, on a machine without a worker. "
    "See docs/operations.md."
)
OWN_HEADS = (
    "Name the PEM file of the register's key in REGISTER_KEY; or none, on a machine without a "
    "worker. See docs/operations.md."
)
NO_HEADS = "REGISTER_KEY is not set: no signature is logged in the register."
DEMO_SEALS = "Pacts are sealed with a demo key."


@register()
def sqlite_is_mended(app_configs, **kwargs):
    """SQLite 3.7.0–3.51.2 can corrupt a WAL database when it is reset (sqlite.org/wal.html)."""
    uses_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not uses_sqlite or sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can corrupt a WAL database.",
            hint="Install the pysqlite3 wheel named in requirements.txt.",
            id="netralitas.E001",
        )
    ]


@register(Tags.security, deploy=True)
def register_has_a_key(app_configs, **kwargs):
    """Without a key of its own a site in production logs no signature, and a demo key is no key."""
    if not settings.REGISTER_KEY:
        return [_unless_tried_out(NO_HEADS, OWN_HEADS, "001", "005")]
    try:
        if not head_keys.is_none():
            head_keys.signing_key()
    except head_keys.HeadKeyError as error:
        fault = f"{error} No signature is logged in the register."
        return [Error(fault, hint=OWN_HEADS, id="netralitas.E004")]
    return []


@register(Tags.security, deploy=True)
def seals_can_be_made(app_configs, **kwargs):
    """The key that seals pacts is the organisation's own, can be read, and has a while to go."""
    if settings.SEAL_PKCS12.lower() == seal_keys.NO_KEY:
        return []
    if not settings.SEAL_PKCS12:
        return [_unless_tried_out(DEMO_SEALS, OWN_KEY, "002", "006")]
    try:
        facts = seal_keys.current_key().facts
    except seal_keys.SealError as error:
        return [Error(f"No pact is sealed: {error.message}", hint=OWN_KEY, id="netralitas.E002")]
    return _about_certificate(facts, timezone.now())


@register(Tags.security, deploy=True)
def keys_are_kept(app_configs, **kwargs):
    """Nobody but their owner and group may open the files of private keys."""
    named = {"REGISTER_KEY": settings.REGISTER_KEY, "SEAL_PKCS12": settings.SEAL_PKCS12}
    return [
        Warning(f"{name}: others may open {path}.", hint=f"chmod 600 {path}", id="netralitas.W004")
        for name, path in named.items()
        if path and _is_open(Path(path))
    ]


def _is_open(path):
    try:
        return bool(path.stat().st_mode & stat.S_IRWXO)
    except OSError:
        # What is not there, or cannot be read, is told by the other checks.
        return False


def _unless_tried_out(fault, hint, warned, refused):
    """An error, but a warning where DEBUG tells that the site is for trying out."""
    if settings.DEBUG:
        return Warning(fault, hint=hint, id=f"netralitas.W{warned}")
    return Error(fault, hint=hint, id=f"netralitas.E{refused}")


def _about_certificate(facts, now):
    begins, ends = dates.date_only(facts.not_before), dates.date_only(facts.not_after)
    if not facts.not_before <= now <= facts.not_after:
        fault = f"No pact is sealed: the certificate is valid from {begins} to {ends}."
        return [Error(fault, hint=OWN_KEY, id="netralitas.E003")]
    if facts.is_demo:
        return [_unless_tried_out(DEMO_SEALS, OWN_KEY, "002", "006")]
    if facts.not_after - now < seal_keys.WORTH_A_WARNING:
        fault = f"The certificate of seals ends on {ends}."
        return [Warning(fault, hint=OWN_KEY, id="netralitas.W003")]
    return []
