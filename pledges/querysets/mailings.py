"""Named sets of mailings and of the mails in them."""

from django.db import models

from agencies.querysets import below

from ..choices import MailingState, ParticipantMailState


class MailingQuerySet(models.QuerySet):
    def within(self, paths):
        """Those to everybody, and those to an OPD of these paths or below them."""
        return self.filter(models.Q(opd=None) | below(paths, "opd__path"))

    def planned(self):
        """Those of which nothing has been sent, and that are not cancelled."""
        return self.filter(state=MailingState.PLANNED)

    def unfinished(self):
        """Those that are still to be sent, or are being sent."""
        return self.filter(state__in=[MailingState.PLANNED, MailingState.SENDING])

    def due(self, now):
        """Those whose time has come and that are not finished, the longest due first."""
        return self.unfinished().filter(send_at__lte=now).order_by("send_at", "pk")


class ParticipantMailQuerySet(models.QuerySet):
    def due(self, now):
        """Those that wait and may be handed over now, in their order."""
        return self.filter(state=ParticipantMailState.WAITING, next_at__lte=now).order_by("pk")

    def unfinished(self):
        """Those that wait, or are being handed over."""
        return self.filter(state__in=[ParticipantMailState.WAITING, ParticipantMailState.SENDING])

    def left_since(self, moment):
        """Those that were handed over since then and have arrived, or may have."""
        left = [
            ParticipantMailState.SENDING,
            ParticipantMailState.SENT,
            ParticipantMailState.UNSURE,
        ]
        return self.filter(state__in=left, handed_at__gt=moment)

    def lost(self, before):
        """Those whose worker began to hand them over before that moment and never told how it
        ended.
        """
        return self.filter(state=ParticipantMailState.SENDING, handed_at__lt=before)
