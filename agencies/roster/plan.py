"""What an import would change: what a person reads before saying yes, and what is then written.

Computed from the files and the stored state alone; nothing is saved here.
"""

from dataclasses import dataclass, field

from ..choices import RosterFileKind
from ..errors import RosterError
from .comparison import Comparison
from .heads import new_heads
from .matching import Known
from .progress import SILENT
from .records import Notice
from .tree import UnitPlan, plan_units

MANY_LEFT = 10
MANY_LEFT_SHARE = 4


@dataclass
class Plan:
    """The whole import: units, people by what happens to them, rows not imported, warnings.

    `new_government`: the government was not known and is made from the hierarchy's root. `heads`
    change if those who left are deactivated, `heads_if_all_stay` if not. `accounts` {employee id:
    roles} says who can log in, of whom somebody should think when they leave or move.
    """

    slug: str
    new_government: bool
    units: UnitPlan
    partial: bool
    files: list
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    left: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    heads_if_all_stay: list = field(default_factory=list)
    accounts: dict = field(default_factory=dict)
    unchanged: int = 0
    rejected: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    @property
    def government(self):
        """The root; in the preview of a new government not saved."""
        return self.units.root

    def heads_written(self, *, deactivate):
        """The changes of heads that come with one or the other decision about who left."""
        return self.heads if deactivate else self.heads_if_all_stay

    def counts(self):
        """How many of each, by the names of the command's contract."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "moved": len(self.moved),
            "left": len(self.left),
            "unchanged": self.unchanged,
        }


def make_plan(roster, state, progress=SILENT):
    """The plan of importing `roster` into `state`. Raises RosterError if it cannot be done at all.

    `left` are the active employees, of the kinds present among the good rows, who are in none of
    the files; whoever may stand in a rejected row is not counted among them.
    """
    plan = Plan(
        slug=roster.slug,
        new_government=not state.agencies,
        units=_units(roster, state),
        partial=roster.partial,
        files=_files(roster),
        accounts=state.accounts,
    )
    plan.warnings += plan.units.warnings
    comparison = Comparison(plan, Known(state.employees, state.numbers))
    progress.begin("Membandingkan dengan data tersimpan", sum(len(f.people) for f in roster.files))
    for file in roster.files:
        comparison.take(file, progress)
    if not roster.partial:
        plan.left = comparison.left(state.employees)
        _warn_of_many(plan, state.employees)
    plan.heads = plan.heads_if_all_stay = new_heads(plan, state.employees)
    if plan.left:
        plan.heads = new_heads(plan, state.employees, leaving=plan.left)
    return plan


def _files(roster):
    """What is kept of the files: [{kind, name, size, sha256}], the hierarchy first."""
    kinds = [(RosterFileKind.ROSTER.value, file) for file in roster.files]
    if roster.hierarchy is not None:
        kinds.insert(0, (RosterFileKind.UNITS.value, roster.hierarchy))
    return [
        {"kind": kind, "name": file.name, "size": file.size, "sha256": file.sha256}
        for kind, file in kinds
    ]


def _units(roster, state):
    if not state.agencies and roster.hierarchy is None:
        raise RosterError(f"Pemerintah daerah {roster.slug} belum dikenal; sertakan HierarkiUnor.")
    return plan_units(roster.hierarchy, state.agencies, state.new_root_path, roster.slug)


def _warn_of_many(plan, employees):
    """Warn when so many would be taken for gone that the files may be only a part."""
    left, active = len(plan.left), sum(employee.active for employee in employees)
    if left >= MANY_LEFT and left * MANY_LEFT_SHARE >= active:
        told = (
            f"{left} dari {active} pegawai aktif tidak ada dalam berkas. Bila berkas hanya memuat "
            "sebagian pegawai, ulangi impor ini sebagai impor sebagian."
        )
        plan.warnings.append(Notice(told))
