"""System checks of the installation."""

import sqlite3

from django.conf import settings
from django.core.checks import Error, register

SAFE_SQLITE = (3, 51, 3)


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
