"""The `HierarkiUnor` file: one tree of units, checked before anything is compared with it."""

from collections import Counter, deque
from dataclasses import dataclass

from ..errors import RosterError
from ..models import Agency
from . import values
from .governments import is_government
from .progress import SILENT
from .tables import unit_table

NAME_LENGTH = Agency._meta.get_field("name").max_length
ID_LENGTH = Agency._meta.get_field("siasn_id").max_length
SLUG_LENGTH = Agency._meta.get_field("slug").max_length
MAX_DEPTH = Agency._meta.get_field("path").max_length // Agency.steplen


@dataclass(frozen=True, slots=True)
class Unit:
    """One row: a unit by SIASN's ID, its name, the ID of the unit above ("" for the root)."""

    row: int
    id: str
    name: str
    parent_id: str


@dataclass(frozen=True)
class Hierarchy:
    """A sound tree: one root, every other unit below a unit of the file. Parents come first."""

    name: str
    size: int
    sha256: str
    units: tuple

    @property
    def root(self):
        return self.units[0]


def read_hierarchy(source, slug, aliases=None, progress=SILENT):
    """The hierarchy of the government `slug`. Raises RosterError if it is none, or another's."""
    units = _rows(source, aliases, progress)
    _check_ids(source.name, units)
    root = _root(source.name, units)
    ordered = _from_the_root(source.name, root, units)
    if not is_government(root.name, slug):
        raise RosterError(
            f"Berkas {source.name} adalah hierarki {root.name}, bukan hierarki {slug}."
        )
    if len(slug) > SLUG_LENGTH:
        raise RosterError(f"Nama singkat {slug} lebih panjang dari {SLUG_LENGTH} huruf.")
    return Hierarchy(source.name, len(source.data), source.sha256, tuple(ordered))


def _rows(source, aliases, progress):
    table, units = unit_table(source, aliases), []
    progress.begin(f"Membaca {source.name}"[:80], table.expected)
    for number, row, fits in table.rows():
        progress.advance()
        unit = Unit(
            number,
            values.text(row["id"]),
            values.text(row["name"]),
            values.optional(row["parent_id"]),
        )
        if not fits:
            raise _broken(source.name, number, "jumlah sel tidak sama dengan kepala tabel")
        if not unit.id or not unit.name:
            raise _broken(source.name, number, "ID atau NAMA_UNOR kosong")
        if len(unit.id) > ID_LENGTH or len(unit.name) > NAME_LENGTH:
            raise _broken(source.name, number, "ID atau NAMA_UNOR terlalu panjang")
        units.append(unit)
    return units


def _check_ids(name, units):
    rows = {}
    for unit in units:
        if unit.id in rows:
            raise _broken(name, unit.row, f"ID sama dengan ID pada baris {rows[unit.id]}")
        rows[unit.id] = unit.row
    for unit in units:
        if unit.parent_id and unit.parent_id not in rows:
            raise _broken(name, unit.row, "ID_ATASAN tidak ada di dalam berkas")


def _root(name, units):
    roots = [unit for unit in units if not unit.parent_id]
    if len(roots) == 1:
        return roots[0]
    if not roots:
        raise RosterError(f"Hierarki {name} tidak memiliki akar: tidak ada ID_ATASAN yang kosong.")
    places = ", ".join(str(unit.row) for unit in roots[:5])
    raise RosterError(
        f"Hierarki {name} memiliki {len(roots)} akar (baris {places}); harus tepat satu."
    )


def _from_the_root(name, root, units):
    """Units level by level in the order of the file. Whoever is not reached is in a circle."""
    children = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    ordered, depths, waiting = [], Counter({root.id: 1}), deque([root])
    while waiting:
        unit = waiting.popleft()
        ordered.append(unit)
        for child in children.get(unit.id, []):
            depths[child.id] = depths[unit.id] + 1
            waiting.append(child)
    if len(ordered) < len(units):
        lost = min({unit.row for unit in units} - {unit.row for unit in ordered})
        raise _broken(name, lost, "ID_ATASAN membentuk lingkaran")
    if max(depths.values()) > MAX_DEPTH:
        raise RosterError(f"Hierarki {name} lebih dalam dari {MAX_DEPTH} tingkat.")
    return ordered


def _broken(name, row, what):
    return RosterError(f"Hierarki {name} tidak dapat dipakai: baris {row}, {what}.")
