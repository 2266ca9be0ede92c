"""Moving, merging, retiring and reviving agencies."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from agencies.choices import AgencyLevel, RoleName
from agencies.models import Agency, Event, Placement, Role
from agencies.services import reorganisation
from agencies.services.tree import MAX_DEPTH
from netralitas.lib.errors import Refusal
from tests import factories


@pytest.fixture
def hr(city):
    return city.hr


def stored(agency):
    return Agency.objects.get(pk=agency.pk)


def names_below(agency):
    """The agency and what stands below it, in the order of the tree."""
    return [one.name for one in Agency.objects.under(stored(agency))]


def the_tree_is_sound():
    return Agency.objects.find_problems() == ([], [], [], [], [])


def retire_at_once(agency):
    Agency.objects.filter(pk=agency.pk).update(retired_at="2024-01-02T00:00:00Z")


def refusal(act, *args, **kwargs):
    """What `act` says when it refuses, as (field, sentence); nothing may have been recorded."""
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    assert not Event.objects.exists()
    return refused.value.field, refused.value.message


# Moving -----------------------------------------------------------------------------------------


def move(hr, agency, target):
    return reorganisation.move_agency(actor=hr, agency=agency, target=target)


def test_a_unit_moves_with_all_below_it(city, hr):
    section = factories.UnitFactory(parent=city.unit, name="Seksi Sandi")
    moved = move(hr, city.unit, city.other_opd)
    assert moved.path.startswith(city.other_opd.path)
    assert names_below(city.other_opd) == ["Dinas Kesehatan", "Bidang Persandian", "Seksi Sandi"]
    assert names_below(city.opd) == ["Dinas Komunikasi dan Informatika"]
    assert stored(section).depth == 4
    assert the_tree_is_sound()


def test_an_opd_becomes_a_unit_and_a_unit_an_opd(city, hr):
    move(hr, city.opd, city.other_opd)
    levels = {one.name: one.level for one in Agency.objects.under(city.government)}
    assert levels == {
        "Pemerintah Kota Dumai": AgencyLevel.GOVERNMENT,
        "Dinas Kesehatan": AgencyLevel.OPD,
        "Dinas Komunikasi dan Informatika": AgencyLevel.UNIT,
        "Bidang Persandian": AgencyLevel.UNIT,
    }
    move(hr, city.unit, city.government)
    assert stored(city.unit).level == AgencyLevel.OPD
    assert the_tree_is_sound()


def test_a_moved_branch_stands_behind_those_that_are_there(city, hr):
    for name in ("Bidang Satu", "Bidang Dua"):
        factories.UnitFactory(parent=city.other_opd, name=name)
    move(hr, city.unit, city.other_opd)
    assert names_below(city.other_opd)[1:] == ["Bidang Satu", "Bidang Dua", "Bidang Persandian"]


def test_a_role_on_the_new_agency_reaches_the_moved_one(city, hr):
    operator = factories.user_with_role(RoleName.OPERATOR, city.other_opd)
    person = factories.EmployeeFactory(agency=city.unit)
    move(hr, city.unit, city.other_opd)
    assert Agency.objects.visible_to(operator).filter(pk=city.unit.pk).exists()
    assert person.placements.count() == 0
    assert not Agency.objects.visible_to(city.operator).filter(pk=city.unit.pk).exists()


def test_a_move_is_recorded_with_both_places(city, hr):
    factories.UnitFactory(parent=city.unit)
    move(hr, city.unit, city.other_opd)
    event = Event.objects.get()
    assert (event.act, event.object_id) == ("agency.moved", str(city.unit.uuid))
    assert (event.actor, event.government) == (hr, city.government)
    assert event.data == {
        "from": str(city.opd.uuid),
        "to": str(city.other_opd.uuid),
        "units": 1,
    }


def test_a_government_does_not_move(city, hr):
    assert refusal(move, hr, city.government, city.opd)[1] == reorganisation.GOVERNMENT_STAYS


def test_nothing_moves_below_itself_or_to_where_it_is(city, hr):
    below_itself = ("target", reorganisation.WITHIN_ITSELF)
    assert refusal(move, hr, city.opd, city.unit) == below_itself
    assert refusal(move, hr, city.opd, city.opd) == below_itself
    field, sentence = refusal(move, hr, city.unit, city.opd)
    assert (field, sentence) == (
        "target",
        "Instansi ini sudah berada di bawah Dinas Komunikasi dan Informatika.",
    )


def test_nothing_moves_to_another_government(city, hr, regency):
    assert refusal(move, hr, city.opd, regency.opd) == ("target", reorganisation.FOREIGN)


def test_nothing_moves_below_a_retired_agency_nor_does_a_retired_one_move(city, hr):
    retire_at_once(city.other_opd)
    sentence = "Dinas Kesehatan tidak dipakai lagi."
    assert refusal(move, hr, city.unit, city.other_opd) == ("target", sentence)
    assert refusal(move, hr, city.other_opd, city.opd) == ("", sentence)


def test_no_branch_moves_deeper_than_the_tree_can_hold(city, hr):
    bottom = city.unit
    while bottom.depth < MAX_DEPTH:
        bottom = factories.UnitFactory(parent=bottom)
    assert refusal(move, hr, city.other_opd, bottom)[0] == "target"
    assert refusal(move, hr, city.opd, city.other_opd)[0] == "target"


def test_the_agencies_given_may_be_stale(city, hr):
    stale = stored(city.unit)
    move(hr, city.opd, city.other_opd)
    move(hr, stale, city.government)
    assert stored(city.unit).level == AgencyLevel.OPD
    assert the_tree_is_sound()


# Merging ----------------------------------------------------------------------------------------


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


def test_both_keep_their_heads(city):
    heads = [factories.EmployeeFactory(agency=one) for one in (city.opd, city.other_opd)]
    for agency, head in zip((city.opd, city.other_opd), heads, strict=True):
        agency.head = head
        agency.save(update_fields=["head"])
    merge(city)
    assert [stored(city.opd).head, stored(city.other_opd).head] == heads


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


# Retiring and reviving --------------------------------------------------------------------------


def retire(city, agency):
    reorganisation.retire_agency(actor=city.hr, agency=agency)


def revive(city, agency):
    reorganisation.revive_agency(actor=city.hr, agency=agency)


def in_use(*agencies):
    return [stored(agency).retired_at is None for agency in agencies]


def test_an_agency_without_people_is_retired_with_all_below_it(city):
    factories.EmployeeFactory(agency=city.unit, active=False)
    retire(city, city.opd)
    assert in_use(city.opd, city.unit, city.other_opd) == [False, False, True]
    event = Event.objects.get()
    assert (event.act, event.object_id) == ("agency.retired", str(city.opd.uuid))
    assert event.data == {"units": 1}


def test_where_people_work_nothing_is_retired(city):
    factories.EmployeeFactory.create_batch(2, agency=city.unit)
    assert refusal(retire, city, city.opd)[1].startswith("Masih ada 2 pegawai aktif di Dinas Kom")
    assert in_use(city.opd, city.unit) == [True, True]


def test_a_government_is_never_retired(city):
    assert refusal(retire, city, city.government)[1] == reorganisation.GOVERNMENT_STAYS


def test_what_is_retired_is_not_retired_again(city):
    retire_at_once(city.opd)
    assert "tidak dipakai lagi" in refusal(retire, city, city.opd)[1]


def test_reviving_takes_back_what_retiring_did_and_no_more(city):
    retire_at_once(city.unit)
    second = factories.UnitFactory(parent=city.opd, name="Bidang Kedua")
    retire(city, city.opd)
    revive(city, city.opd)
    assert in_use(city.opd, second, city.unit) == [True, True, False]
    assert Event.objects.first().act == "agency.revived"
    assert Event.objects.first().data == {"units": 1}


def test_nothing_is_revived_below_a_retired_agency(city):
    retire(city, city.opd)
    with pytest.raises(Refusal, match="Pakai kembali Dinas Komunikasi dan Informatika dahulu"):
        revive(city, city.unit)
    assert in_use(city.unit) == [False]


def test_what_is_in_use_is_not_revived(city):
    assert refusal(revive, city, city.opd)[1] == "Dinas Komunikasi dan Informatika masih dipakai."


def test_a_merged_agency_can_be_taken_up_again(city):
    merge(city)
    revive(city, city.opd)
    source = stored(city.opd)
    assert (source.retired_at, source.merged_into) == (None, None)
    assert source.path.startswith(city.other_opd.path)


def test_a_merged_agency_can_be_brought_back_to_where_it_stood(city):
    merge(city)
    revive(city, city.opd)
    move(city.hr, city.opd, city.government)
    assert stored(city.opd).level == AgencyLevel.OPD
    assert the_tree_is_sound()


# Two at once ------------------------------------------------------------------------------------


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
