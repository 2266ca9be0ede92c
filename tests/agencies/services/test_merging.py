"""Merging agencies."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from agencies.choices import AgencyLevel, RoleName
from agencies.models import Agency, Event, Placement, Role
from agencies.services import reorganisation
from netralitas.lib.errors import Refusal
from tests import factories

from .trees import names_below, refusal, retire_at_once, stored, the_tree_is_sound


def merge(city, source=None, target=None, roles=()):
    return reorganisation.merge_agency(
        actor=city.hr,
        source=source or city.opd,
        target=target or city.other_opd,
        roles=list(roles),
    )


def test_the_people_of_the_source_work_in_the_target(city):
    own = factories.EmployeeFactory(agency=city.opd)
    of_unit = factories.EmployeeFactory(agency=city.unit)
    merge(city)
    for person in (own, of_unit):
        person.refresh_from_db()
    assert (own.agency, of_unit.agency) == (city.other_opd, city.unit)
    assert [row.agency for row in own.placements.all()] == [city.other_opd]
    assert not of_unit.placements.exists()


def test_whoever_has_left_stays_where_they_last_worked(city):
    gone = factories.EmployeeFactory(agency=city.opd, active=False)
    merge(city)
    gone.refresh_from_db()
    assert gone.agency == city.opd
    assert not Placement.objects.exists()


def test_the_units_of_the_source_stand_below_the_target_and_the_source_too(city):
    section = factories.UnitFactory(parent=city.unit, name="Seksi Sandi")
    factories.UnitFactory(parent=city.opd, name="Sekretariat")
    merge(city)
    assert names_below(city.other_opd) == [
        "Dinas Kesehatan",
        "Bidang Persandian",
        "Seksi Sandi",
        "Sekretariat",
        "Dinas Komunikasi dan Informatika",
    ]
    assert stored(section).level == AgencyLevel.UNIT
    assert the_tree_is_sound()


def test_the_source_is_retired_and_says_who_took_it_over(city):
    merge(city)
    source = stored(city.opd)
    assert source.retired_at is not None
    assert (source.merged_into, source.level) == (city.other_opd, AgencyLevel.UNIT)
    assert stored(city.unit).retired_at is None


def test_what_was_retired_below_the_source_stays_with_it(city):
    retire_at_once(city.unit)
    merge(city)
    assert names_below(city.opd) == ["Dinas Komunikasi dan Informatika", "Bidang Persandian"]


def test_the_merged_agency_has_no_head_any_more_and_the_other_keeps_its_own(city):
    heads = [factories.EmployeeFactory(agency=agency) for agency in (city.opd, city.other_opd)]
    for agency, head in zip((city.opd, city.other_opd), heads, strict=True):
        Agency.objects.filter(pk=agency.pk).update(head=head)
    merge(city)
    assert Agency.objects.get(pk=city.opd.pk).head is None
    assert Agency.objects.get(pk=city.other_opd.pk).head == heads[1]
    assert Event.objects.get(act="agency.merged").data["vacated"] == 1


def test_only_the_roles_that_hr_names_are_granted_on_the_target(city):
    operator_role = city.operator.roles.get()
    merge(city, roles=[operator_role])
    held = Role.objects.filter(agency=city.other_opd).values_list("user", "role")
    assert list(held) == [(city.operator.pk, RoleName.OPERATOR)]
    assert city.head.roles.get().agency == city.opd
    assert city.operator.roles.filter(agency=city.opd).exists()


def test_a_role_that_is_not_held_on_the_source_is_refused(city):
    elsewhere = factories.user_with_role(RoleName.HEAD, city.unit).roles.get()
    field, sentence = refusal(merge, city, roles=[elsewhere])
    assert (field, sentence) == ("roles", reorganisation.FOREIGN_ROLE)
    assert stored(city.opd).retired_at is None


def test_one_event_tells_how_much_was_merged(city):
    factories.EmployeeFactory.create_batch(3, agency=city.opd)
    merge(city, roles=[city.head.roles.get()])
    event = Event.objects.get(act="agency.merged")
    assert (event.object_id, event.actor) == (str(city.opd.uuid), city.hr)
    assert event.data == {
        "to": str(city.other_opd.uuid),
        "employees": 3,
        "units": 1,
        "roles": 1,
        "vacated": 0,
    }
    assert Event.objects.exclude(pk=event.pk).get().act == "role.granted"


def test_a_unit_is_merged_into_the_agency_above_it(city):
    section = factories.UnitFactory(parent=city.unit, name="Seksi Sandi")
    person = factories.EmployeeFactory(agency=city.unit)
    merge(city, source=city.unit, target=city.opd)
    person.refresh_from_db()
    assert person.agency == city.opd
    assert stored(section).path[:8] == city.opd.path
    assert stored(section).depth == 3
    assert the_tree_is_sound()


def test_what_was_merged_before_moves_on_with_its_successor(city):
    third = factories.OpdFactory(parent=city.government, name="Dinas Sosial")
    merge(city)
    merge(city, source=stored(city.other_opd), target=third)
    below = names_below(third)
    assert below == [
        "Dinas Sosial",
        "Bidang Persandian",
        "Dinas Kesehatan",
        "Dinas Komunikasi dan Informatika",
    ]
    assert the_tree_is_sound()


def test_the_preview_tells_what_merging_will_do(city):
    factories.EmployeeFactory.create_batch(2, agency=city.opd)
    factories.EmployeeFactory(agency=city.opd, active=False)
    factories.EmployeeFactory(agency=factories.UnitFactory(parent=city.unit))
    factories.UnitFactory(parent=city.other_opd, name="BIDANG PERSANDIAN")
    former = factories.user_with_role(RoleName.OPERATOR, city.opd, is_active=False)
    merger = reorganisation.merger_of(city.opd, city.other_opd)
    assert (merger.employees, merger.units) == (2, [city.unit])
    assert (merger.employees_below, merger.units_below) == (1, 2)
    assert {role.user for role in merger.roles} == {city.operator, city.head}
    assert former.roles.exists()
    assert merger.doubles == ["Bidang Persandian"]


def test_no_agency_is_merged_into_what_it_cannot_be(city, regency):
    cases = [
        (city.government, city.opd, "", reorganisation.GOVERNMENT_STAYS),
        (city.opd, city.government, "target", reorganisation.NOT_INTO_GOVERNMENT),
        (city.opd, city.unit, "target", reorganisation.WITHIN_ITSELF),
        (city.opd, city.opd, "target", reorganisation.WITHIN_ITSELF),
        (city.opd, regency.opd, "target", reorganisation.FOREIGN),
    ]
    for source, target, field, sentence in cases:
        assert refusal(reorganisation.merger_of, source, target) == (field, sentence)
        assert refusal(merge, city, source, target) == (field, sentence)


def test_a_merged_agency_is_not_merged_again_nor_merged_into(city):
    third = factories.OpdFactory(parent=city.government, name="Dinas Sosial")
    retire_at_once(city.opd)
    sentence = "Dinas Komunikasi dan Informatika tidak dipakai lagi."
    assert refusal(merge, city, city.opd, third) == ("", sentence)
    assert refusal(merge, city, third, city.opd) == ("target", sentence)


def test_merging_costs_no_query_a_person(city, django_assert_max_num_queries):
    factories.EmployeeFactory.create_batch(40, agency=city.opd)
    with django_assert_max_num_queries(40):
        merge(city)


def test_a_merged_agency_can_be_taken_up_again(city):
    merge(city)
    reorganisation.revive_agency(actor=city.hr, agency=city.opd)
    source = stored(city.opd)
    assert (source.retired_at, source.merged_into) == (None, None)
    assert source.path.startswith(city.other_opd.path)


def test_a_merged_agency_can_be_brought_back_to_where_it_stood(city):
    merge(city)
    reorganisation.revive_agency(actor=city.hr, agency=city.opd)
    reorganisation.move_agency(actor=city.hr, agency=city.opd, target=city.government)
    assert stored(city.opd).level == AgencyLevel.OPD
    assert the_tree_is_sound()


@pytest.mark.django_db(transaction=True)
def test_of_two_agencies_merged_into_each_other_at_once_one_stays():
    government = factories.GovernmentFactory()
    pair = factories.OpdFactory.create_batch(2, parent=government)

    def merge_into(source, target):
        try:
            reorganisation.merge_agency(actor=None, source=source, target=target, roles=[])
        except Refusal as refusal:
            return refusal.message
        finally:
            connections.close_all()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(merge_into, pair, reversed(pair)))
    assert answers.count("merged") == 1
    assert Agency.objects.opds().in_use().count() == 1
    assert the_tree_is_sound()
