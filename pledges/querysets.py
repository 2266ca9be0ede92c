"""Named sets of elections, texts, ceremonies, participants, invitations and signatures."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from treebeard.mp_tree import MP_Node

from agencies.querysets import (
    AppendOnlyQuerySet,
    below,
    governments_above,
    matching_words,
    paths_of,
)

from .choices import CeremonyState, ParticipantState, TextState


def government_paths(user):
    """The paths of the governments within which `user` has any role."""
    return governments_above(paths_of(user))


def kept_within(paths):
    """A condition on participants: one of `paths`, on which somebody has a role, keeps them.

    The OPD of the day of freezing keeps its participants, wherever their units stand today. A role
    on a unit reaches those of the unit and below it whose frozen OPD the unit still belongs to.
    Agencies are told by key and not by a stored path: a path is given again after a move.
    """
    condition = below(paths, "opd__path")
    for path in paths:
        above = [path[:end] for end in range(2 * MP_Node.steplen, len(path), MP_Node.steplen)]
        if above:
            condition |= Q(agency__path__startswith=path, opd__path__in=above)
    return condition


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
        taking_part = participants.objects.within(paths).filter(ceremony=OuterRef("pk"))
        return self.filter(below(paths, "organizer__path") | Exists(taking_part))

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
        """The participants kept by the agencies on which `user` has any role."""
        return self.within(paths_of(user))

    def of_owner(self, user):
        """Those that are the user's own: what the account's employee signed or is to sign."""
        return self.filter(employee=user.employee_id) if user.employee_id else self.none()

    def within(self, paths):
        """Those kept by the agencies of these paths and by everything below them."""
        return self.filter(kept_within(paths))

    def unsigned(self):
        """Those from whom a signature is still expected."""
        return self.filter(state=ParticipantState.PENDING)

    def signed(self):
        """Those who have signed."""
        return self.filter(state=ParticipantState.SIGNED)

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

    def for_pact(self):
        """With everything a pact prints, in the same query."""
        return self.select_related(
            "participant__opd__head",
            "participant__ceremony__election",
            "participant__ceremony__text",
            "participant__ceremony__organizer",
            "invitation",
        )
