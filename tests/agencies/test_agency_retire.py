"""POST /opd/<uuid>/hentikan/ and /opd/<uuid>/pakai-kembali/"""

from django.urls import reverse

from agencies.models import Agency
from tests import factories


def retire(client, agency):
    return client.post(reverse("agency-retire", args=[agency.uuid]))


def revive(client, agency):
    return client.post(reverse("agency-revive", args=[agency.uuid]))


def in_use(agency):
    return Agency.objects.get(pk=agency.pk).retired_at is None


def test_hr_takes_an_empty_agency_out_of_use_and_back(client, city):
    client.force_login(city.hr)
    assert retire(client, city.opd)["Location"] == reverse("agency-detail", args=[city.opd.uuid])
    assert not in_use(city.opd)
    assert revive(client, city.opd)["Location"] == reverse("agency-detail", args=[city.opd.uuid])
    assert in_use(city.opd)


def test_where_people_work_the_page_says_how_many(client, city):
    factories.EmployeeFactory.create_batch(2, agency=city.unit)
    client.force_login(city.hr)
    response = retire(client, city.opd)
    assert response.status_code == 409
    assert "Masih ada 2 pegawai aktif di Dinas Komunikasi dan Informatika" in (
        response.content.decode()
    )
    assert in_use(city.opd)


def test_it_is_an_act_and_no_page(client, city):
    client.force_login(city.hr)
    for name in ("agency-retire", "agency-revive"):
        assert client.get(reverse(name, args=[city.opd.uuid])).status_code == 405


def test_a_retired_agency_is_no_longer_offered_in_filters_but_stays_where_it_is_chosen(
    client, city
):
    client.force_login(city.hr)
    retire(client, city.opd)
    option = f'<option value="{city.opd.uuid}"'
    pages = [client.get("/pegawai/", query) for query in ({}, {"agency": str(city.opd.uuid)})]
    assert [option in page.content.decode() for page in pages] == [False, True]
