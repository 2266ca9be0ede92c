"""Named sets of agencies, employees and events; `visible_to(user)` is where access begins."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from netralitas.lib.errors import AppendOnlyError

from .choices import AccountState, AgencyLevel, LineGroup, RoleName

# Accounts whose password was never set; single sign-on logs in without one.
NEVER_USED = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)


def below(paths, field="path"):
    """A condition: `field` is one of the materialised `paths` or stands below one of them."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def governments_above(paths):
    """The paths of the governments in whose trees `paths` stand."""
    return {path[: MP_Node.steplen] for path in paths}


def paths_of(user, *role_names):
    """The paths of the agencies on which `user` holds one of `role_names` (any role if none)."""
    return user.rights.paths(*role_names) if user.is_authenticated else []


def matching_words(rows, words, *fields, elsewhere=None):
    """The rows whose number holds the digits typed, or whose `fields` hold every word typed.

    A number typed as printed on paper (`19790606 200104 2 001`) is found as well. `elsewhere` gives
    a further condition for one word, for what is no field of the row.
    """
    digits = "".join(words.split())
    if digits.isdigit():
        return rows.filter(number__contains=digits)
    for word in words.split()[:8]:
        condition = elsewhere(word) if elsewhere else Q()
        for field in fields:
            condition |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(condition)
    return rows


class AgencyQuerySet(MP_NodeQuerySet):
    def visible_to(self, user):
        """The agencies on which `user` has any role, and all below them."""
        return self.filter(below(paths_of(user)))

    def governments(self):
        """The roots of the trees."""
        return self.filter(level=AgencyLevel.GOVERNMENT)

    def governments_held(self, user, *role_names):
        """The governments on whose root `user` holds one of `role_names`."""
        return self.filter(path__in=user.rights.government_paths(*role_names))

    def governments_around(self, user):
        """The governments within which `user` has any role."""
        return self.filter(path__in=governments_above(paths_of(user)))

    def opds(self):
        """The agencies directly below a government."""
        return self.filter(level=AgencyLevel.OPD)

    def under(self, agency):
        """`agency` and everything below it."""
        return self.filter(path__startswith=agency.path)

    def in_use(self):
        """Those not retired by a reorganisation."""
        return self.filter(retired_at=None)


class AgencyManager(MP_NodeManager.from_queryset(AgencyQuerySet)):
    def get_queryset(self):
        """Depth-first order, which treebeard's own methods rely on."""
        return AgencyQuerySet(self.model, using=self._db).order_by("path")


class EmployeeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The employees of the agencies on which `user` has any role."""
        return self.filter(below(paths_of(user), "agency__path"))

    def active(self):
        """Those still in the roster."""
        return self.filter(active=True)

    def under(self, agency):
        """Those of `agency` and of everything below it."""
        return self.filter(agency__path__startswith=agency.path)

    def without_account(self):
        """Those still in the roster who have no account, not even an ended one."""
        return self.active().filter(user=None)

    def matching(self, words):
        """Those found by number, or by words of name, position, unit and OPD in any order."""
        return matching_words(self, words, "name", "position", elsewhere=self._within)

    def _within(self, word):
        """A condition: the employee's unit, or its OPD, has the word in its name."""
        agencies = self.model._meta.get_field("agency").related_model.objects.order_by()
        opds = agencies.filter(depth=2, name__icontains=word)
        own_opd = Substr("path", 1, 2 * MP_Node.steplen)
        units = agencies.alias(opd_path=own_opd).filter(
            Q(name__icontains=word) | Q(opd_path__in=opds.values("path"))
        )
        return Q(agency__in=units.values("pk"))


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that may be added and read, nothing else."""

    def update(self, **kwargs):
        raise AppendOnlyError(self.model)

    def delete(self):
        raise AppendOnlyError(self.model)

    def bulk_create(self, objs, *args, update_conflicts=False, **options):
        """Adds rows; never writes over one that is there."""
        if update_conflicts:
            raise AppendOnlyError(self.model)
        return super().bulk_create(objs, *args, **options)


class EventQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """The events of the governments on whose root `user` is HR or auditor."""
        return self.filter(government__path__in=paths_of(user, RoleName.HR, RoleName.AUDITOR))

    def by_or_about(self, words):
        """What a person did, or what concerned a person: by name, user name or number."""
        digits = "".join(words.split())
        if digits.isdigit():
            return self.filter(
                Q(employee__number__contains=digits) | Q(actor__employee__number__contains=digits)
            )
        events = self
        for word in words.split()[:8]:
            events = events.filter(
                Q(employee__name__icontains=word)
                | Q(actor__first_name__icontains=word)
                | Q(actor__username__icontains=word)
            )
        return events

    def of(self, obj):
        """The events about one object, newest first."""
        return self.filter(object_type=obj._meta.model_name, object_id=str(obj.uuid))


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The accounts of the governments on whose root the user is HR or auditor."""
        return self.filter(government__path__in=paths_of(user, RoleName.HR, RoleName.AUDITOR))

    def in_state(self, state):
        """Those that can log in, those invited who never have, or those that were ended."""
        condition = {
            AccountState.ACTIVE: ~NEVER_USED & Q(is_active=True),
            AccountState.INVITED: NEVER_USED & Q(is_active=True),
            AccountState.ENDED: Q(is_active=False),
        }[state]
        return self.filter(condition)

    def holding(self, role):
        """Those with a role anywhere."""
        return self.filter(pk__in=self.model.objects.filter(roles__role=role).values("pk"))

    def matching(self, words):
        """Those found by number, or by words of name, user name and agency in any order."""
        digits = "".join(words.split())
        if digits.isdigit():
            return self.filter(Q(employee__number__contains=digits) | Q(username__contains=digits))
        found = self
        for word in words.split()[:8]:
            at_agency = self.model.objects.filter(roles__agency__name__icontains=word)
            found = found.filter(
                Q(first_name__icontains=word)
                | Q(username__icontains=word)
                | Q(employee__name__icontains=word)
                | Q(pk__in=at_agency.values("pk"))
            )
        return found


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):
    """Django's manager of users with the sets above."""

    use_in_migrations = False


class RosterImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The imports of the governments on whose root the user is HR or auditor."""
        paths = paths_of(user, RoleName.HR, RoleName.AUDITOR)
        return self.filter(government__path__in=paths)


class RosterLineQuerySet(models.QuerySet):
    def rejected(self):
        """The rows that are not imported, in the order of their files."""
        return self.filter(group=LineGroup.REJECTED)

    def matching(self, words):
        """Those found by number, or by words of name, agency and reason in any order."""
        return matching_words(self, words, "name", "agency_name", "origin_name", "reason")
