"""The government's tree as the hierarchy wants it, laid over the agencies there are.

Works on agencies in memory; nothing is saved here. Paths are treebeard's materialised paths,
computed for the whole tree at once: one saved node at a time would cost queries by the thousand.
"""

from collections import Counter, deque
from dataclasses import dataclass, field

from ..choices import AgencyLevel
from ..errors import RosterError
from ..models import Agency
from .hierarchy import MAX_DEPTH
from .matching import KnownUnits
from .records import Notice
from .unit_changes import Tree, counts_of, unit_changes
from .values import comparable

STORED = (
    *("name", "siasn_id", "level", "path", "depth", "numchild"),
    *("retired_at", "merged_into_id"),
)


@dataclass
class UnitPlan:
    """The tree after the import. `updated` are saved agencies of which a stored field differs."""

    root: Agency
    agencies: list
    created: list = field(default_factory=list)
    updated: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    known: KnownUnits = field(init=False)

    def __post_init__(self):
        self.known = KnownUnits(self.agencies)

    def counts(self):
        """How many units there are, and what happens to how many."""
        return {"total": len(self.agencies), **counts_of(self.changes)}


def plan_units(hierarchy, existing, new_root_path, slug):
    """Lay `hierarchy` over `existing` (in path order, root first; empty if not yet known).

    A unit is recognised by its SIASN ID, else by its name under the same unit (see `_adopt`);
    names and places follow the file; what the file lists is in use again; agencies not in the file
    stay. Raises RosterError where the root of the file is another agency than the government's.
    """
    if hierarchy is None:
        return UnitPlan(existing[0], existing)
    before, tree = {agency.pk: _stored(agency) for agency in existing}, Tree.of(existing)
    matched, parents = _matched(hierarchy, existing), _parents(existing)
    if not existing:
        matched[hierarchy.root.id] = Agency(slug=slug, path=new_root_path)
    warnings = _known_by_name(hierarchy, matched)
    for unit in hierarchy.units:
        agency = matched.setdefault(unit.id, Agency())
        agency.name, agency.siasn_id = unit.name, unit.id
        parents[agency.uuid] = matched.get(unit.parent_id)
    warnings += _revive(hierarchy, matched)
    root = matched[hierarchy.root.id]
    agencies = _place(root, _unique([*matched.values(), *existing]), parents)
    return UnitPlan(
        root,
        agencies,
        created=[agency for agency in agencies if agency.pk is None],
        updated=[agency for agency in existing if _stored(agency) != before[agency.pk]],
        changes=unit_changes(tree, agencies, {agency.uuid for agency in matched.values()}),
        warnings=warnings,
    )


def _revive(hierarchy, matched):
    """Take what the file lists into use again; a warning for each unit that was retired."""
    warnings = []
    for unit in hierarchy.units:
        agency = matched[unit.id]
        if agency.retired_at is not None:
            agency.retired_at = agency.merged_into_id = None
            told = f"unit “{unit.name}” sudah tidak dipakai, dan dengan impor ini dipakai kembali."
            warnings.append(Notice(told, hierarchy.name, unit.row))
    return warnings


def _known_by_name(hierarchy, matched):
    """A warning for each unit that is taken for one with another ID: it may be another one."""
    told = "unit “{}” dikenali dari namanya saja; UNOR ID-nya lain dari yang tersimpan."
    return [
        Notice(told.format(unit.name), hierarchy.name, unit.row)
        for unit in hierarchy.units
        if unit is not hierarchy.root
        and unit.id in matched
        and matched[unit.id].siasn_id != unit.id
    ]


def _stored(agency):
    return tuple(getattr(agency, name) for name in STORED)


def _unique(agencies):
    return list({agency.uuid: agency for agency in agencies}.values())


def _parents(existing):
    """{uuid: the agency above}, as stored today."""
    by_path = {agency.path: agency for agency in existing}
    return {agency.uuid: by_path.get(agency.path[: -agency.steplen]) for agency in existing}


def _matched(hierarchy, existing):
    """{unit ID: the agency that is this unit today}; units that are new are missing."""
    if not existing:
        return {}
    root, known = existing[0], {agency.siasn_id: agency for agency in existing if agency.siasn_id}
    file_ids = {unit.id for unit in hierarchy.units}
    if known.get(hierarchy.root.id, root) is not root or root.siasn_id in (
        file_ids - {hierarchy.root.id} - {""}
    ):
        raise RosterError(
            f"Akar hierarki {hierarchy.name} bukan unit teratas {root.name} yang tersimpan."
        )
    matched = {hierarchy.root.id: root}
    matched |= {unit.id: known[unit.id] for unit in hierarchy.units if unit.id in known}
    _adopt(hierarchy, existing, file_ids, matched)
    return matched


def _adopt(hierarchy, existing, file_ids, matched):
    """Recognise units to which SIASN gave a new ID, and add them to `matched`.

    An agency is taken for a unit if it stands below the same agency, is in use, has the same name,
    has an ID the file does not know, and neither there nor in the file a second one is like it.
    """
    free = {}
    for agency in existing[1:]:
        if agency.siasn_id not in file_ids and agency.retired_at is None:
            key = (agency.path[: -agency.steplen], comparable(agency.name))
            free.setdefault(key, []).append(agency)
    strangers = [unit for unit in hierarchy.units if unit.id not in matched]
    alike = Counter((unit.parent_id, comparable(unit.name)) for unit in strangers)
    for unit in strangers:
        parent = matched.get(unit.parent_id)
        name = comparable(unit.name)
        candidates = free.get((parent.path, name), []) if parent else []
        if len(candidates) == 1 and alike[unit.parent_id, name] == 1:
            matched[unit.id] = candidates[0]


def _place(root, agencies, parents):
    """Give every agency its path, depth, level and number of children; parents come first.

    Who stays below the same parent keeps its step. Who is new there gets a step never used under
    that parent, so that no new path equals an old one and the rows may be saved in any order.
    """
    old_paths = {agency.uuid: agency.path for agency in agencies}
    children = {}
    for agency in agencies:
        if agency is not root:
            children.setdefault(parents[agency.uuid].uuid, []).append(agency)
    last_steps = _last_steps(old_paths)
    root.depth, ordered, waiting = 1, [], deque([root])
    while waiting:
        parent = waiting.popleft()
        below = children.get(parent.uuid, [])
        parent.level, parent.numchild = _level(parent.depth), len(below)
        ordered.append(parent)
        old_path = old_paths[parent.uuid]
        _place_children(parent, below, old_path, last_steps.get(old_path, 0) if old_path else 0)
        waiting.extend(below)
    return ordered


def _place_children(parent, children, old_path, last_step):
    if children and parent.depth >= MAX_DEPTH:
        raise RosterError(f"Pohon instansi akan lebih dalam dari {MAX_DEPTH} tingkat.")
    for child in children:
        if child.path and old_path and child.path[: -child.steplen] == old_path:
            step = child.path[-child.steplen :]
        else:
            last_step += 1
            step = Agency._get_path("", 1, last_step)
        child.depth = parent.depth + 1
        child.path = parent.path + step


def _last_steps(old_paths):
    """{path: the highest step any agency below it has today}."""
    last = {}
    for path in filter(None, old_paths.values()):
        above, step = path[: -Agency.steplen], Agency._str2int(path[-Agency.steplen :])
        last[above] = max(last.get(above, 0), step)
    return last


def _level(depth):
    return {1: AgencyLevel.GOVERNMENT, 2: AgencyLevel.OPD}.get(depth, AgencyLevel.UNIT)
