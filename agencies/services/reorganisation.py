"""Reorganisations ("SOTK baru"): agencies are moved, merged, retired and taken up again.

Nobody is deleted and nothing that was signed changes hands by itself: why it is done like this is
in docs/decisions/0007-reorganisation.md.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format

from netralitas.lib.errors import Refusal

from ..choices import AgencyLevel, RoleName
from ..models import Agency, Employee, Placement, Role
from . import events
from .roles import grant_role
from .tree import check_depth, check_in_use, levels_of, locked, put_below

BATCH = 500
GOVERNMENT_STAYS = "Pemerintah daerah adalah puncak pohon dan tidak dapat ditata seperti instansi."
NOT_INTO_GOVERNMENT = "Pilih OPD atau unit kerja yang mengambil alih, bukan pemerintah daerah."
FOREIGN = "Instansi pemerintah daerah lain tidak dapat dipilih."
WITHIN_ITSELF = "Pilih instansi yang tidak berada di bawah instansi itu sendiri."
ALREADY_THERE = "Instansi ini sudah berada di bawah {name}."
IN_USE = "{name} masih dipakai."
PARENT_RETIRED = "{parent}, instansi di atasnya, tidak dipakai lagi. Pakai kembali {parent} dahulu."
STILL_PEOPLE = (
    "Masih ada {count} pegawai aktif di {name} dan unit di bawahnya. Pindahkan mereka, atau "
    "gabungkan instansi ini ke instansi lain."
)
FOREIGN_ROLE = "Peran yang dipilih bukan peran pada instansi yang digabung."


@dataclass(frozen=True)
class Merger:
    """What merging `source` into `target` does.

    `employees` active people of the source itself move to the target. `units` come to stand below
    it, with `units_below` units in all and the `employees_below` people in them. `roles` are those
    held on the source, which are given on the target only where HR says so. `doubles` are the names
    that then stand twice below the target.
    """

    source: Agency
    target: Agency
    employees: int
    units: list[Agency]
    units_below: int
    employees_below: int
    roles: list[Role]
    doubles: list[str]

    @property
    def passes_on_pacts(self):
        """Whether a role on the target reaches what was signed in the source.

        What a unit signed is kept by its OPD; going to another OPD, it leaves that there.
        """
        is_opd = self.source.level == AgencyLevel.OPD
        return is_opd or self.source.opd_path == self.target.opd_path


def check_may_be_placed(agency):
    """Raises Refusal for a government and for a retired agency: neither is moved or merged."""
    _check_is_no_government(agency)
    check_in_use(agency)


@transaction.atomic
def move_agency(*, actor, agency, target):
    """Let `agency`, with all below it, stand below `target`; levels follow the depth.

    Roles reach what stands below them from then on; frozen participants stay with the OPD of their
    day. Raises Refusal for a government, for a target of another government, retired, or below the
    agency itself, and if it stands there already.
    """
    agency, target = locked(agency, target)
    _check_pair(agency, target)
    origin = _parent_of(agency)
    if origin == target:
        raise Refusal(ALREADY_THERE.format(name=target.name), field="target")
    check_depth(target, levels_of(agency), field="target")
    units = Agency.objects.under(agency).count() - 1
    put_below([agency], target)
    agency.refresh_from_db()
    data = {"from": str(origin.uuid), "to": str(target.uuid), "units": units}
    _record(actor, "agency.moved", agency, data)
    return agency


def merger_of(source, target):
    """What `merge_agency` would do now. Raises Refusal where it would."""
    _check_pair(source, target)
    if target.level == AgencyLevel.GOVERNMENT:
        raise Refusal(NOT_INTO_GOVERNMENT, field="target")
    units = list(_children(source).in_use())
    check_depth(target, levels_of(source), field="target")
    others = _children(target).in_use().exclude(pk=source.pk)
    there = {name.casefold() for name in others.values_list("name", flat=True)}
    people = Employee.objects.active().under(source)
    own = people.filter(agency=source).count()
    return Merger(
        source=source,
        target=target,
        employees=own,
        units=units,
        units_below=Agency.objects.under(source).in_use().exclude(pk=source.pk).count(),
        employees_below=people.count() - own,
        roles=list(roles_to_pass_on(source)),
        doubles=sorted({unit.name for unit in units if unit.name.casefold() in there}),
    )


def roles_to_pass_on(source):
    """The roles held on `source` itself by those who can log in, by name; HR is no OPD's role."""
    held = source.roles.filter(user__is_active=True).exclude(role=RoleName.HR)
    return held.select_related("user").order_by("user__first_name", "user__username", "role")


