"""What a preview and its digest say about units and their heads."""

from ..choices import LineGroup
from ..models import RosterLine
from .comparison import NewEmployee
from .tree import STORED

NAME_LENGTH = RosterLine._meta.get_field("name").max_length
AGENCY_LENGTH = RosterLine._meta.get_field("agency_name").max_length
IF_DEACTIVATED = "Hanya bila pegawai yang keluar dinonaktifkan."
IF_ALL_STAY = "Hanya bila pegawai yang keluar tetap aktif."


def unit_lines(plan, roster_import):
    """A line for each unit that is new or to which something happens."""
    title = plan.units.known.title
    for change in plan.units.changes:
        yield RosterLine(
            group=LineGroup.UNIT,
            roster_import=roster_import,
            agency_name=title(change.agency)[:AGENCY_LENGTH],
            origin_name=change.origin[:AGENCY_LENGTH],
            reason=" ".join(change.told.values()),
        )


def head_lines(plan, roster_import):
    """A line for each agency that gets another head; it says so if that hangs on a decision."""
    title = plan.units.known.title
    for change, condition in _conditional(plan):
        person = change.new.person if isinstance(change.new, NewEmployee) else change.new
        yield RosterLine(
            group=LineGroup.HEAD,
            roster_import=roster_import,
            name=person.full_name[:NAME_LENGTH] if person else "",
            number=person.number if person else "",
            number_kind=person.number_kind if person else "",
            agency_name=title(change.agency)[:AGENCY_LENGTH],
            reason=" ".join(filter(None, [_what_happens(change), condition])),
        )


def parts_of_structure(plan):
    """What counts of units and heads in the digest of a plan, as plain lists."""
    for agency in plan.units.created:
        yield ["unit", *_stored(agency)]
    for agency in plan.units.updated:
        yield ["unit", str(agency.uuid), *_stored(agency)]
    for change in plan.units.changes:
        yield ["unit", key_of(change.agency), change.origin, change.told]
    for decision, heads in (("left", plan.heads), ("stay", plan.heads_if_all_stay)):
        for change in heads:
            people = [change.old and str(change.old.uuid), _head_key(change.new)]
            yield ["head", decision, key_of(change.agency), *people]


def key_of(agency):
    """What an agency is known by before it is saved as well: by the place it will have."""
    return str(agency.uuid) if agency.pk else agency.path


def _head_key(head):
    if isinstance(head, NewEmployee):
        return head.person.number
    return head and str(head.uuid)


def _stored(agency):
    """The stored fields of a unit, the time at which it was retired as text."""
    values = [getattr(agency, name) for name in STORED]
    return [value.isoformat() if hasattr(value, "isoformat") else value for value in values]


def _conditional(plan):
    """Each change of a head, with the sentence that says under which decision it comes about."""
    other = {change.agency.uuid: change for change in plan.heads_if_all_stay}
    for change in plan.heads:
        is_certain = other.get(change.agency.uuid) == change
        yield change, "" if is_certain else IF_DEACTIVATED
        if is_certain:
            del other[change.agency.uuid]
    for change in other.values():
        yield change, IF_ALL_STAY


def _what_happens(change):
    before = f" (sebelumnya {change.old.full_name})" if change.old else ""
    return f"Kepala baru{before}." if change.new else f"Jabatan kepala menjadi kosong{before}."
