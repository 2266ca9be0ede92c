"""What an import does to the tree of units, told unit by unit."""

from collections import Counter
from dataclasses import dataclass, field

from ..choices import AgencyLevel
from ..models import Agency

CREATED, RENAMED, MOVED, REVIVED = "created", "renamed", "moved", "revived"
ADOPTED, ABSENT = "adopted", "absent"
KINDS = (CREATED, RENAMED, MOVED, REVIVED, ADOPTED, ABSENT)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that is new, or to which something happens: `told` is {kind: a sentence about it}.

    `origin` is its title before, where it had another.
    """

    agency: Agency
    told: dict
    origin: str = ""


@dataclass
class Tree:
    """The units as they are at one moment: plain facts, since the agencies themselves change."""

    names: dict = field(default_factory=dict)
    units: dict = field(default_factory=dict)

    @classmethod
    def of(cls, agencies):
        """The tree of `agencies`: {path: (name, uuid)}, {uuid: what counts of it}."""
        return cls(
            {agency.path: (agency.name, agency.uuid) for agency in agencies},
            {
                agency.uuid: (agency.path, agency.level, agency.siasn_id, agency.retired_at)
                for agency in agencies
            },
        )

    def name(self, uuid):
        return self.names[self.units[uuid][0]][0]

    def above(self, uuid):
        """(name, uuid) of the unit above; ("", None) for the root."""
        return self.names.get(self.units[uuid][0][: -Agency.steplen], ("", None))

    def title(self, uuid):
        """The unit's name, with that of its OPD where it is a unit below one."""
        path, level = self.units[uuid][:2]
        name = self.names[path][0]
        if level != AgencyLevel.UNIT:
            return name
        return f"{name}, {self.names[path[: 2 * Agency.steplen]][0]}"

    def siasn_id(self, uuid):
        return self.units[uuid][2]

    def is_used(self, uuid):
        return self.units[uuid][3] is None


def unit_changes(before, agencies, listed):
    """What becomes of the tree `before` with `agencies`; `listed` are the uuids in the file."""
    after, changes = Tree.of(agencies), []
    for agency in agencies:
        told = _told(before, after, agency.uuid, agency.uuid in listed)
        if told:
            changes.append(UnitChange(agency, told, _origin(before, after, agency.uuid)))
    return changes


def counts_of(changes):
    """{kind: how many units}."""
    counted = Counter(kind for change in changes for kind in change.told)
    return {kind: counted[kind] for kind in KINDS}


def _told(before, after, uuid, is_listed):
    if uuid not in before.units:
        above = after.above(uuid)[0]
        return {CREATED: f"Unit baru di bawah “{above}”." if above else "Pemerintah daerah baru."}
    told = {}
    if after.name(uuid) != before.name(uuid):
        told[RENAMED] = f"Berganti nama; sebelumnya “{before.name(uuid)}”."
    if after.above(uuid)[1] != before.above(uuid)[1]:
        told[MOVED] = f"Pindah dari “{before.above(uuid)[0]}” ke “{after.above(uuid)[0]}”."
    if after.is_used(uuid) and not before.is_used(uuid):
        told[REVIVED] = "Dipakai kembali."
    if after.siasn_id(uuid) != before.siasn_id(uuid):
        told[ADOPTED] = "Dikenali dari namanya; ID UNOR-nya baru."
    if not is_listed and before.is_used(uuid):
        told[ABSENT] = "Tidak ada dalam hierarki; tetap dipakai."
    return told


def _origin(before, after, uuid):
    if uuid not in before.units or before.title(uuid) == after.title(uuid):
        return ""
    return before.title(uuid)
