"""/acara/<uuid>/petugas/: a substitute on the day."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from tests import factories

from .pages import beside, links_of, log_in, officials_form, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony(client):
    opd = factories.OpdFactory()
    log_in(client, RoleName.HR, factories.government_of(opd))
    return factories.ceremony_in("READY", opd)


def test_hr_names_a_substitute_and_a_witness_of_a_frozen_ceremony(client, ceremony):
    page, form = (
        reverse(name, args=[ceremony.uuid]) for name in ("ceremony-detail", "ceremony-officials")
    )
    assert form in links_of(client.get(page))
    assert 'value="Khairil Adli"' in client.get(form).content.decode()
    assert client.post(form, officials_form()).url == page
    shown = text_of(client.get(page))
    assert "Siti Aminah Plh. Kepala Dinas" in shown
    assert "Budi Santoso Bawaslu Kota" in shown
    assert "Khairil Adli" not in shown
    assert "Petugas diganti" in shown


def test_what_is_missing_is_told_and_nothing_is_changed(client, ceremony):
    address = reverse("ceremony-officials", args=[ceremony.uuid])
    response = client.post(address, officials_form(leader_name=""))
    assert response.status_code == 400
    assert beside(response, "leader_name") == "Bidang ini tidak boleh kosong."
    assert ceremony.officials.filter(name="Khairil Adli").exists()


@pytest.mark.parametrize("state", ["DRAFT", "ARCHIVED", "CANCELLED"])
def test_of_no_other_ceremony(client, state):
    opd = factories.OpdFactory()
    log_in(client, RoleName.HR, factories.government_of(opd))
    ceremony = factories.ceremony_in(state, opd)
    address = reverse("ceremony-officials", args=[ceremony.uuid])
    assert client.get(address).status_code == 409
    assert address not in links_of(client.get(reverse("ceremony-detail", args=[ceremony.uuid])))
