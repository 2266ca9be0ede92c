"""Named sets of agencies, employees and events; `visible_to(user)` is where access begins."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Lower, Substr
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from netralitas.lib.errors import AppendOnlyError

from .choices import AccountState, AgencyLevel, Concern, LineGroup, RoleName

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

    def tops(self):
        """Those with `Agency.is_top`: what units are said to belong to."""
        return self.filter(Q(depth__lte=2) | ~Q(merged_into=None))

    def under(self, agency):
        """`agency` and everything below it."""
        return self.filter(path__startswith=agency.path)

    def at_or_above(self, paths):
        """Those at `paths` and everything above them."""
        step = MP_Node.steplen
        ends = ((path, end) for path in paths for end in range(step, len(path) + 1, step))
        return self.filter(path__in={path[:end] for path, end in ends})

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

    def invitable(self, government):
        """Those of `government` without account whom an invitation reaches at their own address."""
        reached = self.without_account().filter(government=government).exclude(email="")
        return reached.exclude(self._sharing(government))

    def sharing_address(self, government):
        """Those of `government` whose mail address somebody else has there as well.

        That is another active employee, or an account that is not just that of the one active
        employee with this address: whoever reads the mailbox could claim what is not theirs.
        """
        return self.filter(self._sharing(government), government=government)

    def _sharing(self, government):
        """The condition of the above; its subqueries are the same for every row."""
        people = self.model.objects.order_by().active().filter(government=government)
        people = people.exclude(email="").annotate(address=Lower("email"))
        repeated = people.values("address").annotate(times=Count("pk")).filter(times__gt=1)
        accounts = self.model._meta.get_field("user").related_model.objects
        foreign = (
            accounts.filter(government=government)
            .exclude(email="")
            .annotate(address=Lower("email"), own=Lower("employee__email"))
            .exclude(employee__active=True, own=F("address"))
        )
        shared = people.filter(
            Q(address__in=repeated.values("address")) | Q(address__in=foreign.values("address"))
        )
        return Q(pk__in=shared.values("pk"))

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

    def by_or_about(self, words, accounts):
        """What a person did, or what concerned a person: by name, user name or number.

        A person who is no employee is found by the account an event is about, among `accounts`.
        """
        uuids = accounts.named(words).values_list("uuid", flat=True)
        about_account = Q(object_type="user", object_id__in=[str(uuid) for uuid in uuids])
        digits = "".join(words.split())
        if digits.isdigit():
            return self.filter(
                Q(employee__number__contains=digits)
                | Q(actor__employee__number__contains=digits)
                | about_account
            )
        condition = Q()
        for word in words.split()[:8]:
            condition &= (
                Q(employee__name__icontains=word)
                | Q(actor__first_name__icontains=word)
                | Q(actor__username__icontains=word)
            )
        return self.filter(condition | about_account)

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

    def of_concern(self, concern):
        """Valid accounts HR should look at, for one reason.

        The employee left; a role stayed behind when the employee moved; or the employee's number
        has a valid account in another government as well: while both are in use it opens the one
        that bears it as user name, and the other opens by its own user name alone.
        """
        roles = self.model._meta.get_field("roles").related_model.objects
        employed = self.model.objects.filter(is_active=True, employee__active=True)
        numbers = employed.values("employee__number").annotate(times=Count("pk"))
        twice = numbers.filter(times__gt=1).values("employee__number")
        condition = {
            Concern.LEFT: Q(employee__active=False),
            Concern.MOVED: Q(pk__in=roles.outdated().values("user")),
            Concern.TWICE: Q(employee__active=True, employee__number__in=twice),
        }[concern]
        return self.filter(condition, is_active=True)

    def holding(self, role):
        """Those with a role anywhere."""
        return self.filter(pk__in=self.model.objects.filter(roles__role=role).values("pk"))

    def named(self, words):
        """Those found by number, or by words of name and user name in any order."""
        return self._matching(words)

    def matching(self, words):
        """Those found by number, or by words of name, user name and agency in any order."""
        return self._matching(words, self._at_agency)

    def _at_agency(self, word):
        held = self.model.objects.filter(roles__agency__name__icontains=word)
        return Q(pk__in=held.values("pk"))

    def _matching(self, words, elsewhere=None):
        """Like `matching_words`, but a number may be the user name as well."""
        digits = "".join(words.split())
        if digits.isdigit():
            return self.filter(Q(employee__number__contains=digits) | Q(username__contains=digits))
        fields = ("first_name", "username", "employee__name")
        return matching_words(self, words, *fields, elsewhere=elsewhere)


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):
    """Django's manager of users with the sets above."""

    use_in_migrations = False


class RoleQuerySet(models.QuerySet):
    def outdated(self):
        """Roles on an OPD their holder worked for, and left after they were given.

        An acting head (*Plt.*) belongs to another OPD, and may move about there: such a role was
        given to somebody who had left already, or had never worked where it is held.
        """
        level = 2 * MP_Node.steplen
        users = self.model._meta.get_field("user").related_model
        employees = users._meta.get_field("employee").related_model
        places = employees._meta.get_field("placements").related_model.objects.filter(
            employee=OuterRef("user__employee")
        )
        places = places.alias(opd_path=Substr("agency__path", 1, level))
        there = places.filter(opd_path=OuterRef("opd_path")).order_by("-since")
        after = places.exclude(opd_path=OuterRef("opd_path")).filter(since__gte=OuterRef("there"))
        compared = self.filter(agency__depth__gt=1).alias(
            opd_path=Substr("agency__path", 1, level),
            own_opd_path=Substr("user__employee__agency__path", 1, level),
            there=Subquery(there.values("since")[:1]),
            left_at=Subquery(after.order_by("since").values("since")[:1]),
        )
        return compared.filter(left_at__gt=F("granted_at")).exclude(opd_path=F("own_opd_path"))


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
