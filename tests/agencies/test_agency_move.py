"""GET and POST /opd/<uuid>/pindah/"""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from tests import factories


def address_of(agency):
    return reverse("agency-move", args=[agency.uuid])


def choices_on(client, address):
    """The names of the agencies that the form offers."""
    form = client.get(address).context["form"]
    return [agency.name for agency in form.fields["target"].queryset]


def test_hr_moves_an_agency(client, city):
    client.force_login(city.hr)
    response = client.post(address_of(city.unit), {"target": city.other_opd.uuid}, follow=True)
    assert response.redirect_chain == [(reverse("agency-detail", args=[city.unit.uuid]), 302)]
    assert "Bidang Persandian sekarang berada di bawah Dinas Kesehatan." in (
        response.content.decode()
    )
    city.unit.refresh_from_db()
    assert city.unit.path.startswith(city.other_opd.path)


def test_the_page_tells_what_goes_along(client, city):
    factories.UnitFactory(parent=city.unit)
    factories.EmployeeFactory.create_batch(3, agency=city.unit)
    factories.EmployeeFactory(agency=city.unit, active=False)
    client.force_login(city.hr)
    context = client.get(address_of(city.unit)).context
    assert (context["units"], context["employees"]) == (1, 3)


def test_offered_is_what_can_be_chosen(client, city, regency):
    factories.UnitFactory(parent=city.unit, name="Seksi Sandi")
    retired = factories.OpdFactory(parent=city.government, name="Dinas Lama")
    Agency.objects.filter(pk=retired.pk).update(retired_at=timezone.now())
    client.force_login(city.hr)
    assert choices_on(client, address_of(city.unit)) == ["Pemerintah Kota Dumai", "Dinas Kesehatan"]


@pytest.mark.parametrize("target", ["", "not-a-uuid", "itself", "foreign"])
def test_what_is_not_offered_is_refused_next_to_the_field(client, city, regency, target):
    target = {"itself": city.opd.uuid, "foreign": regency.opd.uuid}.get(target, target)
    client.force_login(city.hr)
    response = client.post(address_of(city.opd), {"target": target})
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["target"]


def test_a_government_and_a_retired_agency_do_not_move(client, city):
    client.force_login(city.hr)
    Agency.objects.filter(pk=city.opd.pk).update(retired_at=timezone.now())
    for agency in (city.government, city.opd):
        assert client.get(address_of(agency)).status_code == 409
        assert client.post(address_of(agency), {"target": city.unit.uuid}).status_code == 409


@pytest.mark.parametrize("role", ["operator", "head", "auditor"])
def test_nobody_else_moves_agencies(client, city, role):
    client.force_login(getattr(city, role))
    response = client.post(address_of(city.unit), {"target": city.other_opd.uuid})
    assert response.status_code == 403
