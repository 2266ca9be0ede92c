"""Reads the settings that differ between installations, strictly.

A wrong value stops the start with one sentence that names the variable. Values come from the
process environment, or from a `.env` file beside manage.py.
"""

import ipaddress
import os
from pathlib import Path
from string import hexdigits
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES = {"on", "true", "yes", "1"}
NO = {"off", "false", "no", "0"}


class Environment:
    """The environment with strict readers, one for each shape of value."""

    def __init__(self, variables):
        self.variables = variables

    def text(self, name, default=None):
        """The value of `name`. Raises ImproperlyConfigured if it is missing without a default."""
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set. See docs/operations.md.")
        return default

    def switch(self, name, default):
        """True or False. Raises ImproperlyConfigured for anything but on/off and its synonyms."""
        value = self.text(name, "on" if default else "off").lower()
        if value not in YES | NO:
            raise ImproperlyConfigured(f"{name} must be on or off, not {value!r}.")
        return value in YES

    def choice(self, name, default, choices):
        """One of `choices`, which are in capitals; how it is written does not matter."""
        value = self.text(name, default).upper()
        if value not in choices:
            known = ", ".join(choices)
            raise ImproperlyConfigured(f"{name} must be one of {known}, not {value!r}.")
        return value

    def number(self, name, default, lowest, highest):
        """A whole number between `lowest` and `highest`, both included."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise ImproperlyConfigured(
                f"{name} must be a whole number from {lowest} to {highest}, not {value!r}."
            )
        return int(value)

    def names(self, name):
        """A comma-separated list without empty entries."""
        return [part.strip() for part in self.text(name, "").split(",") if part.strip()]

    def subset(self, name, default, choices):
        """A list of `choices`, which are in capitals, separated by commas; `none` for none."""
        chosen = [part.upper() for part in self.names(name)]
        if not chosen:
            return list(default)
        if chosen == ["NONE"]:
            return []
        wrong = [part for part in chosen if part not in choices]
        if wrong:
            known = ", ".join(choices)
            raise ImproperlyConfigured(
                f"{name} must be none or some of {known}, separated by commas, not {wrong[0]!r}."
            )
        return [choice for choice in choices if choice in chosen]

    def site_url(self, name, default):
        """The public address without a trailing slash; plain http only on a loopback host."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        plain = f"{parts.scheme}://{parts.netloc}" == value
        if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
            raise ImproperlyConfigured(
                f"{name} must look like https://netralitas.example.go.id, not {value!r}."
            )
        return encrypted(name, value, "pledges and passwords")

    def sign_on(self):
        """The OpenID Connect provider of OIDC_SERVER_URL and its kin; None if none is named.

        Raises ImproperlyConfigured if it is named in part, or would be asked over plain http.
        """
        needed = ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
        missing = [name for name in needed if not self.text(name, "")]
        if len(missing) == len(needed):
            return None
        if missing:
            raise ImproperlyConfigured(
                f"{missing[0]} is not set, but single sign-on needs all of {', '.join(needed)}."
            )
        return {
            "server_url": self._server_url("OIDC_SERVER_URL"),
            "client_id": self.text("OIDC_CLIENT_ID"),
            "client_secret": self.text("OIDC_CLIENT_SECRET"),
            "name": self.text("OIDC_NAME", "SSO"),
            "nip_claim": self.text("OIDC_NIP_CLAIM", "nip"),
        }

    def _server_url(self, name):
        value = self.text(name).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or len(value) > 200:
            raise ImproperlyConfigured(
                f"{name} must look like https://sso.example.go.id/realms/asn, not {value!r}."
            )
        return encrypted(name, value, "identities")

    def time_stamp_server(self, name):
        """The address of a time-stamp server; empty by default. Plain http is usual: what comes
        from there is signed."""
        value = self.text(name, "")
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ImproperlyConfigured(f"{name} must look like http://tsa.example.go.id/tsr.")
        return value

    def seal_level(self, name, levels):
        """The PAdES level of seals: one of `levels`, the lowest first; the second with a
        time-stamp server (TSA_URL), without which there is only the first.

        The two highest need SEAL_TRUST_ROOTS as well.
        """
        stamped = self.time_stamp_server("TSA_URL")
        level = self.choice(name, levels[1] if stamped else levels[0], levels)
        if level != levels[0] and not stamped:
            raise ImproperlyConfigured(f"{name} {level} needs TSA_URL.")
        if level in levels[2:] and not self.text("SEAL_TRUST_ROOTS", ""):
            raise ImproperlyConfigured(f"{name} {level} needs SEAL_TRUST_ROOTS.")
        return level

    def folder(self, name, default):
        """A folder that can be written to; made if it is not there yet."""
        folder = Path(self.text(name, str(default)))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(f"{name}: {folder} cannot be made ({error}).") from error
        if not os.access(folder, os.W_OK):
            raise ImproperlyConfigured(f"{name}: {folder} cannot be written to.")
        return folder

    def database(self, name, default):
        """Django's description of the database named by a URL: sqlite:/// or postgres://."""
        url = self.text(name, default)
        if urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
            raise ImproperlyConfigured(f"{name} must begin with sqlite:/// or postgres://.")
        try:
            return environ.Env.db_url_config(url)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} cannot be read as an address.") from error

    def mail(self, name, default):
        """Django's mail settings named by a URL: smtp://, smtp+tls://, smtp+ssl:// or filemail://."""
        url = self.text(name, default)
        if urlsplit(url).scheme not in {"smtp", "smtp+tls", "smtp+ssl", "filemail"}:
            raise ImproperlyConfigured(
                f"{name} must begin with smtp://, smtp+tls://, smtp+ssl:// or filemail://."
            )
        try:
            return environ.Env.email_url_config(url)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} cannot be read as an address.") from error

    def public_keys(self, name):
        """Ed25519 public keys of 64 hexadecimal digits, separated by commas; none by default."""
        keys = [key.lower() for key in self.names(name)]
        if not all(len(key) == 64 and set(key) <= set(hexdigits) for key in keys):
            raise ImproperlyConfigured(
                f"{name} must be public keys of 64 hexadecimal digits, separated by commas."
            )
        return keys

    def secret(self, name, least):
        """A secret of at least `least` characters."""
        return _long_enough(name, self.text(name), least)

    def secrets(self, name, least):
        """Secrets of at least `least` characters each, separated by commas; none by default."""
        return [_long_enough(name, value, least) for value in self.names(name)]


def _long_enough(name, value, least):
    if len(value) < least:
        raise ImproperlyConfigured(f"{name} must have at least {least} characters.")
    return value


def encrypted(name, address, what):
    """`address`, if it is https or on this machine. Raises ImproperlyConfigured otherwise."""
    parts = urlsplit(address)
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ImproperlyConfigured(
            f"{name} must begin with https:// unless it is on this machine: {what} would travel "
            f"unencrypted to {parts.hostname}."
        )
    return address


def is_loopback(host):
    """Whether `host` is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
