from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = "Ikrar"

    def ready(self):
        from .models.tally_triggers import keep_tallies

        # After every migration: SQLite loses a table's triggers when one builds the table anew.
        post_migrate.connect(keep_tallies, sender=self)
