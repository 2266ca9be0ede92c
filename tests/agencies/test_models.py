"""What the tables of agencies, employees, roles and events guarantee by themselves."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from agencies.choices import AgencyLevel, EmployeeKind, NumberKind, RoleName
from agencies.models import Agency, Employee, Event, Role
from agencies.services import events
from netralitas.lib.errors import AppendOnlyError
from tests import factories


@pytest.mark.parametrize(
    ("level", "depth"),
    [
        (AgencyLevel.GOVERNMENT, 2),
        (AgencyLevel.OPD, 1),
        (AgencyLevel.OPD, 3),
        (AgencyLevel.UNIT, 1),
        (AgencyLevel.UNIT, 2),
    ],
)
def test_a_level_stands_at_its_depth(db, level, depth):
    slug = "x" if level == AgencyLevel.GOVERNMENT else ""
    with pytest.raises(IntegrityError, match="agency_level_matches_depth"):
        Agency.objects.create(path="0009" * depth, depth=depth, level=level, name="X", slug=slug)


def test_every_government_and_only_a_government_has_a_slug(city):
    city.opd.slug = "dinas"
    with pytest.raises(ValidationError, match="Nama singkat hanya untuk pemerintah daerah"):
        city.opd.full_clean()
    city.government.slug = ""
    with pytest.raises(ValidationError, match="Nama singkat hanya untuk pemerintah daerah"):
        city.government.validate_constraints()


def test_a_slug_and_a_siasn_id_are_used_once_and_may_be_empty(city, regency):
    regency.government.slug = city.government.slug
    with pytest.raises(ValidationError, match="Nama singkat ini sudah dipakai"):
        regency.government.validate_constraints()
    city.opd.siasn_id = "A1"
    city.opd.save()
    city.other_opd.siasn_id = "A1"
    with pytest.raises(ValidationError, match="ID UNOR ini sudah dipakai unit lain"):
        city.other_opd.validate_constraints()


def test_an_agency_knows_its_government_and_opd_by_path(city):
    section = factories.UnitFactory(parent=city.unit)
    assert section.government_path == city.government.path
    assert section.opd_path == city.unit.opd_path == city.opd.opd_path == city.opd.path
    assert city.government.opd_path == city.government.path
    assert city.opd.covers(section)
    assert not city.other_opd.covers(section)


@pytest.mark.parametrize(
    ("kind", "number_kind", "number"),
    [
        (EmployeeKind.PNS, NumberKind.NIP, "19790606200104200"),
        (EmployeeKind.PPPK, NumberKind.NI_PPPK, "1472011701940001"),
        (EmployeeKind.NON_ASN, NumberKind.NIK, "197906062001042001"),
    ],
)
def test_a_number_has_the_length_of_its_kind(city, kind, number_kind, number):
    with pytest.raises(IntegrityError, match="employee_number_has_its_length"):
        Employee.objects.create(
            government=city.government,
            agency=city.opd,
            kind=kind,
            number_kind=number_kind,
            number=number,
            name="X",
        )


def test_a_number_is_used_once_in_a_government_and_free_in_another(city, regency):
    number = "197906062001042001"
    factories.EmployeeFactory(agency=city.opd, number=number)
    assert factories.EmployeeFactory(agency=regency.opd, number=number).pk
    with pytest.raises(IntegrityError):
        factories.EmployeeFactory(agency=city.other_opd, number=number)


def test_a_role_is_given_once(city):
    with pytest.raises(IntegrityError):
        Role.objects.create(user=city.hr, agency=city.government, role=RoleName.HR)


def test_an_ended_account_has_no_rights(city):
    city.hr.is_active = False
    assert city.hr.rights.grants == ()


def test_events_can_neither_be_changed_nor_deleted(city):
    events.record(actor=city.hr, act="agency.changed", obj=city.opd, government=city.government)
    event = Event.objects.get()
    event.act = "x"
    twin = Event(pk=event.pk, act="x", object_type="agency", object_id="1", at=event.at)
    for act in (
        lambda: Event.objects.update(act="x"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.bulk_create(
            [twin], update_conflicts=True, update_fields=["act"], unique_fields=["id"]
        ),
        event.save,
        event.delete,
    ):
        with pytest.raises(AppendOnlyError):
            act()
    assert Event.objects.get().act == "agency.changed"


def test_events_are_visible_to_whoever_has_a_role_on_the_whole_government(city, regency):
    event = events.record(
        actor=None, act="agency.changed", obj=city.opd, government=city.government
    )
    assert list(Event.objects.visible_to(city.hr)) == [event]
    assert list(Event.objects.visible_to(city.auditor)) == [event]
    assert list(Event.objects.visible_to(city.head)) == []
    assert list(Event.objects.visible_to(regency.hr)) == []
    assert list(Event.objects.of(city.opd)) == [event]
    assert list(Event.objects.of(city.unit)) == []
