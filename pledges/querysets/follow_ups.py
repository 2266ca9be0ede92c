"""Named sets of what is being done about the unsigned."""

from django.db import models
from django.db.models import Q

from ..choices import UNDER_WAY, ParticipantState


class FollowUpQuerySet(models.QuerySet):
    def awaiting_look(self, user):
        """Refusals, of ceremonies not over, that `user` may be the second to look at: neither the
        own one, nor one that `user` noted.
        """
        mine = Q(noted_by=user)
        if user.employee_id:
            mine |= Q(participant__employee=user.employee_id)
        return self.filter(
            participant__state=ParticipantState.REFUSED,
            participant__ceremony__state__in=UNDER_WAY,
            looked_by=None,
        ).exclude(mine)
