"""Who keeps a participant when units move: the OPD of the day on which the roster was frozen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import RoleName
from agencies.models import Agency
from pledges import rules
from pledges.models import Participant
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two OPD of a city; in the first a clinic with a post below it, and a lab; one person each."""
    city = factories.GovernmentFactory()
    first, second = (factories.OpdFactory(parent=city, name=name) for name in ("Satu", "Dua"))
    lab = factories.UnitFactory(parent=first, name="Lab")
    clinic = factories.UnitFactory(parent=first, name="Klinik")
    post = factories.UnitFactory(parent=clinic, name="Pos")
    agencies = {"Kota": city, "Satu": first, "Dua": second}
    agencies |= {"Klinik": clinic, "Pos": post, "Lab": lab}
    for name, agency in agencies.items():
        factories.EmployeeFactory(agency=agency, name=name)
    factories.open_ceremony(city, employees=0)
    return agencies


def move(agency, target):
    node, above = (Agency.objects.get(pk=one.pk) for one in (agency, target))
    Agency.objects.move(node, above, "last-child")


def stay(world):
    """Nothing moves."""


def to_another_opd(world):
    """The clinic goes to the second OPD; a new unit of the first takes its old path."""
    old_path = world["Klinik"].path
    move(world["Klinik"], world["Dua"])
    world["Baru"] = factories.UnitFactory(parent=world["Satu"], name="Baru")
    assert world["Baru"].path == old_path


def within_the_opd(world):
    """The post goes from the clinic to the lab, both of the first OPD."""
    move(world["Pos"], world["Lab"])


def opd_into_another(world):
    """The first OPD becomes a unit of the second, written as the import does it."""
    old, new = world["Satu"].path, f"{world['Dua'].path}0001"
    for agency in Agency.objects.filter(path__startswith=old):
        agency.path = new + agency.path[len(old) :]
        agency.depth, agency.level = agency.depth + 1, "UNIT"
        agency.save()


ALL_OF_FIRST = {"Satu", "Klinik", "Pos", "Lab"}
# After each change: whom a role on an agency reaches.
TABLE = [
    (stay, "Kota", {"Kota", "Dua"} | ALL_OF_FIRST),
    (stay, "Satu", ALL_OF_FIRST),
    (stay, "Klinik", {"Klinik", "Pos"}),
    (stay, "Pos", {"Pos"}),
    (stay, "Dua", {"Dua"}),
    (to_another_opd, "Kota", {"Kota", "Dua"} | ALL_OF_FIRST),
    (to_another_opd, "Satu", ALL_OF_FIRST),
    (to_another_opd, "Dua", {"Dua"}),
    (to_another_opd, "Klinik", set()),
    (to_another_opd, "Lab", {"Lab"}),
    (to_another_opd, "Baru", set()),
    (within_the_opd, "Satu", ALL_OF_FIRST),
    (within_the_opd, "Klinik", {"Klinik"}),
    (within_the_opd, "Lab", {"Lab", "Pos"}),
    (opd_into_another, "Satu", ALL_OF_FIRST),
    (opd_into_another, "Dua", {"Dua"} | ALL_OF_FIRST),
    (opd_into_another, "Klinik", {"Klinik", "Pos"}),
]


@pytest.mark.parametrize(("change", "held_on", "expected"), TABLE)
def test_a_role_reaches_those_whom_its_opd_had_when_the_roster_was_frozen(
    world, change, held_on, expected
):
    change(world)
    head = factories.user_with_role(RoleName.HEAD, world[held_on])
    visible = Participant.objects.visible_to(head)
    assert {participant.bare_name for participant in visible} == expected
    everyone = Participant.objects.select_related("agency", "opd")
    by_rule = {one.bare_name for one in everyone if rules.may_read_pacts(head.rights, one.keeper)}
    assert by_rule == expected


def test_visibility_is_one_query_however_many_roles(world):
    user = factories.user_with_role(RoleName.HEAD, world["Satu"])
    for name in ("Klinik", "Pos", "Dua"):
        user.roles.create(agency=world[name], role=RoleName.OPERATOR)
    assert user.rights.grants
    with CaptureQueriesContext(connection) as queries:
        assert len(Participant.objects.visible_to(user)) == 5
    assert len(queries) == 1
