"""A plan as it is kept: the lines of its preview, its counts, and the digest an approval is for."""

import hashlib
import json

from ..choices import LineGroup
from ..models import RosterLine
from .comparison import COMPARED
from .rejections import is_identity_number
from .structure import (
    AGENCY_LENGTH,
    NAME_LENGTH,
    head_lines,
    key_of,
    parts_of_structure,
    unit_lines,
)

COLUMN_LENGTH = RosterLine._meta.get_field("column").max_length


def counts_of(plan):
    """What a preview counts: people by what happens to them, rows, warnings, units, heads, and how
    many of those who left or moved have accounts, and roles.
    """
    going = [*plan.left, *(item.employee for item in plan.moved)]
    roles = [plan.accounts[one.pk] for one in going if one.pk in plan.accounts]
    return {
        **line_counts(plan),
        "units": plan.units.counts(),
        "heads": len(plan.heads),
        "heads_if_all_stay": len(plan.heads_if_all_stay),
        "accounts": len(roles),
        "role_holders": sum(bool(held) for held in roles),
    }


def line_counts(plan):
    """The part of it that is about the rows of the files."""
    counted = {"rejected": len(plan.rejected), "warnings": len(plan.warnings)}
    return {**plan.counts(), **counted}


def lines_of(plan, roster_import):
    """The unsaved lines of the plan, one after the other: people who stay as they are have none."""
    title = plan.units.known.title
    for item in plan.new:
        yield _of_person(
            item.person, group=LineGroup.NEW, roster_import=roster_import, agency=title(item.agency)
        )
    for item in plan.changed:
        yield _of_person(
            item.person,
            group=LineGroup.CHANGED,
            roster_import=roster_import,
            agency=title(plan.units.known.by_pk[item.employee.agency_id]),
            changes=_as_data(item.changes),
        )
    for item in plan.moved:
        yield _of_person(
            item.person,
            group=LineGroup.MOVED,
            roster_import=roster_import,
            agency=title(item.destination),
            origin_name=title(item.origin)[:AGENCY_LENGTH],
            changes=_as_data(item.changes),
            reason=_access(plan, item.employee),
        )
    for employee in plan.left:
        yield RosterLine(
            group=LineGroup.LEFT,
            roster_import=roster_import,
            name=employee.full_name[:NAME_LENGTH],
            number=employee.number,
            number_kind=employee.number_kind,
            agency_name=title(plan.units.known.by_pk[employee.agency_id])[:AGENCY_LENGTH],
            reason=_access(plan, employee),
        )
    for rejection in plan.rejected:
        yield _of_rejection(rejection, roster_import)
    for notice in plan.warnings:
        yield _of_notice(notice, roster_import)
    yield from unit_lines(plan, roster_import)
    yield from head_lines(plan, roster_import)


def digest_of(plan):
    """SHA-256 of what the plan would write and of what its preview says.

    The same files and the same stored data give the same digest, also in another process: new
    units count by what SIASN and the tree call them, since their keys are drawn anew each time.
    Accounts and roles do not count: an import leaves them alone, and who ends a role because of
    what the preview says shall not have to look at it again.
    """
    sha256 = hashlib.sha256()
    for part in _parts(plan):
        sha256.update(json.dumps(part, separators=(",", ":")).encode())
        sha256.update(b"\n")
    return sha256.hexdigest()


def _parts(plan):
    """Everything that counts, as plain lists."""
    counts = [line_counts(plan), plan.units.counts()]
    yield [plan.slug, plan.partial, plan.new_government, plan.files, *counts]
    yield from parts_of_structure(plan)
    for item in plan.new:
        values = [getattr(item.person, name) for name in COMPARED]
        yield ["new", *values, key_of(item.agency)]
    for item in plan.changed:
        yield ["changed", str(item.employee.uuid), _as_data(item.changes)]
    for item in plan.moved:
        agencies = [key_of(item.origin), key_of(item.destination)]
        yield ["moved", str(item.employee.uuid), *agencies, _as_data(item.changes)]
    for employee in plan.left:
        yield ["left", str(employee.uuid)]
    for rejection in plan.rejected:
        yield ["rejected", rejection.file, rejection.row, rejection.reason]
    for notice in plan.warnings:
        yield ["warning", str(notice)]


def _access(plan, employee):
    """That somebody can log in, and as what; "" for most people."""
    if employee.pk not in plan.accounts:
        return ""
    roles = ", ".join(plan.accounts[employee.pk])
    return f"Punya akun; peran: {roles}." if roles else "Punya akun tanpa peran."


def _as_data(changes):
    return [{"field": one.field, "old": one.old, "new": one.new} for one in changes]


def _of_person(person, agency="", **fields):
    return RosterLine(
        file=person.file,
        row=person.row,
        name=person.full_name[:NAME_LENGTH],
        number=person.number,
        number_kind=person.number_kind,
        agency_name=agency[:AGENCY_LENGTH],
        **fields,
    )


def _of_rejection(rejection, roster_import):
    """A shifted row has no cells, and so neither name nor number: they may be anything."""
    known = bool(rejection.cells)
    return RosterLine(
        group=LineGroup.REJECTED,
        roster_import=roster_import,
        file=rejection.file,
        row=rejection.row,
        column=rejection.column[:COLUMN_LENGTH],
        reason=rejection.reason,
        name=rejection.name[:NAME_LENGTH] if known else "",
        number=rejection.number if known and is_identity_number(rejection.number) else "",
        cells=rejection.cells,
    )


def _of_notice(notice, roster_import):
    fields = {
        "group": LineGroup.WARNING,
        "roster_import": roster_import,
        "column": notice.column[:COLUMN_LENGTH],
        "reason": notice.reason[:1].upper() + notice.reason[1:],
    }
    if notice.person is not None:
        return _of_person(notice.person, **fields)
    return RosterLine(file=notice.file, row=notice.row, **fields)
