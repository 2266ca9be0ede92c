"""The tree of a government under the hands of HR: locking it, and putting branches elsewhere.

The import lays out whole trees at once (`agencies/roster/tree.py`); here one branch moves.
"""

from django.db.models import Case, F, Max, Value, When
from django.db.models.functions import Concat, Substr

from netralitas.lib.errors import Refusal

from ..choices import AgencyLevel
from ..models import Agency
from ..roster.hierarchy import MAX_DEPTH

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


def level_below(parent):
    """The level of what stands directly below `parent`."""
    return AgencyLevel.OPD if parent.depth == 1 else AgencyLevel.UNIT


def levels_of(agency):
    """How many levels the branch of `agency` has, itself included."""
    deepest = Agency.objects.under(agency).order_by().aggregate(Max("depth"))["depth__max"]
    return deepest - agency.depth + 1


def put_below(agency, parent):
    """Make `agency`, with all below it, the last child of `parent`; both are locked.

    treebeard's own `move` writes depths without levels, which the constraint on both refuses. Here
    path, depth and level of the branch change in one statement. The objects in memory are stale
    afterwards.
    """
    children = Agency.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = children.last()
    new_path = last._inc_path() if last else Agency._get_path(parent.path, parent.depth + 1, 1)
    shift = parent.depth + 1 - agency.depth
    is_opd = When(depth=2 - shift, then=Value(AgencyLevel.OPD))
    Agency.objects.under(agency).update(
        path=Concat(Value(new_path), Substr("path", len(agency.path) + 1)),
        depth=F("depth") + shift,
        level=Case(is_opd, default=Value(AgencyLevel.UNIT)),
    )
    old_parent = Agency.objects.filter(path=agency.path[: -agency.steplen])
    old_parent.update(numchild=F("numchild") - 1)
    Agency.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)
