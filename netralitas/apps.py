from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class NetralitasConfig(AppConfig):
    name = "netralitas"
    default = True

    def ready(self):
        from . import checks  # noqa: F401  registers the system checks


class AssetsConfig(StaticFilesConfig):
    """Collects what pages use: htmx's extensions import names that only a bundler resolves."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ext"]
