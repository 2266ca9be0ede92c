from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.db.backends.signals import connection_created

from .lib.sqlite_waiting import wait_in_short_pauses


class NetralitasConfig(AppConfig):
    name = "netralitas"
    default = True

    def ready(self):
        from . import checks  # noqa: F401  registers the system checks

        connection_created.connect(wait_in_short_pauses)


class AssetsConfig(StaticFilesConfig):
    """Collects what pages use: htmx's extensions import names that only a bundler resolves."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ext"]