@transaction.atomic
def merge_agency(*, actor, source, target, roles):
    """Merge `source` into `target` and retire it; returns the `Merger` that was carried out.

    The active employees of the source work in the target from then on, its units stand below the
    target, and `roles` (of those held on the source) are granted there as well. The target keeps
    its head, the source has none any more. The source comes to stand below the target, so that a
    role on the target reaches what was signed there. Raises Refusal as `move_agency` does, and for
    a role that is not held on it.
    """
    source, target = locked(source, target)
    merger = merger_of(source, target)
    if any(role not in merger.roles for role in roles):
        raise Refusal(FOREIGN_ROLE, field="roles")
    now = timezone.now()
    _move_people(source, target, now)
    put_below(merger.units, target)
    if _parent_of(source) != target:
        put_below([source], target)
    Agency.objects.filter(pk=source.pk).update(retired_at=now, merged_into=target, head=None)
    for role in roles:
        grant_role(actor=actor, user=role.user, role=role.role, agency=target)
    data = {
        "to": str(target.uuid),
        "employees": merger.employees,
        "units": merger.units_below,
        "roles": len(roles),
        "vacated": int(source.head_id is not None),
    }
    _record(actor, "agency.merged", source, data)
    return merger


@transaction.atomic
def retire_agency(*, actor, agency):
    """Take `agency` and everything below it out of use; it stays in the tree, with its history.

    Whoever heads one of these from elsewhere heads it no more. Raises Refusal for a government, for
    one that is retired already, and while anybody active works there or below.
    """
    (agency,) = locked(agency)
    _check_is_no_government(agency)
    check_in_use(agency)
    people = Employee.objects.active().under(agency).count()
    if people:
        count = number_format(people, force_grouping=True)
        raise Refusal(STILL_PEOPLE.format(count=count, name=agency.name))
    going = Agency.objects.under(agency).in_use()
    heads = going.exclude(head=None).count()
    retired = going.update(retired_at=timezone.now(), head=None)
    _record(actor, "agency.retired", agency, {"units": retired - 1, "vacated": heads})


@transaction.atomic
def revive_agency(*, actor, agency):
    """Take a retired agency into use again, with the units that were retired in the same act.

    It stays where it stands in the tree, and nobody and nothing comes back to it by itself. Raises
    Refusal if it is in use, or if the agency above it is retired.
    """
    (agency,) = locked(agency)
    if not agency.retired_at:
        raise Refusal(IN_USE.format(name=agency.name))
    parent = _parent_of(agency)
    if parent.retired_at:
        raise Refusal(PARENT_RETIRED.format(parent=parent.name))
    together = Q(pk=agency.pk) | Q(retired_at=agency.retired_at, merged_into=None)
    revived = (
        Agency.objects.under(agency).filter(together).update(retired_at=None, merged_into=None)
    )
    _record(actor, "agency.revived", agency, {"units": revived - 1})


# Checks and steps of the above ------------------------------------------------------------------


def _check_pair(agency, target):
    """Raises Refusal unless `agency` may come to stand below `target`, or be taken over by it."""
    check_may_be_placed(agency)
    if agency.government_path != target.government_path:
        raise Refusal(FOREIGN, field="target")
    check_in_use(target, field="target")
    if agency.covers(target):
        raise Refusal(WITHIN_ITSELF, field="target")


def _check_is_no_government(agency):
    if agency.level == AgencyLevel.GOVERNMENT:
        raise Refusal(GOVERNMENT_STAYS)


def _parent_of(agency):
    """The agency above, as stored now."""
    return Agency.objects.get(path=agency.path[: -agency.steplen])


def _children(agency):
    return Agency.objects.filter(path__startswith=agency.path, depth=agency.depth + 1)


def _move_people(source, target, now):
    """Whoever is active in the source works in the target; those who have left stay where they
    were, because they never worked in the target.
    """
    people = Employee.objects.active().filter(agency=source)
    keys = list(people.values_list("pk", flat=True))
    people.update(agency=target)
    Placement.objects.bulk_create(
        [Placement(employee_id=pk, agency=target, since=now) for pk in keys], batch_size=BATCH
    )


def _record(actor, act, agency, data):
    events.record(actor=actor, act=act, obj=agency, government=agency.government, data=data)
