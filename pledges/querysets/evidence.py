"""Named sets of signatures, annulments, pacts, and of the register."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from agencies.querysets import AppendOnlyQuerySet, below

from ..choices import AnnulmentState, ParticipantState


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


class CountersignatureQuerySet(AppendOnlyQuerySet):
    def not_logged(self, above=0):
        """Those that are not in the register yet, as `SignatureQuerySet.not_logged`."""
        return self.filter(entry=None, pk__gt=above).order_by("pk")


class CountersignedPactQuerySet(models.QuerySet):
    def not_made(self):
        """Those that count and whose file is still to be made, oldest first."""
        counted = models.Q(signature__participant__state=ParticipantState.SIGNED)
        return self.filter(counted, file="").order_by("pk")

    def due(self, now):
        """Those of them that are to be tried now."""
        return self.not_made().filter(next_at__lte=now)

    def to_be_made(self):
        """Those of them that are to be tried at all."""
        return self.not_made().exclude(next_at=None)


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
