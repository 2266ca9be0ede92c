"""Named sets of elections, texts, ceremonies, participants, invitations and signatures."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies.choices import RoleName
from agencies.querysets import AppendOnlyQuerySet, below, matching_words, paths_of

from .choices import CeremonyState, ParticipantState, TextState


def government_paths(user):
    """The paths of the governments within which `user` has any role."""
    return {path[:4] for path in paths_of(user)}


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


class CeremonyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those organised within the user's agencies, or with participants of these agencies."""
        paths = paths_of(user)
        if not paths:
            return self.none()
        participants = self.model._meta.get_field("participants").related_model
        taking_part = participants.objects.filter(
            below(paths, "agency__path"), ceremony=OuterRef("pk")
        )
        return self.filter(below(paths, "organizer__path") | Exists(taking_part))

    def managed_by(self, user):
        """Those organised within an agency on which `user` is HR."""
        return self.filter(below(paths_of(user, RoleName.HR), "organizer__path"))

    def announced(self):
        """Those whose entrance the public may know of: neither drafts nor cancelled."""
        return self.exclude(state__in=[CeremonyState.DRAFT, CeremonyState.CANCELLED])

    def open(self):
        """Those at which people can sign now."""
        return self.filter(state=CeremonyState.OPEN)

    def with_counts(self):
        """Adds `invited` and `signed`, counted in the same query."""
        return self.annotate(
            invited=models.Count("participants"),
            signed=models.Count(
                "participants", filter=Q(participants__state=ParticipantState.SIGNED)
            ),
        )


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The participants of the agencies on which `user` has any role."""
        return self.filter(below(paths_of(user), "agency__path"))

    def unsigned(self):
        """Those from whom a signature is still expected."""
        return self.filter(state=ParticipantState.PENDING)

    def signed(self):
        """Those who have signed."""
        return self.filter(state=ParticipantState.SIGNED)

    def under(self, agency):
        """Those of `agency` and of everything below it, as frozen."""
        return self.filter(agency__path__startswith=agency.path)

    def matching(self, words):
        """Those found by number, or by words of the name in any order."""
        return matching_words(self, words, "name")


class InvitationQuerySet(models.QuerySet):
    def valid(self):
        """Those not revoked."""
        return self.filter(revoked_at=None)


class SignatureQuerySet(AppendOnlyQuerySet):
    def without_pact(self):
        """Those whose pact is still to be made, oldest first."""
        return self.filter(pact=None).order_by("id")


class PactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The pacts of the agencies on which `user` has any role."""
        return self.filter(below(paths_of(user), "signature__participant__agency__path"))
