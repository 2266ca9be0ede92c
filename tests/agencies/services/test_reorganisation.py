"""Moving, retiring and reviving agencies."""

import pytest

from agencies.choices import AgencyLevel, RoleName
from agencies.models import Agency, Event
from agencies.services import reorganisation
from agencies.services.tree import MAX_DEPTH
from netralitas.lib.errors import Refusal
from tests import factories

from .trees import names_below, refusal, retire_at_once, stored, the_tree_is_sound


@pytest.fixture
def hr(city):
    return city.hr


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


# Retiring and reviving --------------------------------------------------------------------------


def retire(city, agency):
    reorganisation.retire_agency(actor=city.hr, agency=agency)


def revive(city, agency):
    reorganisation.revive_agency(actor=city.hr, agency=agency)


def in_use(*agencies):
    return [stored(agency).retired_at is None for agency in agencies]


def test_an_agency_without_people_is_retired_with_all_below_it(city):
    factories.EmployeeFactory(agency=city.unit, active=False)
    Agency.objects.filter(pk=city.unit.pk).update(
        head=factories.EmployeeFactory(agency=city.other_opd)
    )
    retire(city, city.opd)
    assert in_use(city.opd, city.unit, city.other_opd) == [False, False, True]
    event = Event.objects.get()
    assert (event.act, event.object_id) == ("agency.retired", str(city.opd.uuid))
    assert event.data == {"units": 1, "vacated": 1}
    assert Agency.objects.get(pk=city.unit.pk).head is None


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
