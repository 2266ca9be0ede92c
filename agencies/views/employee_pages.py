"""What the pages of one employee show, ready to print: templates compute nothing."""

from dataclasses import dataclass

from netralitas.lib.dates import date_only
from netralitas.lib.numbers import printed

from .. import reports, rules
from ..choices import AccountState, LineGroup, RoleName
from ..models import RosterImport, User
from ..services.addresses import invitation_address, is_shared
from ..services.employees import doubts_about
from ..tables.imports import CONTACT, label_of, shown
from .agencies import crumbs_to, read_above

# What an import did to somebody, told on that person's page.
IMPORTED = {
    LineGroup.NEW: "Ditambahkan",
    LineGroup.CHANGED: "Data diubah",
    LineGroup.MOVED: "Dipindahkan",
    LineGroup.LEFT: "Tidak lagi tercantum",
}


@dataclass(frozen=True)
class Place:
    """An agency somebody worked in; `uuid` is None where the user may not open its page."""

    name: str
    opd: str
    since: str
    uuid: object


@dataclass(frozen=True)
class Import:
    """An import that touched somebody; `uuid` is None where the user may not open its page."""

    what: str
    on: str
    changes: tuple
    uuid: object


def detail(user, employee):
    """The context of an employee's page; contact for those who invite, the trail and what is odd
    about the number for HR and auditors."""
    rights = user.rights
    shows_contact = rules.may_see_personal_contact(rights, employee.agency)
    shows_trail = rules.may_read_history(rights, employee)
    above = [*read_above(employee.agency), employee.agency]
    return {
        "employee": employee,
        "number": printed(employee.number, employee.number_kind),
        "agencies": crumbs_to(user, above)[1:],
        "numbers": reports.number_history(employee),
        "places": places(user, employee),
        "imports": imports(user, employee, shows_contact),
        "shows_contact": shows_contact,
        "shows_trail": shows_trail,
        "doubts": doubts_about(employee) if shows_trail else [],
        "left": "" if employee.active else how_left(employee),
        "trail": reports.chapters(employee.events.order_by("-id")) if shows_trail else [],
        "zone": employee.government.time_zone,
        "may_edit": rules.may_edit_employee(rights, employee),
        **account_of(user, employee),
    }


def how_left(employee):
    """Why somebody is not active any more, as a sentence; "" if it was never recorded."""
    by_hand, on = reports.departure(employee)
    day = date_only(on, employee.government.time_zone) if on else ""
    if by_hand:
        return f"Dinonaktifkan oleh BKPSDM pada {day}."
    return f"Tidak tercantum lagi dalam daftar pegawai yang diimpor pada {day}." if day else ""


def account_of(user, employee):
    """The account that belongs to the employee, and whether `user` may open it or invite to it.

    `shares_address` says to who may that somebody else's address forbids it.
    """
    account = User.objects.filter(employee=employee).first()
    unused = account is None or account.state == AccountState.INVITED
    address = invitation_address(employee, account)
    may_invite = rules.may_invite_employees(user.rights, employee.agency)
    invitable = may_invite and employee.active and unused and bool(address)
    shared = invitable and is_shared(address, employee)
    return {
        "account": account,
        "may_see_account": rules.may_see_account(user.rights, employee.government),
        "may_invite": invitable and not shared,
        "shares_address": shared,
    }


def places(user, employee):
    """The agencies the employee worked in, the one of today first."""
    return [
        Place(
            name=place.agency.name,
            opd="" if place.opd == place.agency.name else place.opd,
            since=place.since,
            uuid=place.agency.uuid if user.rights.holds(place.agency, *RoleName) else None,
        )
        for place in reports.place_history(employee)
    ]


def imports(user, employee, shows_contact):
    """The imports that touched the employee, the latest first; contact only to those who invite."""
    lines = reports.import_history(employee)
    opened = RosterImport.objects.visible_to(user).filter(lines__in=[line.pk for line in lines])
    mine = set(opened.values_list("pk", flat=True))
    zone = employee.government.time_zone
    return [
        Import(
            what=IMPORTED.get(line.group, line.get_group_display()),
            on=date_only(line.roster_import.applied_at, zone),
            changes=tuple(_changes(line, shows_contact)),
            uuid=line.roster_import.uuid if line.roster_import_id in mine else None,
        )
        for line in lines
    ]


def _changes(line, shows_contact):
    """(label, old, new) of each field an import changed, a move among them."""
    if line.origin_name:
        yield "Unit kerja", line.origin_name, line.agency_name
    for change in line.changes:
        field = change["field"]
        if shows_contact or field not in CONTACT:
            yield label_of(field), shown(field, change["old"]), shown(field, change["new"])


def vacancies(departure):
    """Which posts became vacant, as sentences."""
    return [
        f"Jabatan kepala {agency.name} sekarang kosong. Tentukan penggantinya."
        for agency in departure.vacated
    ]


def access_left(employee):
    """That somebody who left can still log in, as sentences."""
    account = User.objects.filter(employee=employee, is_active=True).first()
    if account is None:
        return []
    return [f"Akun {account.username} milik pegawai ini masih berlaku. Akhiri bila perlu."]
