"""Whose agencies reach what."""

from django.db.models import Q
from treebeard.mp_tree import MP_Node

from agencies.querysets import below, governments_above, paths_of


def government_paths(user):
    """The paths of the governments within which `user` has any role."""
    return governments_above(paths_of(user))


def whole_governments(user):
    """The paths of the governments in which `user` has a role on the government or a whole OPD."""
    paths = [path for path in paths_of(user) if len(path) <= 2 * MP_Node.steplen]
    return governments_above(paths)


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
