"""Employees added, corrected, moved, taken out and taken back by hand."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from agencies.choices import EmployeeKind, NumberKind
from agencies.models import Agency, Employee, Event, IdentityNumber, Placement
from agencies.services import employees
from netralitas.lib.errors import Refusal
from tests import factories
from tests.agencies.roster.files import SLUG, applied, csv_file, nip, pns

NIP = "197906062001042001"
OTHER_NIP = "198001012005011002"


def add(city, **details):
    values = {"kind": EmployeeKind.PNS, "number": NIP, "name": "Ani Lestari", **details}
    return employees.add_employee(actor=city.hr, agency=values.pop("agency", city.unit), **values)


def correct(city, employee, **changes):
    return employees.correct_employee(actor=city.hr, employee=employee, changes=changes)


def move(city, employee, agency):
    return employees.move_employee(actor=city.hr, employee=employee, agency=agency)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    return caught.value.field, caught.value.message


def numbers_of(employee):
    return list(employee.numbers.values_list("kind", "number"))


def places_of(employee):
    return [placement.agency.name for placement in employee.placements.select_related("agency")]


def only_event(act):
    """The one event of an act, which must hold nothing of a person's own data."""
    event = Event.objects.get(act=act)
    assert "1979" not in str(event.data)
    assert "Lestari" not in str(event.data)
    return event


# Adding -----------------------------------------------------------------------------------------


def test_a_new_employee_has_a_number_and_a_place_in_the_history_from_the_start(city):
    ani = Employee.objects.get(pk=add(city, position="Sandiman").pk)
    assert (ani.government, ani.agency, ani.active) == (city.government, city.unit, True)
    assert (ani.number_kind, ani.position) == (NumberKind.NIP, "Sandiman")
    assert numbers_of(ani) == [("NIP", NIP)]
    assert places_of(ani) == ["Bidang Persandian"]


def test_an_event_tells_who_was_added_by_whom(city):
    ani = add(city)
    event = only_event("employee.added")
    assert (event.actor, event.employee, event.government) == (city.hr, ani, city.government)
    assert (event.object_type, event.object_id) == ("employee", str(ani.uuid))
    assert event.data == {"agency": str(city.unit.uuid)}


@pytest.mark.parametrize(
    ("kind", "number", "number_kind"),
    [
        (EmployeeKind.CPNS, NIP, NumberKind.NIP),
        (EmployeeKind.PPPK, "197906062023212001", NumberKind.NI_PPPK),
        (EmployeeKind.PPPK_PARUH_WAKTU, "197906062023242001", NumberKind.NI_PPPK),
        (EmployeeKind.NON_ASN, "1472014606790001", NumberKind.NIK),
    ],
)
def test_the_kind_of_employment_says_what_kind_of_number_it_is(city, kind, number, number_kind):
    assert add(city, kind=kind, number=number).number_kind == number_kind


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"number": NIP[:-1]}, ("number", "NIP harus 18 angka; tertulis 17 angka.")),
        ({"number": "19790606200104200A"}, ("number", "NIP harus 18 angka saja.")),
        ({"kind": "NON_ASN"}, ("number", "NIK harus 16 angka; tertulis 18 angka.")),
        ({"kind": "PPPK", "number": ""}, ("number", "NI PPPK harus 18 angka saja.")),
        ({"name": " "}, ("name", "Nama wajib diisi.")),
    ],
)
def test_a_number_of_the_wrong_length_and_an_empty_name_are_refused(city, details, expected):
    assert refusal(add, city, **details) == expected
    assert not Employee.objects.exists()
    assert not Event.objects.exists()


def test_a_number_that_is_taken_is_refused_with_its_owner(city):
    factories.EmployeeFactory(agency=city.other_opd, number=NIP, name="Budi", title_suffix="")
    sentence = "Nomor ini sudah dipakai Budi (Dinas Kesehatan)."
    assert refusal(add, city) == ("number", sentence)
    Employee.objects.update(active=False)
    sentence = "Nomor ini sudah dipakai Budi (Dinas Kesehatan, tidak aktif)."
    assert refusal(add, city) == ("number", sentence)


def test_another_government_may_have_somebody_of_the_same_number(city, regency):
    factories.EmployeeFactory(agency=regency.opd, number=NIP)
    assert add(city).number == NIP


def test_nobody_is_added_to_a_retired_agency(city):
    city.unit.retired_at = timezone.now()
    city.unit.save()
    assert refusal(add, city) == ("agency", employees.NOT_A_PLACE)


