"""GET /pegawai/<uuid>/"""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.choices import EmployeeKind, ImportState, LineGroup, NumberKind
from agencies.models import Employee, IdentityNumber, RosterImport, RosterLine
from agencies.services.employees import (
    activate_employee,
    correct_employee,
    deactivate_employee,
    move_employee,
)
from agencies.services.events import record
from tests import factories


@pytest.fixture
def employee(city):
    employee = factories.EmployeeFactory(
        agency=city.unit,
        name="ANI LESTARI",
        title_prefix="Ir.",
        kind=EmployeeKind.PPPK,
        number="197906062025211001",
        email="ani@example.go.id",
        phone="081234567890",
    )
    for number, year in (("197906062021211001", 2021), (employee.number, 2025)):
        IdentityNumber.objects.create(
            employee=employee,
            kind=NumberKind.NI_PPPK,
            number=number,
            since=datetime(year, 3, 1, tzinfo=UTC),
        )
    return employee


def page_of(client, user, employee):
    client.force_login(user)
    return client.get(reverse("employee-detail", args=[employee.uuid]))


def test_it_shows_identity_and_every_number_the_person_has_had(client, city, employee):
    response = page_of(client, city.hr, employee)
    assert response.context["number"] == "19790606 202521 1 001"
    assert [(n.label, n.number, n.since) for n in response.context["numbers"]] == [
        ("NI PPPK", "19790606 202521 1 001", "1 Maret 2025"),
        ("NI PPPK", "19790606 202121 1 001", "1 Maret 2021"),
    ]
    assert "<h1>Ir. ANI LESTARI, S.Kom.</h1>" in response.content.decode()


def test_it_leads_up_the_tree_as_far_as_the_user_may_go(client, city, employee):
    def agencies(user):
        return [name for name, _ in page_of(client, user, employee).context["agencies"]]

    assert agencies(city.operator) == [city.opd.name, city.unit.name]
    assert agencies(city.hr) == [city.government.name, city.opd.name, city.unit.name]


@pytest.mark.parametrize(
    ("role", "shown"), [("hr", True), ("operator", True), ("head", False), ("auditor", False)]
)
def test_contact_is_shown_only_to_those_who_invite(client, city, employee, role, shown):
    page = page_of(client, getattr(city, role), employee).content.decode()
    assert ("ani@example.go.id" in page) is shown
    assert ("081234567890" in page) is shown


def test_what_is_odd_about_the_number_is_shown_to_hr_and_auditors(client, city, employee):
    warning = "Periksa NI PPPK: tanggal lahir di dalam nomor tidak mungkin."
    for number, odd in [(employee.number, False), ("197913062025211001", True)]:
        Employee.objects.filter(pk=employee.pk).update(number=number)
        for role, reads in [("hr", True), ("auditor", True), ("operator", False), ("head", False)]:
            page = page_of(client, getattr(city, role), employee).content.decode()
            assert (warning in page) is (odd and reads), role


# Having left ------------------------------------------------------------------------------------


def missing_from_import(city, employee, day):
    """An import applied on that day of March 2026 said that the employee has left."""
    applied = datetime(2026, 3, day, 3, tzinfo=UTC)
    roster_import = RosterImport.objects.create(
        government=city.government, state=ImportState.APPLIED, applied_at=applied
    )
    RosterLine.objects.create(roster_import=roster_import, group=LineGroup.LEFT, employee=employee)
    Employee.objects.filter(pk=employee.pk).update(active=False)


def taken_out(city, employee, day):
    """HR took the employee out by hand on that day of March 2026."""
    employee.refresh_from_db()
    with time_machine.travel(datetime(2026, 3, day, 3, tzinfo=UTC), tick=False):
        activate_employee(actor=city.hr, employee=employee)
        deactivate_employee(actor=city.hr, employee=employee)


BY_HAND = "Dinonaktifkan oleh BKPSDM pada {day} Maret 2026."
BY_IMPORT = "Tidak tercantum lagi dalam daftar pegawai yang diimpor pada {day} Maret 2026."


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        ([taken_out], BY_HAND.format(day=1)),
        ([missing_from_import], BY_IMPORT.format(day=1)),
        ([missing_from_import, taken_out], BY_HAND.format(day=2)),
        ([taken_out, missing_from_import], BY_IMPORT.format(day=2)),
    ],
)
def test_one_who_left_is_marked_with_how_it_last_came_about(client, city, employee, ways, told):
    assert "Tidak aktif" not in page_of(client, city.hr, employee).content.decode()
    for day, way in enumerate(ways, start=1):
        way(city, employee, day)
    page = page_of(client, city.operator, employee)
    assert page.context["left"] == told
    assert f"{told} Pegawai ini tidak diikutkan" in page.content.decode()


def test_of_one_who_left_before_anything_was_recorded_no_reason_is_made_up(client, city, employee):
    Employee.objects.filter(pk=employee.pk).update(active=False)
    page = page_of(client, city.hr, employee)
    assert page.context["left"] == ""
    assert "Tidak aktif" in page.content.decode()


