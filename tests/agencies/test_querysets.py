"""Sets of agencies, employees and events; `visible_to(user)` is where access begins."""

import pytest
from django.contrib.auth.models import AnonymousUser

from agencies.choices import RoleName
from agencies.models import Agency, Employee, Event
from agencies.querysets import below, paths_of
from agencies.services import events
from netralitas.lib.errors import AppendOnlyError
from tests import factories
from tests.factories import EmployeeFactory, OpdFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """One government with two OPD and a unit, and another government."""
    government = factories.GovernmentFactory(name="Kota")
    health = OpdFactory(parent=government, name="Kesehatan")
    clinic = UnitFactory(parent=health, name="Puskesmas")
    schools = OpdFactory(parent=government, name="Pendidikan")
    foreign = factories.GovernmentFactory(name="Kota Lain")
    agencies = [government, health, clinic, schools, foreign]
    for agency in agencies:
        EmployeeFactory(agency=agency, name=f"Pegawai {agency.name}")
    return {agency.name: agency for agency in agencies}


def names(rows):
    return sorted(row.name for row in rows)


VISIBLE = [
    ("Kota", ["Kesehatan", "Kota", "Pendidikan", "Puskesmas"]),
    ("Kesehatan", ["Kesehatan", "Puskesmas"]),
    ("Puskesmas", ["Puskesmas"]),
    ("Kota Lain", ["Kota Lain"]),
]


@pytest.mark.parametrize("role", RoleName.values)
@pytest.mark.parametrize(("held_on", "expected"), VISIBLE)
def test_any_role_shows_its_agency_and_all_below(tree, role, held_on, expected):
    user = factories.user_with_role(role, tree[held_on])
    assert names(Agency.objects.visible_to(user)) == expected
    people = names(Employee.objects.visible_to(user))
    assert people == sorted(f"Pegawai {name}" for name in expected)


def test_who_has_no_role_and_who_is_nobody_sees_nothing(tree):
    ended = factories.user_with_role(RoleName.HR, tree["Kota"], is_active=False)
    for user in (factories.UserFactory(), AnonymousUser(), ended):
        assert not Agency.objects.visible_to(user).exists()
        assert not Employee.objects.visible_to(user).exists()
        assert not Event.objects.visible_to(user).exists()
        assert paths_of(user) == []


def test_two_roles_show_both_subtrees_once(tree):
    user = factories.user_with_role(RoleName.HEAD, tree["Kesehatan"])
    for name in ("Puskesmas", "Pendidikan"):
        user.roles.create(agency=tree[name], role=RoleName.OPERATOR)
    assert names(Agency.objects.visible_to(user)) == ["Kesehatan", "Pendidikan", "Puskesmas"]


def test_nothing_is_below_no_path(tree):
    assert not Agency.objects.filter(below([])).exists()


def test_agencies_by_their_place_in_the_tree(tree):
    assert names(Agency.objects.governments()) == ["Kota", "Kota Lain"]
    assert names(Agency.objects.opds()) == ["Kesehatan", "Pendidikan"]
    assert names(Agency.objects.under(tree["Kesehatan"])) == ["Kesehatan", "Puskesmas"]
    assert [agency.name for agency in Agency.objects.all()] == [
        "Kota",
        "Kesehatan",
        "Puskesmas",
        "Pendidikan",
        "Kota Lain",
    ]


def test_employees_under_an_agency_and_still_there(tree):
    EmployeeFactory(agency=tree["Puskesmas"], name="Pensiun", active=False)
    under = Employee.objects.under(tree["Kesehatan"])
    assert names(under) == ["Pegawai Kesehatan", "Pegawai Puskesmas", "Pensiun"]
    assert names(under.active()) == ["Pegawai Kesehatan", "Pegawai Puskesmas"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("siti", True),
        ("AMINAH siti", True),
        ("siti perawat", True),
        ("siti guru", False),
        ("19790606 200104 2 001", True),
        ("197906062001042001", True),
        ("2001", True),
        ("197906062001042002", False),
        ("", True),
        ("%", False),
        ("_", False),
    ],
)
def test_people_are_found_by_number_or_by_every_word_of_name_and_position(words, found):
    EmployeeFactory(name="Siti Aminah", position="Perawat Mahir", number="197906062001042001")
    assert Employee.objects.matching(words).exists() is found


# Events -----------------------------------------------------------------------------------------


def test_events_are_seen_by_whoever_has_a_role_on_the_government(tree):
    events.record(actor=None, act="agency.changed", obj=tree["Kesehatan"], government=tree["Kota"])
    on_the_government = factories.user_with_role(RoleName.AUDITOR, tree["Kota"])
    on_the_opd = factories.user_with_role(RoleName.HEAD, tree["Kesehatan"])
    elsewhere = factories.user_with_role(RoleName.HR, tree["Kota Lain"])
    seen = [
        Event.objects.visible_to(user).count()
        for user in (on_the_government, on_the_opd, elsewhere)
    ]
    assert seen == [1, 0, 0]


def test_the_events_of_an_object_are_its_own_newest_first(tree):
    for act in ("agency.changed", "roster.applied"):
        events.record(actor=None, act=act, obj=tree["Kota"])
    events.record(actor=None, act="agency.changed", obj=tree["Kota Lain"])
    assert [event.act for event in Event.objects.of(tree["Kota"])] == [
        "roster.applied",
        "agency.changed",
    ]


def test_what_has_happened_is_never_changed_or_taken_back(tree):
    events.record(actor=None, act="agency.changed", obj=tree["Kota"])
    for forbidden in (lambda: Event.objects.update(act="x"), lambda: Event.objects.all().delete()):
        with pytest.raises(AppendOnlyError, match="^Event rows are append-only$"):
            forbidden()
    assert Event.objects.get().act == "agency.changed"
