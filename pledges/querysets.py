"""Named sets of elections, texts, ceremonies, participants, invitations and signatures."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from treebeard.mp_tree import MP_Node

from agencies.querysets import (
    AppendOnlyQuerySet,
    below,
    governments_above,
    matching_words,
    paths_of,
)

from .choices import (
    GRACE,
    AnnulmentState,
    BatchState,
    CeremonyState,
    Channel,
    PackState,
    ParticipantState,
    TextState,
)


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
            invited=models.Count(
                "participants", filter=~Q(participants__state=ParticipantState.ANNULLED)
            ),
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
        states = (ParticipantState.PENDING, ParticipantState.EXCUSED, ParticipantState.REFUSED)
        return self.filter(state__in=states)

    def signed(self):
        """Those who have signed."""
        return self.filter(state=ParticipantState.SIGNED)

    def annulled(self):
        """Those whose signature was annulled: they count nowhere."""
        return self.filter(state=ParticipantState.ANNULLED)

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


class SignatureQuerySet(AppendOnlyQuerySet):
    def without_pact(self):
        """Those whose pact is still to be made, oldest first."""
        return self.filter(pact=None).order_by("id")

    def not_logged(self, above=0):
        """Those that are not in the register yet, of primary keys over `above`, oldest first."""
        return self.filter(entry=None, pk__gt=above).order_by("pk")

    def for_pact(self):
        """With everything a pact prints, in the same query."""
        return self.select_related(
            "participant__opd__head",
            "participant__ceremony__election",
            "participant__ceremony__text",
            "participant__ceremony__organizer",
            "invitation__issued_by",
        )


class AnnulmentQuerySet(AppendOnlyQuerySet):
    def not_logged(self, above=0):
        """Those that are not in the register yet, as `SignatureQuerySet.not_logged`."""
        return self.filter(entry=None, pk__gt=above).order_by("pk")


class AnnulmentRequestQuerySet(models.QuerySet):
    def asked(self):
        """Those that nobody has decided."""
        return self.filter(state=AnnulmentState.ASKED)

    def awaiting(self, user, held):
        """Those that wait for `user`, as roles tell: asked by somebody else, of a government among
        `held`, {path: since when}, and after that. Who may consent `annulment_officers.py` says.
        """
        organizer = "signature__participant__ceremony__organizer__path"
        condition = models.Q(pk__in=[])
        for path, since in held.items():
            condition |= below([path], organizer) & models.Q(asked_at__gt=since)
        return self.asked().filter(condition).exclude(asked_by=user)


class RegisterEntryQuerySet(AppendOnlyQuerySet):
    def leaves(self, names):
        """{(0, index): digest} of the entries among these names (netralitas.lib.merkle)."""
        wanted = [index for level, index in names if level == 0]
        rows = self.filter(index__in=wanted).values_list("index", "digest")
        return {(0, index): digest for index, digest in rows.order_by()}


class RegisterNodeQuerySet(AppendOnlyQuerySet):
    def named(self, names):
        """{(level, index): digest} of the nodes among these names, as far as they are stored."""
        wanted = [Q(level=level, index=index) for level, index in names if level > 0]
        if not wanted:
            return {}
        rows = self.filter(reduce(or_, wanted)).values_list("level", "index", "digest")
        return {(level, index): digest for level, index, digest in rows.order_by()}

    def spanning(self, names):
        """{(level, index): digest} of all nodes between the first and the last of each level named.

        Meant for the many names of a batch, which lie side by side.
        """
        levels = {}
        for level, index in names:
            levels.setdefault(level, []).append(index)
        wanted = [
            Q(level=level, index__range=(min(indices), max(indices)))
            for level, indices in levels.items()
        ]
        if not wanted:
            return {}
        rows = self.filter(reduce(or_, wanted)).values_list("level", "index", "digest")
        return {(level, index): digest for level, index, digest in rows.order_by()}


class TreeHeadQuerySet(AppendOnlyQuerySet):
    def latest_first(self):
        """All heads, the one over most entries first."""
        return self.order_by("-size")

    def first_over(self, index):
        """The earliest head over the entry at `index`, or None."""
        return self.filter(size__gt=index).order_by("size").first()


class PactFailureQuerySet(models.QuerySet):
    def waiting(self):
        """Those whose pact has not been made in the meantime, the longest waiting first."""
        return self.filter(signature__pact=None).order_by("pk")

    def of(self, participants):
        """Those of these participants."""
        return self.filter(signature__participant__in=participants)

    def by_reason(self):
        """{reason, count, next_at} for each reason, the most frequent first."""
        groups = self.waiting().order_by().values("reason")
        counted = groups.annotate(count=models.Count("pk"), next_at=models.Min("next_at"))
        return counted.order_by("-count", "reason")

    def by_ceremony(self, paths):
        """{uuid, title, count} of the ceremonies organised there whose pacts wait, by title."""
        ceremony = "signature__participant__ceremony"
        waiting = self.waiting().filter(below(paths, f"{ceremony}__organizer__path")).order_by()
        named = {"uuid": models.F(f"{ceremony}__uuid"), "title": models.F(f"{ceremony}__title")}
        return waiting.values(**named).annotate(count=models.Count("pk")).order_by("title")

    def due(self, now):
        """Those that are to be tried again."""
        return self.filter(next_at__lte=now).order_by("next_at", "pk")


class SealCertificateQuerySet(models.QuerySet):
    def latest_first(self):
        """The one that seals now, then those before it."""
        return self.order_by("-used_at", "-pk")

    def current(self):
        """The one with which pacts are sealed now, or None before the first."""
        return self.latest_first().first()


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