def test_an_import_finds_somebody_added_by_hand_by_number(city):
    Agency.objects.filter(pk=city.government.pk).update(slug=SLUG)
    Agency.objects.filter(pk=city.unit.pk).update(siasn_id="D1")
    ani = add(city, number=nip(1))
    plan = applied(csv_file(pns(1, NAMA="ANI LESTARI")))
    assert [item.employee for item in plan.changed] == [ani]
    ani.refresh_from_db()
    assert (ani.siasn_id, ani.name, ani.agency) == ("P1", "ANI LESTARI", city.unit)
    assert Employee.objects.count() == 1


# What is merely odd -----------------------------------------------------------------------------


def test_a_well_formed_number_raises_no_doubt(city):
    assert employees.doubts_about(add(city)) == []


def test_an_odd_number_is_taken_and_doubted(city):
    odd = add(city, number="197913062001992003")
    assert employees.doubts_about(odd) == [
        "Periksa NIP: tanggal lahir di dalam nomor tidak mungkin.",
        "Periksa NIP: bulan TMT CPNS di dalam NIP tidak mungkin.",
    ]


def test_a_number_that_somebody_else_once_had_is_taken_and_doubted(city, regency):
    former = factories.EmployeeFactory(agency=city.opd, name="Budi", title_suffix="")
    for owner in (former, regency.employee):
        IdentityNumber.objects.create(
            employee=owner, kind=NumberKind.NIP, number=NIP, since=timezone.now()
        )
    assert employees.doubts_about(add(city)) == [
        "Periksa NIP: nomor ini pernah menjadi nomor Budi."
    ]


# Correcting -------------------------------------------------------------------------------------


def test_only_the_fields_given_are_written_and_named(city):
    ani = add(city, position="Sandiman", phone="0812")
    Employee.objects.filter(pk=ani.pk).update(phone="0899")
    assert correct(city, ani, name="Ani Sri Lestari", position="Sandiman") == ["name"]
    ani.refresh_from_db()
    assert (ani.name, ani.phone) == ("Ani Sri Lestari", "0899")
    event = only_event("employee.changed")
    assert (event.employee, event.data) == (ani, {"fields": ["name"]})


def test_nothing_changed_leaves_no_event(city):
    assert correct(city, add(city), name="Ani Lestari") == []
    assert not Event.objects.filter(act="employee.changed").exists()


def test_a_new_number_goes_on_top_of_the_history(city):
    ani = add(city)
    assert correct(city, ani, number=OTHER_NIP) == ["number"]
    assert numbers_of(ani) == [("NIP", OTHER_NIP), ("NIP", NIP)]
    correct(city, ani, number=NIP)
    assert numbers_of(ani) == [("NIP", NIP), ("NIP", OTHER_NIP)]


def test_a_number_that_was_never_recorded_is_recorded_when_it_ends(city):
    ani = factories.EmployeeFactory(agency=city.unit, number=NIP)
    correct(city, ani, number=OTHER_NIP)
    assert numbers_of(ani) == [("NIP", OTHER_NIP), ("NIP", NIP)]


def test_another_kind_of_employment_brings_its_own_kind_of_number(city):
    ani = add(city)
    assert refusal(correct, city, ani, kind="NON_ASN") == (
        "number",
        "NIK harus 16 angka; tertulis 18 angka.",
    )
    assert correct(city, ani, kind="PPPK") == ["kind"]
    ani.refresh_from_db()
    assert (ani.kind, ani.number_kind) == ("PPPK", "NI_PPPK")
    assert numbers_of(ani) == [("NI_PPPK", NIP)]


