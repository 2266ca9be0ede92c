"""Reads the settings that differ between installations, strictly.

A wrong value stops the start with one sentence that names the variable. Values come from the
process environment, or from a `.env` file beside manage.py.
"""

import ipaddress
import os
from pathlib import Path
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

    def site_url(self, name, default):
        """The public address without a trailing slash; plain http only on a loopback host."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        plain = f"{parts.scheme}://{parts.netloc}" == value
        if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
            raise ImproperlyConfigured(
                f"{name} must look like https://netralitas.example.go.id, not {value!r}."
            )
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise ImproperlyConfigured(
                f"{name} must begin with https:// unless it is on this machine: pledges and "
                f"passwords would travel unencrypted to {parts.hostname}."
            )
        return value

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

    def secret(self, name, least):
        """A secret of at least `least` characters."""
        value = self.text(name)
        if len(value) < least:
            raise ImproperlyConfigured(f"{name} must have at least {least} characters.")
        return value


def is_loopback(host):
    """Whether `host` is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