def test_a_stranger_gets_404(client, city, employee, regency):
    other_head = factories.user_with_role("HEAD", city.other_opd)
    for user in (regency.hr, other_head, factories.UserFactory()):
        assert page_of(client, user, employee).status_code == 404


# History ----------------------------------------------------------------------------------------


def test_it_shows_every_agency_the_person_has_worked_in(client, city, employee):
    for agency in (city.other_opd, city.opd):
        move_employee(actor=city.hr, employee=employee, agency=agency)
    page = page_of(client, city.hr, employee)
    told = [(place.name, place.opd) for place in page.context["places"]]
    assert told == [
        (city.opd.name, ""),
        (city.other_opd.name, ""),
        (city.unit.name, city.opd.name),
    ]
    other = reverse("agency-detail", args=[city.other_opd.uuid])
    assert other in page.content.decode()
    page = page_of(client, city.head, employee)
    assert "Dinas Kesehatan" in page.content.decode()
    assert other not in page.content.decode()


@pytest.fixture
def imported(city, employee):
    """An applied import that changed position and phone; one that is still a preview."""
    for state in (ImportState.APPLIED, ImportState.READY):
        applied = state == ImportState.APPLIED
        roster_import = RosterImport.objects.create(
            government=city.government,
            state=state,
            applied_at=datetime(2026, 3, 1, 20, tzinfo=UTC) if applied else None,
        )
        RosterLine.objects.create(
            roster_import=roster_import,
            group=LineGroup.MOVED,
            employee=employee,
            origin_name="Bidang Lama",
            agency_name="Bidang Persandian",
            changes=[
                {"field": "position", "old": "Guru", "new": "Sandiman"},
                {"field": "phone", "old": "0811", "new": "0822"},
            ],
        )
    return RosterImport.objects.get(state=ImportState.APPLIED)


def test_it_tells_what_an_applied_import_changed(client, city, employee, imported):
    (told,) = page_of(client, city.hr, employee).context["imports"]
    assert (told.what, told.on, told.uuid) == ("Dipindahkan", "2 Maret 2026", imported.uuid)
    assert told.changes == (
        ("Unit kerja", "Bidang Lama", "Bidang Persandian"),
        ("Jabatan", "Guru", "Sandiman"),
        ("Nomor ponsel", "0811", "0822"),
    )


def test_only_hr_and_auditors_are_led_to_the_import_and_contact_stays_with_those_who_invite(
    client, city, employee, imported
):
    address = reverse("import-detail", args=[imported.uuid])
    for role, leads, contact in [
        ("hr", True, True),
        ("auditor", True, False),
        ("operator", False, True),
        ("head", False, False),
    ]:
        page = page_of(client, getattr(city, role), employee).content.decode()
        assert "Sandiman" in page
        assert (address in page) is leads, role
        assert ("0811" in page) is contact, role


def test_the_trail_is_for_hr_and_auditors_of_the_government(client, city, employee):
    correct_employee(actor=city.hr, employee=employee, changes={"position": "Guru"})
    correct_employee(actor=city.hr, employee=employee, changes={"position": "Sandiman"})
    for role, shown in [("hr", True), ("auditor", True), ("operator", False), ("head", False)]:
        page = page_of(client, getattr(city, role), employee)
        assert ("Data pegawai diubah (2 kali)" in page.content.decode()) is shown
        assert [chapter.times for chapter in page.context["trail"]] == ([2] if shown else [])


def test_the_whole_trail_holds_what_concerned_the_person_whatever_it_was_about(
    client, city, employee
):
    correct_employee(actor=city.hr, employee=employee, changes={"position": "Guru"})
    record(
        actor=city.hr,
        act="agency.changed",
        obj=city.opd,
        government=city.government,
        employee=employee,
    )
    record(actor=city.hr, act="agency.changed", obj=city.opd, government=city.government)
    address = f"{reverse('event-list')}?object={employee.uuid}"
    assert address in page_of(client, city.hr, employee).content.decode()
    rows = client.get(address).context["table"].paginated_rows
    assert [row.record.act for row in rows] == ["agency.changed", "employee.changed"]


# What can be done -------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["hr", "operator", "head", "auditor"])
def test_only_hr_is_offered_to_change_anything(client, city, employee, role):
    page = page_of(client, getattr(city, role), employee).content.decode()
    for name in ("employee-edit", "employee-move", "employee-deactivate"):
        assert (reverse(name, args=[employee.uuid]) in page) is (role == "hr")
    assert reverse("employee-activate", args=[employee.uuid]) not in page


def test_it_asks_the_database_as_often_for_a_long_history_as_for_a_short_one(
    client, city, employee, imported
):
    def queries():
        client.force_login(city.hr)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("employee-detail", args=[employee.uuid]))
        return len(captured)

    move_employee(actor=city.hr, employee=employee, agency=city.opd)
    queries()
    before = queries()
    for n in range(6):
        place = (city.unit, city.other_opd)[n % 2]
        move_employee(actor=city.hr, employee=employee, agency=place)
        RosterLine.objects.create(
            roster_import=imported, group=LineGroup.CHANGED, employee=employee
        )
    move_employee(actor=city.hr, employee=employee, agency=city.opd)
    assert queries() == before
