from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AgenciesConfig(AppConfig):
    name = "agencies"
    verbose_name = "Organisasi"

    def ready(self):
        from .models.append_only import protect_tables

        post_migrate.connect(protect_tables, sender=self)
