"""Named sets of what is made for one asker: sheets of slips, packs."""

from django.db import models

from ..choices import BatchState, PackState


class SlipBatchQuerySet(models.QuerySet):
    def of_asker(self, user):
        """Those that this user asked for: nobody else may take a sheet with PINs."""
        return self.filter(asked_by=user)

    def unfinished(self):
        """Those on which the worker is or will be at work."""
        return self.filter(state__in=[BatchState.QUEUED, BatchState.MAKING])


class PackQuerySet(models.QuerySet):
    def of_asker(self, user):
        """Those that this user asked for: nobody else may fetch what another's rights reach."""
        return self.filter(asked_by=user)

    def unfinished(self):
        """Those on which the worker is or will be at work."""
        return self.filter(state__in=[PackState.QUEUED, PackState.MAKING])
