"""Named sets of elections and texts."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ..choices import TextState
from .scope import government_paths


class ElectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The elections of the governments in which `user` has any role."""
        return self.filter(government__path__in=government_paths(user))


class PledgeTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        """National texts and those of the user's governments."""
        paths = government_paths(user)
        if not paths:
            return self.none()
        return self.filter(Q(government=None) | Q(government__path__in=paths))

    def published(self):
        """Those that may be signed."""
        return self.filter(state=TextState.PUBLISHED)

    def with_use(self, ceremonies):
        """Adds `uses`: at how many of `ceremonies` the text is read."""
        uses = ceremonies.order_by().filter(text=OuterRef("pk")).values("text")
        counted = uses.annotate(times=Count("pk")).values("times")
        return self.annotate(uses=Coalesce(Subquery(counted), 0))
