"""Numbers about agencies, each page's in one grouped query, summed up the tree in memory."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from netralitas.lib.dates import date_only
from netralitas.lib.numbers import printed

from .choices import EmployeeKind
from .models import Agency
from .querysets import below, paths_of


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


def number_history(employee):
    """Every number the employee has had, the one valid today first."""
    return [
        PastNumber(row.get_kind_display(), printed(row.number, row.kind), date_only(row.since))
        for row in employee.numbers.all()
    ]