def test_a_correction_that_takes_anothers_number_writes_nothing(city):
    ani = add(city)
    factories.EmployeeFactory(agency=city.opd, number=OTHER_NIP)
    field, _ = refusal(correct, city, ani, name="Lain", number=OTHER_NIP)
    ani.refresh_from_db()
    assert (field, ani.name, ani.number) == ("number", "Ani Lestari", NIP)
    assert numbers_of(ani) == [("NIP", NIP)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_one_number_at_once_one_is_told_so(city):
    together, answers = threading.Barrier(2), []

    def enter(name):
        together.wait()
        try:
            answers.append(add(city, name=name).name)
        except Refusal as refused:
            answers.append(refused.field)
        connection.close()

    threads = [threading.Thread(target=enter, args=[name]) for name in ("Ani", "Budi")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Employee.objects.count() == 1
    assert sorted(answers) == sorted([Employee.objects.get().name, "number"])


@pytest.mark.django_db(transaction=True)
def test_two_who_correct_different_fields_at_once_keep_both(city):
    ani = add(city)
    together = threading.Barrier(2)

    def change(**fields):
        together.wait()
        correct(city, ani, **fields)
        connection.close()

    changes = [{"name": "Ani Sri"}, {"grade": "III/d"}]
    threads = [threading.Thread(target=change, kwargs=fields) for fields in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ani.refresh_from_db()
    assert (ani.name, ani.grade) == ("Ani Sri", "III/d")


# Moving -----------------------------------------------------------------------------------------


def test_a_move_is_written_down_with_where_from_and_where_to(city):
    ani = add(city)
    assert move(city, ani, city.other_opd).vacated == []
    ani.refresh_from_db()
    assert ani.agency == city.other_opd
    assert places_of(ani) == ["Dinas Kesehatan", "Bidang Persandian"]
    event = only_event("employee.moved")
    assert event.employee == ani
    assert event.data == {
        "from": str(city.unit.uuid),
        "to": str(city.other_opd.uuid),
        "vacated": 0,
    }


def test_a_place_that_was_never_recorded_is_recorded_when_it_ends(city):
    ani = factories.EmployeeFactory(agency=city.unit)
    move(city, ani, city.opd)
    move(city, ani, city.unit)
    assert places_of(ani) == [city.unit.name, city.opd.name, city.unit.name]


def test_somebody_cannot_move_to_where_they_are_to_strangers_or_to_a_retired_agency(city, regency):
    ani = add(city)
    assert refusal(move, city, ani, city.unit) == ("agency", employees.ALREADY_THERE)
    assert refusal(move, city, ani, regency.opd) == ("agency", employees.NOT_A_PLACE)
    Agency.objects.filter(pk=city.other_opd.pk).update(retired_at=timezone.now())
    assert refusal(move, city, ani, city.other_opd) == ("agency", employees.NOT_A_PLACE)
    assert Placement.objects.count() == 1


def headed_by(employee, *agencies):
    Agency.objects.filter(pk__in=[agency.pk for agency in agencies]).update(head=employee)


def test_a_head_who_moves_leaves_the_post_vacant(city):
    ani = add(city, agency=city.opd)
    headed_by(ani, city.opd)
    assert move(city, ani, city.other_opd).vacated == [city.opd]
    city.opd.refresh_from_db()
    assert city.opd.head is None
    assert only_event("employee.moved").data["vacated"] == 1


def test_an_acting_head_who_moves_within_the_agency_stays_its_head(city):
    ani = add(city, agency=city.unit)
    headed_by(ani, city.unit, city.opd)
    assert move(city, ani, city.opd).vacated == [city.unit]
    city.opd.refresh_from_db()
    assert city.opd.head == ani
    assert move(city, ani, city.other_opd).vacated == [city.opd]


# Leaving and coming back ------------------------------------------------------------------------


def test_who_leaves_stays_in_the_database_and_leaves_the_posts(city):
    ani = add(city, agency=city.opd)
    headed_by(ani, city.opd, city.unit)
    departure = employees.deactivate_employee(actor=city.hr, employee=ani)
    assert departure.vacated == [city.opd, city.unit]
    ani.refresh_from_db()
    assert ani.active is False
    assert not Agency.objects.exclude(head=None).exists()
    event = only_event("employee.deactivated")
    assert (event.employee, event.data) == (ani, {"vacated": 2})


def test_who_comes_back_is_active_again_in_the_same_place(city):
    ani = add(city)
    for _ in range(2):
        employees.deactivate_employee(actor=city.hr, employee=ani)
    for _ in range(2):
        employees.activate_employee(actor=city.hr, employee=ani)
    ani.refresh_from_db()
    assert (ani.active, ani.agency) == (True, city.unit)
    acts = Event.objects.order_by("id").values_list("act", flat=True)
    assert list(acts) == ["employee.added", "employee.deactivated", "employee.activated"]


def test_nobody_comes_back_to_a_retired_agency_but_by_moving_first(city):
    ani = add(city)
    employees.deactivate_employee(actor=city.hr, employee=ani)
    Agency.objects.filter(pk=city.unit.pk).update(retired_at=timezone.now())
    _, sentence = refusal(employees.activate_employee, actor=city.hr, employee=ani)
    assert sentence == employees.PLACE_RETIRED
    move(city, ani, city.opd)
    ani.refresh_from_db()
    employees.activate_employee(actor=city.hr, employee=ani)
    assert Employee.objects.active().get() == ani
