from django.apps import AppConfig


class NetralitasConfig(AppConfig):
    name = "netralitas"

    def ready(self):
        from . import checks  # noqa: F401  registers the system checks
