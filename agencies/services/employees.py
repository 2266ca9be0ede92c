"""Employees kept by hand: with the roster import the only writer of employees and their history.

A person typed in here is later found by the import by number, like anybody else. Events name the
fields that changed, never what they held.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from netralitas.lib.errors import Refusal

from ..choices import NUMBER_KIND_OF, NumberKind
from ..models import Agency, Employee, IdentityNumber, Placement
from ..models.employee import NIK_LENGTH, NIP_LENGTH
from ..roster.identity import oddities
from . import events

LENGTHS = {
    NumberKind.NIP: NIP_LENGTH,
    NumberKind.NI_PPPK: NIP_LENGTH,
    NumberKind.NIK: NIK_LENGTH,
}
DETAILS = (
    *("kind", "number", "name", "title_prefix", "title_suffix"),
    *("grade", "position", "echelon", "email", "phone"),
)
TAKEN = "Nomor ini sudah dipakai pegawai lain."
NO_NAME = "Nama wajib diisi."
NOT_A_PLACE = "Pilih unit kerja yang masih dipakai pada pemerintah daerah yang sama."
ALREADY_THERE = "Pegawai ini sudah bekerja di unit itu."
PLACE_RETIRED = (
    "Unit kerja pegawai ini tidak dipakai lagi. Pindahkan dahulu ke unit lain, lalu aktifkan."
)


@dataclass(frozen=True)
class Departure:
    """What else followed when somebody moved or left: the posts (*agencies*) now vacant."""

    vacated: list[Agency]


@transaction.atomic
def add_employee(*, actor, agency, **details):
    """A new active employee of `agency`; `details` are those named in DETAILS, `kind` decides
    which kind of number it is.

    Raises Refusal for a number of the wrong length or already taken, without a name, and for an
    agency that is retired.
    """
    (place,) = _locked_agencies(pk=agency.pk)
    _check_place(place, agency.government)
    employee = Employee(government=place.government, agency=place, **details)
    employee.number_kind = NUMBER_KIND_OF[employee.kind]
    _check(employee)
    _save(employee, force_insert=True)
    _remember_number(employee, employee.number_kind, employee.number)
    Placement.objects.create(employee=employee, agency=place, since=timezone.now())
    _record(actor, "employee.added", employee, {"agency": str(place.uuid)})
    return employee


@transaction.atomic
def correct_employee(*, actor, employee, changes):
    """Write `changes`, {name from DETAILS: value}, and return the names of what really changed.

    Fields that are not in it stay as they are, also if somebody else has just changed them. A
    number that changes goes into the history. Raises Refusal as `add_employee` does; nothing is
    written then.
    """
    stored = _locked(employee)
    before = {name: getattr(stored, name) for name in (*DETAILS, "number_kind")}
    for name in DETAILS:
        setattr(stored, name, changes.get(name, before[name]))
    stored.number_kind = NUMBER_KIND_OF[stored.kind]
    changed = [name for name, old in before.items() if getattr(stored, name) != old]
    if not changed:
        return []
    _check(stored)
    _save(stored, update_fields=changed)
    if {"number", "number_kind"} & set(changed):
        if not stored.numbers.filter(number=before["number"]).exists():
            _remember_number(stored, before["number_kind"], before["number"])
        _remember_number(stored, stored.number_kind, stored.number)
    shown = [name for name in changed if name != "number_kind"]
    _record(actor, "employee.changed", stored, {"fields": shown})
    return shown


@transaction.atomic
def move_employee(*, actor, employee, agency):
    """Let the employee work in `agency` from now on; returns the `Departure`.

    What was signed at the old agency stays there. A post at the head of the old agency, or of one
    to which the new agency does not belong, becomes vacant. Raises Refusal for an agency of another
    government, a retired one, and the present one.
    """
    locked = _locked_agencies(Q(pk=agency.pk) | Q(head=employee))
    place = next(each for each in locked if each == agency)
    stored = _locked(employee)
    origin = stored.agency
    _check_place(place, stored.government)
    if origin == place:
        raise Refusal(ALREADY_THERE, field="agency")
    stored.agency = place
    stored.save(update_fields=["agency"])
    if not stored.placements.filter(agency=origin).exists():
        Placement.objects.create(employee=stored, agency=origin, since=timezone.now())
    Placement.objects.create(employee=stored, agency=place, since=timezone.now())
    posts = [each for each in locked if each.head_id == stored.pk]
    left = _vacate([post for post in posts if post.loses_head(origin, place)])
    data = {"from": str(origin.uuid), "to": str(place.uuid), "vacated": len(left)}
    _record(actor, "employee.moved", stored, data)
    return Departure(left)


@transaction.atomic
def deactivate_employee(*, actor, employee):
    """Take the employee out of the roster without deleting anything; returns the `Departure`.

    Every post at the head of an agency becomes vacant. Doing it again changes nothing.
    """
    posts = _locked_agencies(head=employee)
    stored = _locked(employee)
    if not stored.active:
        return Departure([])
    stored.active = False
    stored.save(update_fields=["active"])
    left = _vacate(posts)
    _record(actor, "employee.deactivated", stored, {"vacated": len(left)})
    return Departure(left)


@transaction.atomic
def activate_employee(*, actor, employee):
    """Take the employee back into the roster. Doing it again changes nothing.

    Raises Refusal while the employee's agency is retired.
    """
    _locked_agencies(pk=employee.agency_id)
    stored = _locked(employee)
    if stored.active:
        return
    if stored.agency.retired_at:
        raise Refusal(PLACE_RETIRED)
    stored.active = True
    stored.save(update_fields=["active"])
    _record(actor, "employee.activated", stored, {})


def number_fault(kind, number):
    """Why this cannot be the number of an employee of `kind`, as a sentence; "" if it can."""
    number_kind = NUMBER_KIND_OF[kind]
    length = LENGTHS[number_kind]
    if number.isascii() and number.isdigit() and len(number) == length:
        return ""
    if number.isdigit():
        return f"{number_kind.label} harus {length} angka; tertulis {len(number)} angka."
    return f"{number_kind.label} harus {length} angka saja."


def doubts_about(employee):
    """What is odd about a number typed by hand, as sentences; none of it a reason to refuse.

    A number that somebody else once had may be right, or that person entered twice.
    """
    label = employee.get_number_kind_display()
    odd = oddities(employee.number, employee.number_kind, None)
    former = IdentityNumber.objects.filter(
        number=employee.number, employee__government=employee.government_id
    ).exclude(employee=employee)
    owners = [row.employee.full_name for row in former.select_related("employee")]
    return [
        *(f"Periksa {label}: {what}." for what in odd),
        *(f"Periksa {label}: nomor ini pernah menjadi nomor {owner}." for owner in owners),
    ]


# Checks and steps of the above ------------------------------------------------------------------


def _locked_agencies(*conditions, **fields):
    """These agencies, held until the transaction ends: always before employees, in tree order."""
    return list(Agency.objects.select_for_update(no_key=True).filter(*conditions, **fields))


def _check_place(place, government):
    """Raises Refusal unless an employee of `government` may work there."""
    if place.retired_at or not government.covers(place):
        raise Refusal(NOT_A_PLACE, field="agency")


def _locked(employee):
    """The employee as stored, held until the transaction ends; with the agency."""
    rows = Employee.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("agency", "government").get(pk=employee.pk)


def _check(employee):
    """Raises Refusal for what the database would refuse as well, in words."""
    if not employee.name.strip():
        raise Refusal(NO_NAME, field="name")
    fault = number_fault(employee.kind, employee.number)
    if fault:
        raise Refusal(fault, field="number")
    others = Employee.objects.filter(government=employee.government_id).exclude(pk=employee.pk)
    owner = others.select_related("agency").filter(number=employee.number).first()
    if owner:
        standing = "" if owner.active else ", tidak aktif"
        raise Refusal(
            f"Nomor ini sudah dipakai {owner.full_name} ({owner.agency.name}{standing}).",
            field="number",
        )


def _save(employee, **options):
    """Save; whoever took the number in the same moment was first."""
    try:
        with transaction.atomic():
            employee.save(**options)
    except IntegrityError as error:
        raise Refusal(TAKEN, field="number") from error


def _remember_number(employee, kind, number):
    """Put a number at the top of the history; one the person had before is moved there."""
    IdentityNumber.objects.update_or_create(
        employee=employee, number=number, defaults={"kind": kind, "since": timezone.now()}
    )


def _vacate(agencies):
    """Leave the agencies without a head; returns them."""
    Agency.objects.filter(pk__in=[agency.pk for agency in agencies]).update(head=None)
    return agencies


def _record(actor, act, employee, data):
    events.record(
        actor=actor,
        act=act,
        obj=employee,
        government=employee.government,
        employee=employee,
        data=data,
    )
