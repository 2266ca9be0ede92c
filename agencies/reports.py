"""Numbers about agencies and the history of employees, in a fixed number of queries.

What is counted is grouped in one query and summed up the tree in memory.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, Subquery

from netralitas.lib.dates import date_only
from netralitas.lib.numbers import printed

from .choices import (
    WITHOUT_ACCOUNT,
    AccountMailKind,
    Concern,
    EmployeeKind,
    ImportState,
    LineGroup,
)
from .models import AccountMail, Agency, Employee, Role, User
from .models.agency import top_path
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
    """One line of a history: the same act by the same person for the same reason, if one was given,
    `times` in a row, last at `at`.
    """

    label: str
    actor: object
    at: datetime
    times: int
    reason: str


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
    """The names that `opd_of` gives in the user's governments, by path, in one query."""
    roots = sorted({path[: Agency.steplen] for path in paths_of(user)})
    tops = Agency.objects.order_by().tops().filter(below(roots))
    return dict(tops.values_list("path", "name"))


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

    `ready` have an address of their own and no account, `shared` one that others have as well,
    `unreachable` none; `with_account` have an account already.
    """
    people = Employee.objects.under(agency).active()
    without = Q(user=None)
    sharing = Employee.objects.sharing_address(agency.government)
    shared = Q(pk__in=sharing.values("pk"))
    return people.aggregate(
        ready=Count("pk", filter=without & ~Q(email="") & ~shared),
        shared=Count("pk", filter=without & shared),
        unreachable=Count("pk", filter=without & Q(email="")),
        with_account=Count("pk", filter=~without),
    )


def place_history(employee):
    """Every agency the employee has worked in, the one of today first, in two queries."""
    rows = list(employee.placements.select_related("agency"))
    names = opd_names_of(row.agency for row in rows)
    return [PastPlace(row.agency, opd_of(row.agency, names), date_only(row.since)) for row in rows]


def opd_names_of(agencies):
    """The names `opd_of` asks for, of what `agencies` belong to, in one query."""
    tops = Agency.objects.order_by().tops().at_or_above(agency.path for agency in agencies)
    return dict(tops.values_list("path", "name"))


def unit_with_opd(agency, names):
    """The unit and its OPD, or the OPD alone: many have a "Sekretariat"; `names` as `opd_of`."""
    opd = opd_of(agency, names)
    return opd if opd == agency.name else f"{agency.name}, {opd}"


def opd_of(agency, names):
    """The name of the OPD an agency belongs to, or of what was merged; `names` by path are those of
    `AgencyQuerySet.tops`.
    """
    return names[top_path(agency.path, names)]


def import_history(employee):
    """The lines of applied imports about the employee, with their imports, the latest first."""
    lines = employee.roster_lines.filter(roster_import__state=ImportState.APPLIED)
    lines = lines.select_related("roster_import__government")
    return lines.order_by("-roster_import__applied_at", "-pk")[:SHOWN]


def departure(employee):
    """How an inactive employee left last: (whether by hand and not by an import, when).

    The time is None if neither is on record. Two queries.
    """
    hand = employee.events.filter(act="employee.deactivated").aggregate(at=Max("at"))["at"]
    lines = employee.roster_lines.filter(
        group=LineGroup.LEFT, roster_import__state=ImportState.APPLIED
    )
    imported = lines.aggregate(at=Max("roster_import__applied_at"))["at"]
    by_hand = hand is not None and (imported is None or hand > imported)
    return by_hand, hand if by_hand else imported


def chapters(events):
    """What was done, the latest first, repetitions told as one line; `events` come newest first."""
    read = events.select_related("actor", "stated")[:READ_BACK]
    runs = [list(run) for _, run in groupby(read, key=_alike)]
    return [_chapter(run[0], len(run)) for run in runs[:SHOWN]]


def _alike(event):
    return event.act, event.actor_id, event.why


def _chapter(last, times):
    return Chapter(last.label, _actor(last), last.at, times, last.why)


def _actor(event):
    """The user who did it, or a word for who did it without an account; None for the system."""
    return event.actor or WITHOUT_ACCOUNT.get(event.act)


def account_rows(users):
    """Accounts with what their list and page show.

    That is roles (each with `outdated`), `has_factor`, `is_linked` with the single sign-on, the
    state of the last `invitation`, and what `concerns_of` reads.
    """
    itself = OuterRef("pk")
    invitations = AccountMail.objects.filter(user=itself, kind=AccountMailKind.INVITATION).order_by(
        "-pk"
    )
    outdated = Exists(Role.objects.outdated().filter(pk=itself))
    roles = Role.objects.select_related("agency").annotate(outdated=outdated)
    factors = Authenticator.objects.filter(user=itself).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    links = SocialAccount.objects.filter(user=itself)
    concerns = {
        _concern_field(concern): Exists(User.objects.of_concern(concern).filter(pk=itself))
        for concern in Concern
    }
    in_order = Prefetch("roles", queryset=roles.order_by("agency__path", "role"))
    return (
        users.select_related("employee")
        .prefetch_related(in_order)
        .annotate(
            has_factor=Exists(factors),
            is_linked=Exists(links),
            invitation=Subquery(invitations.values("state")[:1]),
            **concerns,
        )
    )


def concerns_of(account):
    """Why HR should look at an account of `account_rows`, as a list of `Concern`."""
    return [concern for concern in Concern if getattr(account, _concern_field(concern))]


def _concern_field(concern):
    return f"concern_{concern.lower()}"
