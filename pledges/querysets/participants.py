"""Named sets of participants and what lets them in."""

from django.db import models
from django.db.models import Exists, OuterRef

from agencies.querysets import matching_words, paths_of

from ..choices import UNSIGNED, Channel, ParticipantState
from .scope import kept_within


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

    def invited(self):
        """Those who count: expected, excused, refusing or signed."""
        return self.not_signed() | self.signed()

    def not_signed(self):
        """Those who are invited and have not signed: expected, excused or refusing."""
        return self.filter(state__in=UNSIGNED)

    def signed(self):
        """Those who have signed."""
        return self.filter(state=ParticipantState.SIGNED)

    def annulled(self):
        """Those whose signature was annulled: they count nowhere."""
        return self.filter(state=ParticipantState.ANNULLED)

    def departed(self):
        """Those who were taken off the roster before signing: they count nowhere."""
        return self.filter(state=ParticipantState.DEPARTED)

    def with_slip(self):
        """Those who hold a PIN slip that is valid."""
        return self.filter(self._slip())

    def without_slip(self):
        """Those who hold no PIN slip that is valid."""
        return self.filter(~self._slip())

    def _slip(self):
        invitations = self.model._meta.get_field("invitations").related_model
        valid = invitations.objects.valid()
        return Exists(valid.filter(participant=OuterRef("pk"), channel=Channel.SLIP))

    def with_locks(self, now):
        """Adds `locked`: whether wrong PINs have locked the slip for a while."""
        invitations = self.model._meta.get_field("invitations").related_model
        mine = invitations.objects.locked(now).filter(participant=OuterRef("pk"))
        return self.annotate(locked=Exists(mine))

    def locked(self, now):
        """Those whose slip wrong PINs have locked for a while."""
        return self.with_locks(now).filter(locked=True)

    def matching(self, words):
        """Those found by number, or by words of the name in any order."""
        return matching_words(self, words, "name")


class InvitationQuerySet(models.QuerySet):
    def valid(self):
        """Those not revoked."""
        return self.filter(revoked_at=None)

    def with_signed_key(self):
        """Adds `signed_key`: the nonce with which the participant has signed, or None."""
        return self.annotate(signed_key=models.F("participant__signature__key"))

    def locked(self, now):
        """Those valid that wrong PINs have locked for a while."""
        return self.valid().filter(locked_until__gt=now)
