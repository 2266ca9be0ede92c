"""Named sets of mailings and of the mails in them."""

from django.db import models

from ..choices import MailingState, ParticipantMailState


class MailingQuerySet(models.QuerySet):
    def due(self, now):
        """Those whose time has come and that are not finished, the longest due first."""
        states = [MailingState.PLANNED, MailingState.SENDING]
        return self.filter(state__in=states, send_at__lte=now).order_by("send_at", "pk")


class ParticipantMailQuerySet(models.QuerySet):
    def due(self, now):
        """Those that wait and may be handed over now, in their order."""
        return self.filter(state=ParticipantMailState.WAITING, next_at__lte=now).order_by("pk")
