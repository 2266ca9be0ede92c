"""Numbers about agencies and the history of employees, in a fixed number of queries.

What is counted is grouped in one query and summed up the tree in memory.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from netralitas.lib.dates import date_only
from netralitas.lib.numbers import printed

from .choices import AccountMailKind, EmployeeKind, ImportState
from .models import AccountMail, Agency, Employee, Role
from .querysets import below, governments_above, paths_of

READ_BACK = 300
SHOWN = 12


@dataclass(frozen=True)
class KindCount:
    """How many employees of one kind."""

    label: str
    employees: int


@dataclass(frozen=True)
class PastNumber:
    """A number as a page shows it: its label, its groups, the day it was first imported."""

    label: str
    number: str
    since: str


@dataclass(frozen=True)
class PastPlace:
    """An agency as a page shows it in a history: with its OPD of today, and since when."""

    agency: Agency
    opd: str
    since: str


@dataclass(frozen=True)
class Chapter:
    """One line of a history: the same act by the same person, `times` in a row, last at `at`."""

    label: str
    actor: object
    at: datetime
    times: int


def headcounts(employees):
    """Active employees of each agency and all below it, by the agency's path, in one query."""
    grouped = employees.active().order_by().values_list("agency__path").annotate(Count("pk"))
    return summed_up_the_tree(grouped)


def unit_counts(agencies):
    """How many of `agencies` stand below each path, in one query."""
    paths = agencies.order_by().values_list("path", flat=True)
    return summed_up_the_tree((path[: -Agency.steplen], 1) for path in paths)


def summed_up_the_tree(rows):
    """Totals by path of (path, number) pairs: every number counts for all ancestors as well."""
    totals = Counter()
    for path, number in rows:
        for end in range(Agency.steplen, len(path) + 1, Agency.steplen):
            totals[path[:end]] += number
    return totals


def kind_counts(employees):
    """Active employees by kind, in the order of `EmployeeKind`, kinds without any left out."""
    grouped = employees.active().order_by().values_list("kind").annotate(Count("pk"))
    found = dict(grouped)
    return [KindCount(kind.label, found[kind]) for kind in EmployeeKind if kind in found]


def opd_names(user):
    """The names of the user's governments and of all their OPD, by path, in one query."""
    roots = sorted({path[: Agency.steplen] for path in paths_of(user)})
    top = Agency.objects.order_by().filter(below(roots), depth__lte=2)
    return dict(top.values_list("path", "name"))


def agency_names(user):
    """The names of everything in the user's governments, by path, in one query."""
    everything = Agency.objects.order_by().filter(below(governments_above(paths_of(user))))
    return dict(everything.values_list("path", "name"))


def number_history(employee):
    """Every number the employee has had, the one valid today first."""
    return [
        PastNumber(row.get_kind_display(), printed(row.number, row.kind), date_only(row.since))
        for row in employee.numbers.all()
    ]


def invitable_counts(agency):
    """How many employees of an agency and below can be invited to an account, and why not others.

    `ready` have an address and no account, `unreachable` neither, `with_account` have one already.
    """
    people = Employee.objects.under(agency).active()
    without = Q(user=None)
    return people.aggregate(
        ready=Count("pk", filter=without & ~Q(email="")),
        unreachable=Count("pk", filter=without & Q(email="")),
        with_account=Count("pk", filter=~without),
    )


def place_history(employee):
    """Every agency the employee has worked in, the one of today first, in two queries."""
    rows = list(employee.placements.select_related("agency"))
    tops = Agency.objects.filter(path__in={row.agency.opd_path for row in rows})
    names = dict(tops.order_by().values_list("path", "name"))
    return [PastPlace(row.agency, names[row.agency.opd_path], date_only(row.since)) for row in rows]


def import_history(employee):
    """The lines of applied imports about the employee, with their imports, the latest first."""
    lines = employee.roster_lines.filter(roster_import__state=ImportState.APPLIED)
    lines = lines.select_related("roster_import__government")
    return lines.order_by("-roster_import__applied_at", "-pk")[:SHOWN]


def chapters(events):
    """What was done, the latest first, repetitions told as one line; `events` come newest first."""
    read = events.select_related("actor")[:READ_BACK]
    runs = [list(run) for _, run in groupby(read, key=lambda event: (event.act, event.actor_id))]
    return [Chapter(run[0].label, run[0].actor, run[0].at, len(run)) for run in runs[:SHOWN]]


def account_rows(users):
    """Accounts with what their list shows: roles, `has_factor`, state of the last `invitation`."""
    invitations = AccountMail.objects.filter(
        user=OuterRef("pk"), kind=AccountMailKind.INVITATION
    ).order_by("-pk")
    roles = Role.objects.select_related("agency").order_by("agency__path", "role")
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    rows = users.select_related("employee").prefetch_related(Prefetch("roles", queryset=roles))
    newest = Subquery(invitations.values("state")[:1])
    return rows.annotate(has_factor=Exists(factors), invitation=newest)
