from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AgenciesConfig(AppConfig):
    name = "agencies"
    verbose_name = "Organisasi"

    def ready(self):
        from allauth.mfa import signals as factors

        from .accounts import receivers
        from .models.append_only import protect_tables

        post_migrate.connect(protect_tables, sender=self)
        factors.authenticator_added.connect(receivers.on_factor_added)
        factors.authenticator_reset.connect(receivers.on_factor_added)
        factors.authenticator_removed.connect(receivers.on_factor_removed)
        factors.authentication_failed.connect(receivers.on_wrong_code)
