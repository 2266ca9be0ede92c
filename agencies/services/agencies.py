"""Agencies as HR keeps them: added by hand, named, with letterhead, head, seat and time zone.

What moves agencies about is in `reorganisation.py`; most of the tree comes by import.
"""

from django.db import transaction

from netralitas.lib.errors import Refusal

from ..choices import AgencyLevel
from ..models import Agency, Employee
from . import events
from .tree import check_depth, check_in_use, level_at, locked

NO_NAME = "Nama wajib diisi."
NAME_TAKEN = "Di bawah instansi yang sama sudah ada {name}."
NOT_A_HEAD = "Kepala harus pegawai aktif di instansi ini atau di unit di bawahnya."
ONLY_GOVERNMENT = "Hanya dapat diatur pada pemerintah daerah."
ID_FIXED = "ID UNOR dari SIASN tidak dapat diganti."
ID_TAKEN = "ID UNOR ini sudah dipakai unit lain."


@transaction.atomic
def add_agency(*, actor, parent, name, address=""):
    """A new agency below `parent`: an OPD below a government, else a unit.

    The roster import finds it by this name below the same parent, and gives it its SIASN ID then.
    Raises Refusal without a name, for a name that another one below `parent` has, and below an
    agency that is retired or at the bottom of what the tree can hold.
    """
    (parent,) = locked(parent)
    check_in_use(parent)
    check_depth(parent, 1)
    agency = Agency(name=_checked_name(name, parent.path), address=address)
    agency.level = level_at(parent.depth + 1)
    Agency.objects.add_child(parent, instance=agency)
    data = {"parent": str(parent.uuid)}
    events.record(
        actor=actor, act="agency.added", obj=agency, government=agency.government, data=data
    )
    return agency


@transaction.atomic
def edit_agency(
    *, actor, agency, address, head, name=None, siasn_id=None, seat=None, time_zone=None
):
    """Change letterhead address, head, name and SIASN ID of an agency, seat and time zone of a
    government.

    What is None stays as it is. The event names the fields that changed, never their content.
    Raises Refusal for a head from elsewhere or no longer active (unless it is the present one), for
    a name another one below the same agency has, for a SIASN ID that is taken or would replace one,
    and for seat or time zone on anything but a government; nothing is written then.
    """
    (stored,) = locked(agency)
    if head is not None and head.pk != stored.head_id:
        _check_head(stored, head)
    if name is not None and name != stored.name:
        name = _checked_name(name, stored.path[: -stored.steplen], but=stored)
    if siasn_id is not None and siasn_id != stored.siasn_id:
        _check_siasn_id(stored, siasn_id)
    of_government = {"seat": seat, "time_zone": time_zone}
    given = [field for field, value in of_government.items() if value is not None]
    if given and stored.level != AgencyLevel.GOVERNMENT:
        raise Refusal(ONLY_GOVERNMENT, field=given[0])
    optional = {"name": name, "siasn_id": siasn_id, **of_government}
    wanted = {field: value for field, value in optional.items() if value is not None}
    return _write(actor, stored, {**wanted, "address": address, "head": head})


def _write(actor, agency, wanted):
    changed = sorted(field for field, value in wanted.items() if getattr(agency, field) != value)
    for field in changed:
        setattr(agency, field, wanted[field])
    if changed:
        agency.save(update_fields=changed)
        data = {"fields": changed}
        events.record(
            actor=actor, act="agency.changed", obj=agency, government=agency.government, data=data
        )
    return agency


def _checked_name(name, parent_path, but=None):
    """The name without needless spaces; raises Refusal where a sibling in use has it.

    The import tells units without an ID apart by their names below the same agency.
    """
    name = " ".join(name.split())
    if not name:
        raise Refusal(NO_NAME, field="name")
    depth = len(parent_path) // Agency.steplen + 1
    siblings = Agency.objects.in_use().filter(path__startswith=parent_path, depth=depth)
    if siblings.filter(name__iexact=name).exclude(pk=but and but.pk).exists():
        raise Refusal(NAME_TAKEN.format(name=name), field="name")
    return name


def _check_siasn_id(agency, siasn_id):
    if agency.siasn_id:
        raise Refusal(ID_FIXED, field="siasn_id")
    within = Agency.objects.filter(path__startswith=agency.government_path)
    if within.filter(siasn_id=siasn_id).exists():
        raise Refusal(ID_TAKEN, field="siasn_id")


def _check_head(agency, head):
    if not Employee.objects.active().under(agency).filter(pk=head.pk).exists():
        raise Refusal(NOT_A_HEAD, field="head")
