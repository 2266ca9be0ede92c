"""GET and POST /opd/<uuid>/ubah/"""

import pytest
from django.urls import reverse

from agencies.choices import TimeZone
from agencies.forms.agencies import possible_heads
from agencies.models import Event
from tests import factories


def address_of(agency):
    return reverse("agency-edit", args=[agency.uuid])


def values(agency, **changes):
    """What the form of `agency` sends."""
    return {"name": agency.name, "address": agency.address, "head": "", **changes}


def test_hr_changes_address_and_head(client, city):
    head = factories.EmployeeFactory(agency=city.opd)
    client.force_login(city.hr)
    response = client.post(
        address_of(city.opd),
        values(city.opd, address=" Jalan Putri Tujuh Nomor 7 ", head=head.uuid),
    )
    assert response.status_code == 302
    assert response["Location"] == reverse("agency-detail", args=[city.opd.uuid])
    city.opd.refresh_from_db()
    assert city.opd.address == "Jalan Putri Tujuh Nomor 7"
    assert city.opd.head == head


def test_the_form_shows_what_is_stored(client, city):
    city.opd.head = factories.EmployeeFactory(agency=city.opd)
    city.opd.save()
    client.force_login(city.hr)
    page = client.get(address_of(city.opd)).content.decode()
    assert f'<option value="{city.opd.head.uuid}" selected>' in page
    assert 'value="Jalan Merdeka Nomor 2"' in page


def test_the_time_zone_is_the_governments(client, city):
    client.force_login(city.hr)
    assert "time_zone" not in client.get(address_of(city.opd)).context["form"].fields
    client.post(address_of(city.government), values(city.government, time_zone=TimeZone.WIT))
    city.government.refresh_from_db()
    assert city.government.time_zone == TimeZone.WIT


def test_a_time_zone_posted_for_an_opd_is_not_taken(client, city):
    client.force_login(city.hr)
    client.post(address_of(city.opd), values(city.opd, time_zone=TimeZone.WIT))
    city.opd.refresh_from_db()
    assert city.opd.time_zone == TimeZone.WIB


@pytest.mark.parametrize("head", ["not-a-uuid", "1", "other"])
def test_a_head_who_is_not_offered_is_refused_next_to_the_field(client, city, head):
    if head == "other":
        head = factories.EmployeeFactory(agency=city.other_opd).uuid
    client.force_login(city.hr)
    response = client.post(address_of(city.opd), values(city.opd, address="Jalan Lain", head=head))
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["head"]
    city.opd.refresh_from_db()
    assert (city.opd.address, city.opd.head) == ("Jalan Merdeka Nomor 2", None)
    assert not Event.objects.exists()


def test_an_address_longer_than_the_letterhead_takes_is_refused(client, city):
    client.force_login(city.hr)
    response = client.post(address_of(city.opd), values(city.opd, address="x" * 256))
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["address"]


def test_hr_renames_an_agency(client, city):
    client.force_login(city.hr)
    client.post(address_of(city.opd), values(city.opd, name="Dinas Kominfotiksan"))
    city.opd.refresh_from_db()
    assert city.opd.name == "Dinas Kominfotiksan"


def test_a_name_that_a_sibling_has_is_refused_next_to_the_field(client, city):
    client.force_login(city.hr)
    response = client.post(address_of(city.opd), values(city.opd, name="Dinas Kesehatan"))
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["name"]
    page = response.content.decode()
    assert "Di bawah instansi yang sama sudah ada Dinas Kesehatan." in page
    assert "<title>Ubah Dinas Komunikasi dan Informatika" in page


def test_whoever_renames_a_unit_from_siasn_is_told_that_the_import_does_so_too(client, city):
    client.force_login(city.hr)
    told = "impor berikutnya yang menyertakan hierarki unit menulis lagi nama"
    assert told not in client.get(address_of(city.opd)).content.decode()
    city.opd.siasn_id = "A-1"
    city.opd.save()
    page = client.get(address_of(city.opd))
    assert told in page.content.decode()
    assert "siasn_id" not in page.context["form"].fields


def test_an_agency_made_by_hand_is_given_its_siasn_id(client, city):
    client.force_login(city.hr)
    client.post(address_of(city.opd), values(city.opd, siasn_id="A-1"))
    city.opd.refresh_from_db()
    assert city.opd.siasn_id == "A-1"
    response = client.post(address_of(city.unit), values(city.unit, siasn_id="A-1"))
    assert response.status_code == 400
    assert "ID UNOR ini sudah dipakai unit lain." in response.content.decode()


@pytest.mark.parametrize("role", ["operator", "head", "auditor"])
def test_others_who_see_the_agency_may_not_edit_it(client, city, role):
    client.force_login(getattr(city, role))
    assert client.get(address_of(city.opd)).status_code == 403
    assert client.post(address_of(city.opd), {"address": "Jalan Lain"}).status_code == 403
    city.opd.refresh_from_db()
    assert city.opd.address == "Jalan Merdeka Nomor 2"


def test_hr_of_another_government_gets_404(client, city, regency):
    client.force_login(regency.hr)
    assert client.get(address_of(city.opd)).status_code == 404
    assert client.post(address_of(city.opd), {"address": "Jalan Lain"}).status_code == 404


def test_possible_heads_are_its_own_people_and_the_officials_below(city):
    own = factories.EmployeeFactory(agency=city.opd)
    secretary = factories.EmployeeFactory(agency=city.unit, echelon="III.a")
    factories.EmployeeFactory(agency=city.unit)
    factories.EmployeeFactory(agency=city.opd, active=False)
    factories.EmployeeFactory(agency=city.other_opd, echelon="II.b")
    assert set(possible_heads(city.opd)) == {own, secretary}


def test_the_present_head_stays_possible_after_leaving(city):
    city.opd.head = factories.EmployeeFactory(agency=city.other_opd, active=False)
    city.opd.save()
    assert list(possible_heads(city.opd)) == [city.opd.head]
