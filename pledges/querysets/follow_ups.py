"""Named sets of what is being done about the unsigned."""

from django.db import models
from django.db.models import Q

from ..choices import CeremonyState, ParticipantState

# Of these nobody is followed up any more.
OVER = (CeremonyState.ARCHIVED, CeremonyState.CANCELLED)


class FollowUpQuerySet(models.QuerySet):
    def awaiting_look(self, user):
        """Refusals, of ceremonies not over, that `user` may be the second to look at."""
        noted = Q(noted_by=None) | ~Q(noted_by=user)
        return self.filter(
            noted, participant__state=ParticipantState.REFUSED, looked_by=None
        ).exclude(participant__ceremony__state__in=OVER)
