"""Who takes part, and that the list stays as it was frozen."""

import threading

import pytest
from django.db import connection, connections

from pledges.choices import Scope
from pledges.models import Participant
from pledges.services import ceremonies, rosters
from tests import factories
from tests.factories import EmployeeFactory, OpdFactory, UnitFactory

pytestmark = pytest.mark.django_db


def names(employees):
    return sorted(employee.name for employee in employees)


@pytest.fixture
def city():
    """A government with two OPD, a unit, one employee in each, and people who are never asked."""
    government = factories.GovernmentFactory()
    health = OpdFactory(parent=government, name="Dinas Kesehatan")
    clinic = UnitFactory(parent=health, name="Puskesmas Dumai Kota")
    schools = OpdFactory(parent=government, name="Dinas Pendidikan")
    for name, agency in [
        ("Wali", government),
        ("Kadis", health),
        ("Perawat", clinic),
        ("Guru", schools),
    ]:
        EmployeeFactory(name=name, agency=agency)
    EmployeeFactory(name="Pensiun", agency=health, active=False)
    EmployeeFactory(name="Orang Lain")
    return {"government": government, "health": health, "clinic": clinic, "schools": schools}


def with_scope(organizer, scope, agencies=(), echelons=(), positions=()):
    ceremony = factories.draft_ceremony(organizer)
    ceremony.scope = scope
    ceremony.official_echelons = list(echelons)
    ceremony.official_positions = list(positions)
    return ceremonies.save_draft(
        actor=None, ceremony=ceremony, agencies=list(agencies), officials=[]
    )


@pytest.mark.parametrize(
    ("organizer", "expected"),
    [
        ("government", ["Guru", "Kadis", "Perawat", "Wali"]),
        ("health", ["Kadis", "Perawat"]),
        ("clinic", ["Perawat"]),
    ],
)
def test_the_subtree_is_the_organizer_and_all_below_it(city, organizer, expected):
    assert names(rosters.eligible(factories.draft_ceremony(city[organizer]))) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (["schools"], ["Guru"]),
        (["schools", "health"], ["Guru", "Kadis", "Perawat"]),
        (["government"], ["Guru", "Kadis", "Perawat", "Wali"]),
    ],
)
def test_chosen_agencies_bring_everybody_below_them(city, chosen, expected):
    agencies = [city[name] for name in chosen]
    ceremony = with_scope(city["government"], Scope.AGENCIES, agencies)
    assert names(rosters.eligible(ceremony)) == expected


OFFICIALS = [
    ("Kepala Dinas Kesehatan", "II.b"),
    ("Camat Dumai Kota", "III.a"),
    ("Lurah Rimba Sekampung", "IV.a"),
    ("Kepala Seksi", "IV.b"),
    ("Sekretaris Camat Dumai Kota", "III.b"),
    ("Perawat Ahli Muda", ""),
]


@pytest.mark.parametrize(
    ("echelons", "positions", "expected"),
    [
        (["II"], [], ["Kepala Dinas Kesehatan"]),
        (["III"], [], ["Camat Dumai Kota", "Sekretaris Camat Dumai Kota"]),
        (["IV"], [], ["Kepala Seksi", "Lurah Rimba Sekampung"]),
        ([], ["camat"], ["Camat Dumai Kota"]),
        (
            ["II"],
            ["Camat", "LURAH"],
            ["Camat Dumai Kota", "Kepala Dinas Kesehatan", "Lurah Rimba Sekampung"],
        ),
        ([], ["Kepala"], ["Kepala Dinas Kesehatan", "Kepala Seksi"]),
        ([], ["Bupati"], []),
    ],
)
def test_officials_are_found_by_echelon_or_by_the_beginning_of_their_position(
    echelons, positions, expected
):
    opd = OpdFactory()
    for position, echelon in OFFICIALS:
        EmployeeFactory(name=position, position=position, echelon=echelon, agency=opd)
    EmployeeFactory(position="Camat Kota Lain", echelon="II.a")
    ceremony = with_scope(opd, Scope.OFFICIALS, echelons=echelons, positions=positions)
    assert names(rosters.eligible(ceremony)) == expected


def test_each_eligible_employee_is_frozen_once_with_unit_and_opd(city):
    ceremony = factories.draft_ceremony(city["government"])
    ceremonies.freeze(actor=None, ceremony=ceremony)
    rows = ceremony.participants.values_list("bare_name", "agency_name", "opd_name", "state")
    government = city["government"].name
    assert sorted(rows) == [
        ("Guru", "Dinas Pendidikan", "Dinas Pendidikan", "PENDING"),
        ("Kadis", "Dinas Kesehatan", "Dinas Kesehatan", "PENDING"),
        ("Perawat", "Puskesmas Dumai Kota", "Dinas Kesehatan", "PENDING"),
        ("Wali", government, government, "PENDING"),
    ]


def test_the_frozen_identity_is_not_touched_by_what_happens_to_the_employee_later():
    opd = OpdFactory(name="Dinas Kesehatan")
    employee = EmployeeFactory(
        agency=opd, name="Siti Aminah", title_prefix="dr.", title_suffix="M.Kes.", echelon="III.a"
    )
    ceremony = factories.draft_ceremony(opd)
    ceremonies.freeze(actor=None, ceremony=ceremony)
    before = Participant.objects.values().get()
    assert (before["name"], before["bare_name"]) == ("dr. Siti Aminah, M.Kes.", "Siti Aminah")
    assert (before["number"], before["grade"], before["position"], before["echelon"]) == (
        employee.number,
        "III/b",
        "Pranata Komputer Ahli Pertama",
        "III.a",
    )
    employee.name, employee.title_suffix, employee.grade = "Siti Aminah Putri", "", "IV/a"
    employee.position, employee.echelon = "Kepala Bidang", "II.b"
    employee.number, employee.active = factories.number_of("NIP", 9999), False
    employee.agency = OpdFactory(parent=factories.government_of(opd))
    employee.save()
    opd.name = "Dinas Kesehatan dan Keluarga Berencana"
    opd.save()
    assert Participant.objects.values().get() == before


def test_freezing_needs_no_more_queries_for_more_people(city, django_assert_num_queries):
    one = factories.draft_ceremony(city["clinic"])
    with django_assert_num_queries(4):
        assert rosters.freeze_participants(one) == 1
    EmployeeFactory.create_batch(30, agency=city["clinic"])
    many = factories.draft_ceremony(city["clinic"])
    with django_assert_num_queries(4):
        assert rosters.freeze_participants(many) == 31


@pytest.mark.django_db(transaction=True)
def test_whoever_an_import_brings_meanwhile_takes_part_wholly_or_not_at_all(city):
    ceremony = factories.draft_ceremony(city["government"])
    threads = []

    def take_in():
        EmployeeFactory(name="Baru", agency=OpdFactory(parent=city["government"]))
        connections.close_all()

    def between(execute, sql, *rest):
        found = execute(sql, *rest)
        if "agencies_employee" in sql and not threads:
            threads.append(threading.Thread(target=take_in))
            threads[0].start()
            # On SQLite it waits until everybody is frozen.
            threads[0].join(timeout=1)
        return found

    with connection.execute_wrapper(between):
        ceremonies.freeze(actor=None, ceremony=ceremony)
    threads[0].join()
    bare_names = ceremony.participants.values_list("bare_name", flat=True)
    assert sorted(bare_names) == ["Guru", "Kadis", "Perawat", "Wali"]
