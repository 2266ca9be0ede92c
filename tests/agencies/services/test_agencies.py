"""The services that add agencies and keep their name, letterhead, head and time zone."""

import pytest
from django.utils import timezone

from agencies.choices import AgencyLevel, TimeZone
from agencies.models import Agency, Event
from agencies.services.agencies import add_agency, edit_agency
from agencies.services.tree import MAX_DEPTH
from netralitas.lib.errors import Refusal
from tests import factories


def edit(city, agency, **changes):
    values = {"address": agency.address, "head": agency.head, **changes}
    return edit_agency(actor=city.hr, agency=agency, **values)


def test_it_records_which_fields_changed_and_nothing_of_their_content(city):
    head = factories.EmployeeFactory(agency=city.unit)
    edit(city, city.opd, address="Jalan Putri Tujuh Nomor 7", head=head)
    event = Event.objects.get()
    assert event.act == "agency.changed"
    assert (event.object_type, event.object_id) == ("agency", str(city.opd.uuid))
    assert (event.actor, event.government) == (city.hr, city.government)
    assert event.data == {"fields": ["address", "head"]}


def test_saving_without_a_change_leaves_no_event(city):
    edit(city, city.opd)
    assert not Event.objects.exists()


def test_a_head_can_be_taken_away(city):
    city.opd.head = factories.EmployeeFactory(agency=city.opd)
    city.opd.save()
    assert edit(city, city.opd, head=None).head is None


@pytest.mark.parametrize(("place", "active"), [("other_opd", True), ("opd", False)])
def test_a_head_from_elsewhere_or_gone_is_refused(city, place, active):
    stranger = factories.EmployeeFactory(agency=getattr(city, place), active=active)
    with pytest.raises(Refusal, match="pegawai aktif di instansi ini") as refused:
        edit(city, city.opd, address="Jalan Lain", head=stranger)
    assert refused.value.field == "head"
    city.opd.refresh_from_db()
    assert (city.opd.address, city.opd.head) == ("Jalan Merdeka Nomor 2", None)


def test_the_present_head_may_stay_after_leaving(city):
    city.opd.head = factories.EmployeeFactory(agency=city.other_opd, active=False)
    city.opd.save()
    edited = edit(city, city.opd, address="Jalan Lain")
    assert (edited.address, edited.head) == ("Jalan Lain", city.opd.head)


def test_only_a_government_has_a_time_zone(city):
    assert edit(city, city.government, time_zone=TimeZone.WITA).time_zone == TimeZone.WITA
    with pytest.raises(Refusal) as refused:
        edit(city, city.opd, time_zone=TimeZone.WITA)
    assert refused.value.field == "time_zone"


def test_only_a_government_has_a_seat(city):
    assert edit(city, city.government, seat="Puruk Cahu").seat == "Puruk Cahu"
    assert Event.objects.get().data == {"fields": ["seat"]}
    with pytest.raises(Refusal) as refused:
        edit(city, city.opd, seat="Puruk Cahu")
    assert refused.value.field == "seat"


def test_a_name_is_changed_without_needless_spaces(city):
    assert edit(city, city.opd, name="  Dinas  Kominfotiksan ").name == "Dinas Kominfotiksan"
    assert Event.objects.get().data == {"fields": ["name"]}


@pytest.mark.parametrize("name", ["", "   "])
def test_no_agency_is_without_a_name(city, name):
    with pytest.raises(Refusal, match="Nama wajib diisi") as refused:
        edit(city, city.opd, name=name)
    assert refused.value.field == "name"


def test_two_agencies_below_the_same_one_are_told_apart_by_name(city):
    with pytest.raises(Refusal, match="sudah ada dinas kesehatan") as refused:
        edit(city, city.opd, name="dinas kesehatan")
    assert refused.value.field == "name"


def test_units_of_different_opd_may_have_one_name(city):
    factories.UnitFactory(parent=city.other_opd, name="Sekretariat")
    assert edit(city, city.unit, name="Sekretariat").name == "Sekretariat"


def test_the_name_of_a_retired_agency_is_free_again(city):
    Agency.objects.filter(pk=city.other_opd.pk).update(retired_at=timezone.now())
    assert edit(city, city.opd, name="Dinas Kesehatan").name == "Dinas Kesehatan"


def test_an_agency_made_by_hand_gets_its_siasn_id_once(city):
    assert edit(city, city.opd, siasn_id="A-1").siasn_id == "A-1"
    with pytest.raises(Refusal, match="tidak dapat diganti") as refused:
        edit(city, city.opd, siasn_id="A-2")
    assert refused.value.field == "siasn_id"


def test_a_siasn_id_is_one_agencys(city):
    edit(city, city.opd, siasn_id="A-1")
    with pytest.raises(Refusal, match="sudah dipakai unit lain"):
        edit(city, city.unit, siasn_id="A-1")


def test_what_another_government_took_for_its_siasn_id_is_free_here(city):
    factories.OpdFactory(siasn_id="A-1")
    assert edit(city, city.opd, siasn_id="A-1").siasn_id == "A-1"


# Adding -----------------------------------------------------------------------------------------


def add(city, parent, name="Dinas Baru", **values):
    return add_agency(actor=city.hr, parent=parent, name=name, **values)


def test_below_a_government_an_opd_is_added_and_below_that_units(city):
    opd = add(city, city.government, address="Jalan Baru")
    unit = add(city, opd)
    section = add(city, unit)
    assert [agency.level for agency in (opd, unit, section)] == [
        AgencyLevel.OPD,
        AgencyLevel.UNIT,
        AgencyLevel.UNIT,
    ]
    assert (opd.name, opd.address) == ("Dinas Baru", "Jalan Baru")
    assert list(Agency.objects.under(opd)) == [opd, unit, section]
    assert Agency.objects.find_problems() == ([], [], [], [], [])


def test_adding_is_recorded_with_where_it_stands(city):
    opd = add(city, city.government)
    event = Event.objects.get()
    assert (event.act, event.object_id) == ("agency.added", str(opd.uuid))
    assert (event.actor, event.government) == (city.hr, city.government)
    assert event.data == {"parent": str(city.government.uuid)}


@pytest.mark.parametrize("name", [" ", "Bidang Persandian", "BIDANG  PERSANDIAN"])
def test_a_name_is_needed_that_no_sibling_has(city, name):
    with pytest.raises(Refusal) as refused:
        add(city, city.opd, name)
    assert refused.value.field == "name"
    assert not Event.objects.exists()


def test_nothing_is_added_below_a_retired_agency(city):
    Agency.objects.filter(pk=city.opd.pk).update(retired_at=timezone.now())
    with pytest.raises(Refusal, match="tidak dipakai lagi"):
        add(city, city.opd)


def test_nothing_is_added_below_the_bottom_of_the_tree(city):
    bottom = city.unit
    while bottom.depth < MAX_DEPTH:
        bottom = factories.UnitFactory(parent=bottom)
    with pytest.raises(Refusal, match="lebih dalam dari 63 tingkat"):
        add(city, bottom)
