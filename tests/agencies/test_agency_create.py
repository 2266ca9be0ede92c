"""GET and POST /opd/<uuid>/tambah/"""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from tests import factories


def address_below(agency):
    return reverse("agency-create", args=[agency.uuid])


def test_hr_adds_an_agency_and_is_led_to_it(client, city):
    client.force_login(city.hr)
    response = client.post(
        address_below(city.opd), {"name": "Bidang Statistik", "address": "Jalan Baru 5"}
    )
    added = Agency.objects.get(name="Bidang Statistik")
    assert response["Location"] == reverse("agency-detail", args=[added.uuid])
    assert (added.path[:8], added.address) == (city.opd.path, "Jalan Baru 5")


@pytest.mark.parametrize(
    ("parent", "title"), [("government", "Tambah OPD"), ("opd", "Tambah unit kerja")]
)
def test_the_page_says_what_is_added_and_where(client, city, parent, title):
    agency = getattr(city, parent)
    client.force_login(city.hr)
    page = client.get(address_below(agency)).content.decode()
    assert f"<h1>{title}</h1>" in page
    assert f'<p class="eyebrow">{agency.name}</p>' in page


@pytest.mark.parametrize("name", ["", "Bidang Persandian", "x" * 256])
def test_a_name_that_cannot_be_is_refused_next_to_the_field(client, city, name):
    client.force_login(city.hr)
    response = client.post(address_below(city.opd), {"name": name})
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["name"]
    assert Agency.objects.under(city.opd).count() == 2


def test_below_a_retired_agency_nothing_is_added(client, city):
    Agency.objects.filter(pk=city.opd.pk).update(retired_at=timezone.now())
    client.force_login(city.hr)
    response = client.post(address_below(city.opd), {"name": "Bidang Baru"})
    assert response.status_code == 400
    assert "tidak dipakai lagi" in response.content.decode()


@pytest.mark.parametrize("role", ["operator", "head", "auditor"])
def test_nobody_else_adds_agencies(client, city, role):
    client.force_login(getattr(city, role))
    assert client.post(address_below(city.opd), {"name": "Bidang Baru"}).status_code == 403


def test_hr_of_another_government_gets_404(client, city, regency):
    client.force_login(regency.hr)
    assert client.post(address_below(city.opd), {"name": "Bidang Baru"}).status_code == 404
    assert factories.government_of(city.opd) == city.government
    assert not Agency.objects.filter(name="Bidang Baru").exists()
