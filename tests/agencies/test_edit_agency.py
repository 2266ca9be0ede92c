"""The service that keeps letterhead, head and time zone."""

import pytest

from agencies.choices import TimeZone
from agencies.models import Event
from agencies.services.agencies import edit_agency
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
