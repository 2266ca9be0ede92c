"""The audit trail is searched by person, act, object and time, and taken along as XLSX."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from agencies.choices import RoleName
from agencies.models import Event
from agencies.services import events
from agencies.services.agencies import add_agency
from agencies.services.roles import grant_role
from tests import factories

pytestmark = pytest.mark.django_db

LIST = reverse("event-list")
EXPORT = reverse("event-export")


@pytest.fixture
def government():
    return factories.GovernmentFactory(time_zone="Asia/Makassar")


@pytest.fixture
def auditor(government, client):
    user = factories.user_with_role(RoleName.AUDITOR, government)
    client.force_login(user)
    return user


@pytest.fixture
def opd(government):
    return factories.OpdFactory(parent=government, name="Dinas Kesehatan")


def note(act, obj, government, at="2023-01-11T00:00:00Z", **fields):
    with time_machine.travel(at, tick=False):
        return events.record(
            **{"actor": None, "act": act, "obj": obj, "government": government, **fields}
        )


def shown(client, **query):
    """The events of the page, newest first."""
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [row.record for row in response.context["table"].paginated_rows]


def test_an_event_is_shown_in_words(client, government, auditor, opd):
    hr = factories.user_with_role(RoleName.HR, government, first_name="Rina", username="bkpsdm")
    data = {"fields": ["address", "head"], "counts": {"new": 3000, "left": 1}, "partial": True}
    note("agency.changed", opd, government, actor=hr, data=data)
    page = client.get(LIST).content.decode()
    assert "11 Januari 2023" in page
    assert "Rabu, 08.00.00 WITA" in page
    for text in ("Rina", "bkpsdm", "Data instansi diubah", "Dinas Kesehatan"):
        assert text in page
    assert "data yang diubah: alamat; kepala" in page
    assert "jumlah: baru 3.000, keluar 1" in page
    assert "hanya sebagian: ya" in page
    assert reverse("agency-detail", args=[opd.uuid]) in page


def test_what_an_event_refers_to_is_named(client, government, auditor, opd):
    target = factories.OpdFactory(parent=government, name="Dinas Sosial")
    data = {"from": str(opd.uuid), "to": str(target.uuid), "agency": "bukan-uuid"}
    note("agency.moved", factories.UnitFactory(parent=target), government, data=data)
    page = client.get(LIST).content.decode()
    assert "bukan-uuid" in page
    note("agency.moved", opd, government, data={"from": str(opd.uuid), "to": str(target.uuid)})
    page = client.get(LIST, {"object": str(opd.uuid)}).content.decode()
    assert "dari: Dinas Kesehatan" in page
    assert "ke: Dinas Sosial" in page


def test_the_trail_of_another_government_is_not_seen(client, auditor, opd):
    elsewhere = factories.GovernmentFactory()
    note("agency.changed", elsewhere, elsewhere)
    assert shown(client) == []


@pytest.mark.parametrize("typed", ["rina", "bkpsdm", "Wulan rina"])
def test_what_a_person_did_is_found_by_name_and_user_name(client, government, auditor, opd, typed):
    hr = factories.UserFactory(first_name="Rina Wulandari", username="bkpsdm")
    mine = note("agency.changed", opd, government, actor=hr)
    note("agency.changed", opd, government)
    assert shown(client, q=typed) == [mine]


def test_what_concerned_a_person_is_found_by_name_and_by_number_as_printed(
    client, government, auditor, opd
):
    employee = factories.EmployeeFactory(
        agency=opd, name="Joko Susilo", number="197906062001042001"
    )
    concerning = note("employee.changed", employee, government, employee=employee)
    note("agency.changed", opd, government)
    assert shown(client, q="susilo") == [concerning]
    assert shown(client, q="19790606 200104 2 001") == [concerning]
    assert shown(client, q="19790606 200104 2 009") == []


@pytest.mark.parametrize("typed", ["rina", "bkpsdm", "Wulan BKPSDM"])
def test_what_concerned_an_account_without_employee_is_found_by_its_name(
    client, government, auditor, opd, typed
):
    names = {"first_name": "Rina Wulandari", "username": "bkpsdm"}
    account = factories.UserFactory(**names, government=government)
    failed = note("login.failed", account, government)
    note("login.failed", auditor, government)
    assert shown(client, q=typed) == [failed]


def test_who_bears_a_number_as_user_name_alone_is_found_by_it(client, government, auditor):
    account = factories.UserFactory(username="197906062001042001", government=government)
    failed = note("login.failed", account, government)
    assert shown(client, q="19790606 200104 2 001") == [failed]


def test_events_are_found_by_act_object_and_day(client, government, auditor, opd):
    moved = note("agency.moved", opd, government, at="2023-01-11T15:59:59Z")
    later = note("role.granted", auditor, government, at="2023-01-11T16:00:00Z")
    assert shown(client) == [later, moved]
    assert shown(client, act="agency.moved") == [moved]
    assert shown(client, object_type="user") == [later]
    assert shown(client, object=str(opd.uuid)) == [moved]
    assert shown(client, until="2023-01-11") == [moved]  # days are those of the government's zone
    assert shown(client, since="2023-01-12") == [later]
    assert shown(client, since="2023-01-11", until="2023-01-12") == [later, moved]


@pytest.mark.parametrize(
    "query", [{"since": "kemarin"}, {"object": "bukan-uuid"}, {"act": "bukan"}, {"q": "x" * 200}]
)
def test_a_question_that_makes_no_sense_finds_nothing(client, government, auditor, opd, query):
    note("agency.moved", opd, government)
    assert shown(client, **query) == []


def test_days_in_the_wrong_order_are_said_to_be(client, government, auditor, opd):
    note("agency.moved", opd, government)
    page = client.get(LIST, {"since": "2023-01-12", "until": "2023-01-11"}).content.decode()
    assert "Tanggal ini mendahului “Dari tanggal”." in page
    assert "Saringan belum dapat dipakai" in page
    assert EXPORT not in page
    assert shown(client, since="2023-01-11", until="2023-01-11")


def test_whoever_is_the_object_is_not_named_twice(client, government, auditor, opd):
    employee = factories.EmployeeFactory(agency=opd, name="Joko Susilo")
    note("employee.changed", employee, government, employee=employee)
    note("account.created", auditor, government, employee=employee)
    rows = client.get(LIST).context["table"].rows
    assert [row.get_cell("employee") for row in rows] == [employee.full_name, ""]


def test_the_agency_of_a_role_and_of_a_new_unit_is_named(client, government, auditor, opd):
    hr = factories.user_with_role(RoleName.HR, government)
    grant_role(actor=hr, user=hr, role=RoleName.HEAD, agency=opd)
    add_agency(actor=hr, parent=opd, name="Bidang Baru")
    page = client.get(LIST).content.decode()
    assert "peran: Kepala OPD" in page
    assert "instansi: Dinas Kesehatan" in page
    assert "di bawah: Dinas Kesehatan" in page


def test_an_object_that_is_no_more_still_has_its_event(client, government, auditor):
    ghost = factories.UserFactory()
    note("account.created", ghost, government)
    type(ghost).objects.filter(pk=ghost.pk).delete()
    assert len(shown(client)) == 1
    assert "Akun dibuat" in client.get(LIST).content.decode()


def test_the_export_holds_what_was_found_and_is_an_event_itself(client, government, auditor, opd):
    hr = factories.UserFactory(first_name="=SUM(A1)")
    note("agency.moved", opd, government, actor=hr, data={"count": 2})
    note("role.granted", auditor, government)
    response = client.get(EXPORT, {"act": "agency.moved"})
    rows = list(load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True))
    assert rows == [
        ("Waktu (WITA)", "Oleh", "Perbuatan", "Objek", "Pegawai terkait", "Rincian"),
        (
            datetime(2023, 1, 11, 8, tzinfo=UTC).replace(tzinfo=None),  # in the zone above
            "=SUM(A1)",
            "Instansi dipindahkan",
            "Instansi: Dinas Kesehatan",
            None,
            "jumlah: 2",
        ),
    ]
    exported = Event.objects.get(act="event.exported")
    assert (exported.actor, exported.government) == (auditor, government)
    assert exported.data == {"count": 1, "filters": ["act"]}


def test_too_much_to_export_is_refused_with_a_sentence(
    client, government, auditor, opd, monkeypatch
):
    monkeypatch.setattr("agencies.views.events.MOST_EXPORTED", 1)
    note("agency.moved", opd, government)
    note("agency.moved", opd, government)
    response = client.get(EXPORT)
    assert response.status_code == 409
    assert "Persempit dahulu" in response.content.decode()
    assert not Event.objects.filter(act="event.exported").exists()


@time_machine.travel(datetime(2023, 1, 12, tzinfo=UTC))
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_trail_takes_nothing_but_reading(client, auditor, method):
    assert getattr(client, method)(LIST).status_code == 405
