"""Named sets of campaigns, ceremonies and waves."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from agencies.querysets import below, paths_of

from ..choices import GRACE, UNCOUNTED, CeremonyState, ParticipantState
from .scope import whole_governments


class CampaignQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The campaigns of the governments in which `user` has a role on more than a unit.

        Their figures know no units: whoever has only these would be told that nobody takes part.
        """
        return self.filter(government__path__in=whole_governments(user))


class CeremonyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those organised within the user's agencies, or with participants of these agencies."""
        paths = paths_of(user)
        if not paths:
            return self.none()
        participants = self.model._meta.get_field("participants").related_model
        taking_part = participants.objects.within(paths).filter(ceremony=OuterRef("pk"))
        return self.filter(below(paths, "organizer__path") | Exists(taking_part))

    def open(self):
        """Those at which people can sign now."""
        return self.filter(state=CeremonyState.OPEN)

    def drafts(self):
        """Those whose roster is not frozen yet."""
        return self.filter(state=CeremonyState.DRAFT)

    def proposed(self):
        """Drafts whose time and place nobody has set yet."""
        return self.drafts().filter(is_scheduled=False)

    def held(self):
        """Those not cancelled."""
        return self.exclude(state=CeremonyState.CANCELLED)

    def starting(self, since, until):
        """Those whose time lies from `since` to before `until`, the earliest first."""
        found = self.filter(starts_at__gte=since, starts_at__lt=until)
        return found.order_by("starts_at", "pk")

    def with_counts(self):
        """Adds `invited` and `signed`, counted in the same query."""
        return self.annotate(
            invited=models.Count("participants", filter=~Q(participants__state__in=UNCOUNTED)),
            signed=models.Count(
                "participants", filter=Q(participants__state=ParticipantState.SIGNED)
            ),
        )


class WaveQuerySet(models.QuerySet):
    def begun(self, now):
        """Those whose turn has come, if the ceremony is open."""
        return self.filter(Q(opened_at__isnull=False) | Q(opens_at__lte=now))

    def open(self, now):
        """Those whose participants can sign now."""
        return self.begun(now).filter(ceremony__state=CeremonyState.OPEN)

    def in_grace(self, now, begun_at):
        """Those whose participants' signatures still count although the ceremony is closed: begun
        before the last closing, when their turn had come, and not more than `GRACE` after it.
        Archiving ends nothing of that.
        """
        closed = F("ceremony__last_closed_at")
        return self.filter(
            Q(opened_at__lte=closed) | Q(opens_at__lte=closed),
            ceremony__state__in=[CeremonyState.CLOSED, CeremonyState.ARCHIVED],
            ceremony__last_closed_at__gte=max(begun_at, now - GRACE),
        )
