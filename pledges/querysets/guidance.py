"""Named sets of guidance pages and of the reports that were received."""

from django.db import models
from django.db.models import Q

from ..choices import TextState
from .scope import government_paths


class GuidanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """National guidance and that of the user's governments."""
        paths = government_paths(user)
        if not paths:
            return self.none()
        return self.filter(Q(government=None) | Q(government__path__in=paths))

    def published(self):
        """Those that everybody may read."""
        return self.filter(state=TextState.PUBLISHED)

    def drafts(self):
        """Those that can still be changed."""
        return self.filter(state=TextState.DRAFT)

    def in_force(self, government=None):
        """What holds for `government`: its own latest published version, else the national one."""
        own = self.published().filter(government=government).order_by("-version").first()
        return own or self.published().filter(government=None).order_by("-version").first()


class ReportCountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those about elections of the governments in which `user` has any role."""
        return self.filter(election__government__path__in=government_paths(user))
