"""Named sets of guidance pages and of the reports that were received."""

from django.db import models
from django.db.models import Q

from ..choices import TextState
from .scope import government_paths


class GuidanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """National guidance and that of the user's governments."""
        return self.filter(Q(government=None) | Q(government__path__in=government_paths(user)))

    def published(self):
        """Those that everybody may read."""
        return self.filter(state=TextState.PUBLISHED)


class ReportCountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those about elections of the governments in which `user` has any role."""
        return self.filter(election__government__path__in=government_paths(user))
