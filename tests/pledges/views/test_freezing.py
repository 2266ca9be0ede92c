"""…/bekukan/: what would be frozen, what looks wrong, and freezing just that."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from tests import campaigning, factories

from .pages import freeze_form, links_of, log_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def opd():
    return factories.OpdFactory(name="Dinas Kesehatan")


@pytest.fixture
def hr(client, opd):
    return log_in(client, RoleName.HR, factories.government_of(opd))


def address_of(ceremony):
    return reverse("ceremony-freeze", args=[ceremony.uuid])


def test_hr_sees_what_would_be_frozen_and_what_looks_wrong(client, hr, opd):
    employee = factories.EmployeeFactory(agency=opd, name="Budi", number="197913402001042001")
    factories.EmployeeFactory(agency=opd, kind="NON_ASN", number="1472014606790001")
    ceremony = factories.draft_ceremony(opd)
    detail = client.get(reverse("ceremony-detail", args=[ceremony.uuid]))
    assert address_of(ceremony) in links_of(detail)
    response = client.get(address_of(ceremony))
    page = text_of(response)
    for said in (
        "2 pegawai menjadi peserta menurut data pegawai saat ini.",
        "Menurut OPD OPD Peserta Dinas Kesehatan 2",
        "Menurut jenis pegawai Jenis pegawai Peserta PNS 1 Non-ASN 1",
        "Nomor identitas tampak keliru 1",
        "197913402001042001: tanggal lahir di dalam nomor tidak mungkin",
        "OPD tanpa kepala 1",
        "Tanpa alamat surel 2",
        "Bekukan 2 peserta",
    ):
        assert said in page
    assert reverse("employee-detail", args=[employee.uuid]) in links_of(response)
    assert ceremony.state == "DRAFT"


def test_a_roster_that_changed_is_shown_anew_and_not_frozen(client, hr, opd):
    ceremony = factories.ceremony_in("DRAFT", opd)
    form = freeze_form(ceremony)
    factories.EmployeeFactory(agency=opd)
    response = client.post(address_of(ceremony), form)
    assert response.status_code == 409
    assert "Data pegawai berubah sejak Anda memeriksa daftar ini" in text_of(response)
    assert "Bekukan 2 peserta" in text_of(response)
    ceremony.refresh_from_db()
    assert (ceremony.state, ceremony.participants.count()) == ("DRAFT", 0)
    assert client.post(address_of(ceremony), freeze_form(ceremony)).status_code == 302
    assert ceremony.participants.count() == 2


@pytest.mark.parametrize("sent", [{}, {"mark": "x"}])
def test_nothing_is_frozen_that_nobody_looked_at(client, hr, opd, sent):
    ceremony = factories.ceremony_in("DRAFT", opd)
    assert client.post(address_of(ceremony), sent).status_code == 409
    assert not ceremony.participants.exists()


def test_what_cannot_be_frozen_says_why_and_offers_no_button(client, hr, opd):
    empty = factories.draft_ceremony(opd)
    page = text_of(client.get(address_of(empty)))
    assert "Tidak ada pegawai yang akan menjadi peserta" in page
    factories.EmployeeFactory(agency=opd)
    campaign = campaigning.campaign(factories.government_of(opd), opds=[opd])
    proposed = campaign.ceremonies.get()
    page = client.get(address_of(proposed))
    assert "Tetapkan waktu dan tempat acara ini lebih dahulu" in text_of(page)
    assert "Bekukan 1 peserta" not in text_of(page)
    response = client.post(address_of(proposed), freeze_form(proposed))
    assert (response.status_code, proposed.participants.count()) == (409, 0)


def test_what_is_frozen_has_no_preview_any_more(client, hr, opd):
    ready = factories.ceremony_in("READY", opd)
    response = client.get(address_of(ready))
    assert response.status_code == 409
    assert "Daftar peserta acara ini sudah dibekukan." in text_of(response)
