"""The tree of a government under the hands of HR: locking it, and putting branches elsewhere.

The import lays out whole trees at once (`agencies/roster/tree.py`); here one branch moves.
"""

from itertools import count

from django.db.models import F, Max

from netralitas.lib.errors import Refusal

from ..choices import AgencyLevel
from ..models import Agency
from ..roster.hierarchy import MAX_DEPTH

BATCH = 500
TOO_DEEP = f"Pohon instansi akan lebih dalam dari {MAX_DEPTH} tingkat."
RETIRED = "{name} tidak dipakai lagi."


def locked(*agencies):
    """These agencies as stored now; nobody changes them or their tree until the transaction ends.

    All are of one government. Its root is locked first, as the import does: paths stay what they
    are. The others follow in the order of the tree, as with everybody who locks several.
    """
    agencies_to_hold = Agency.objects.select_for_update(no_key=True)
    agencies_to_hold.get(path=agencies[0].government_path)
    rows = agencies_to_hold.filter(pk__in=[agency.pk for agency in agencies])
    by_pk = {row.pk: row for row in rows}
    return [by_pk[agency.pk] for agency in agencies]


def check_in_use(agency, field=""):
    """Raises Refusal for a retired agency."""
    if agency.retired_at:
        raise Refusal(RETIRED.format(name=agency.name), field=field)


def check_depth(parent, levels, field=""):
    """Raises Refusal if no `levels` levels fit below `parent`."""
    if parent.depth + levels > MAX_DEPTH:
        raise Refusal(TOO_DEEP, field=field)


def level_at(depth):
    """The level of what stands so deep, below a government."""
    return AgencyLevel.OPD if depth == 2 else AgencyLevel.UNIT


def levels_of(agency):
    """How many levels the branch of `agency` has, itself included."""
    deepest = Agency.objects.under(agency).order_by().aggregate(Max("depth"))["depth__max"]
    return deepest - agency.depth + 1


def put_below(branches, parent):
    """Make `branches`, siblings with all that stands below each, the last children of `parent`.

    All are locked, and stale afterwards. The number of queries does not grow with the branches.
    treebeard's own `move` writes depths without levels, which the constraint on both refuses; here
    path, depth and level change in one statement.
    """
    if not branches:
        return
    new_paths = dict(zip([branch.path for branch in branches], _free_paths(parent), strict=False))
    shift = parent.depth + 1 - branches[0].depth
    length, old_parent = len(branches[0].path), branches[0].path[: -Agency.steplen]
    moved = []
    for agency in Agency.objects.filter(path__startswith=old_parent).only("path", "depth", "level"):
        new_path = new_paths.get(agency.path[:length])
        if new_path:
            agency.path = new_path + agency.path[length:]
            agency.depth += shift
            agency.level = level_at(agency.depth)
            moved.append(agency)
    Agency.objects.bulk_update(moved, ["path", "depth", "level"], batch_size=BATCH)
    Agency.objects.filter(path=old_parent).update(numchild=F("numchild") - len(branches))
    Agency.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(branches))


def _free_paths(parent):
    """Paths for new children of `parent`, behind those that are there."""
    children = Agency.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = children.last()
    first = last._get_lastpos_in_path() + 1 if last else 1
    return (Agency._get_path(parent.path, parent.depth + 1, step) for step in count(first))
