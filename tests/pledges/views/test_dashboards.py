"""The dashboards of a ceremony and of a campaign: whose figures, in which order, the recap's."""

import re
from datetime import date

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from pledges.services import campaigns
from tests import campaigning, factories
from tests.reporting import report_count

from .pages import links_of, log_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def government():
    return factories.GovernmentFactory()


@pytest.fixture
def health(government):
    return factories.OpdFactory(parent=government, name="Dinas Kesehatan")


@pytest.fixture
def ceremony(government, health):
    """City-wide: four at Kesehatan, of whom one has signed; two at Arsip, of whom one has."""
    archive = factories.OpdFactory(parent=government, name="Dinas Arsip")
    factories.EmployeeFactory.create_batch(4, agency=health)
    factories.EmployeeFactory.create_batch(2, agency=archive)
    found = factories.open_ceremony(government, employees=0, title="Apel Kota")
    for opd in (health, archive):
        factories.sign(found.participants.filter(opd=opd).first())
    return found


def dashboard(client, ceremony, query=""):
    return client.get(reverse("ceremony-dashboard", args=[ceremony.uuid]) + query)


def order_of(response):
    return re.findall(r"Dinas (Kesehatan|Arsip)</td>", response.content.decode())


def test_hr_sees_every_opd_worst_first_over_time_and_by_kind(client, ceremony, government):
    log_in(client, RoleName.HR, government)
    response = dashboard(client, ceremony)
    words = text_of(response)
    assert "Sudah menandatangani 2 dari 6 (33%)" in words
    assert order_of(response) == ["Kesehatan", "Arsip"]
    assert "Dinas Kesehatan 25% 1 3 belum di Dinas Kesehatan 0 4" in words
    for told in ("Tanda tangan tiap jam", "2 dari target 6 tanda tangan.", "PNS golongan III 33%"):
        assert told in words
    assert response.content.decode().count('role="img"') == 4


def test_reports_of_breaches_are_told_once_somebody_records_them(client, ceremony, government):
    log_in(client, RoleName.HR, government)
    assert "laporan pelanggaran" not in text_of(dashboard(client, ceremony))
    report_count(ceremony.election, count=3)
    assert "3 laporan pelanggaran netralitas diterima" in text_of(dashboard(client, ceremony))


def test_opd_are_put_in_another_order_by_their_heading(client, ceremony, government):
    log_in(client, RoleName.HR, government)
    orders = {
        query: order_of(dashboard(client, ceremony, query))
        for query in ("?sort=name", "?sort=-name", "?sort=-percent", "?sort=pending", "?sort=x")
    }
    assert orders == {
        "?sort=name": ["Arsip", "Kesehatan"],
        "?sort=-name": ["Kesehatan", "Arsip"],
        "?sort=-percent": ["Arsip", "Kesehatan"],
        "?sort=pending": ["Arsip", "Kesehatan"],
        "?sort=x": ["Kesehatan", "Arsip"],
    }


def test_the_figures_are_those_of_the_recap(client, ceremony, government):
    log_in(client, RoleName.AUDITOR, government)
    figure = re.compile(r"Peserta 6 Sudah 2|6 Peserta 2 Sudah 0 Berhalangan 0 Menolak 4 Belum")
    recap = text_of(client.get(reverse("recap", args=[ceremony.uuid])))
    assert figure.search(recap)[0] == figure.search(text_of(dashboard(client, ceremony)))[0]


@pytest.mark.parametrize("role", [RoleName.HEAD, RoleName.OPERATOR])
def test_head_and_operator_see_their_own_opd_alone(client, ceremony, health, role):
    log_in(client, role, health)
    words = text_of(dashboard(client, ceremony))
    assert "Sudah menandatangani 1 dari 4 (25%)" in words
    assert "Dinas Arsip" not in words


def test_those_who_have_not_signed_are_one_click_away(client, ceremony, health, government):
    log_in(client, RoleName.HR, government)
    people = reverse("participant-list", args=[ceremony.uuid])
    links = links_of(dashboard(client, ceremony))
    assert f"{people}?state=PENDING&amp;opd={health.uuid}" in links
    assert f"{people}?state=PENDING" in links


def test_a_draft_says_that_there_is_nothing_to_count_yet(client, health):
    log_in(client, RoleName.HEAD, health)
    words = text_of(dashboard(client, factories.draft_ceremony(health)))
    assert "Dasbor terisi setelah daftar peserta dibekukan" in words


def test_a_campaign_is_told_with_what_is_not_counted_yet(client, government, health):
    factories.EmployeeFactory(agency=health, position="Kepala Dinas")
    factories.EmployeeFactory(agency=health)
    campaign = campaigning.campaign(government, deadline=date(2099, 1, 31))
    values = {"election": campaign.election, "text": campaign.text}
    lead = factories.open_ceremony(
        government, 0, scope="OFFICIALS", official_positions=["Kepala Dinas"], **values
    )
    road = factories.OpdFactory(parent=government)
    campaigns.save_campaign(actor=None, campaign=campaign, lead=lead, opds=[health, road])
    address = reverse("campaign-dashboard", args=[campaign.uuid])
    log_in(client, RoleName.HEAD, health)
    for page in (address, reverse("campaign-detail", args=[campaign.uuid]), reverse("home")):
        told = "1 acara masih konsep: pesertanya belum termasuk angka ini."
        assert told in text_of(client.get(page)), page
    log_in(client, RoleName.HR, government)
    response = client.get(address)
    words = text_of(response)
    assert "Sudah menandatangani 0 dari 1 (0%)" in words
    assert "2 acara masih konsep: pesertanya belum termasuk angka ini." in words
    people = reverse("participant-list", args=[lead.uuid])
    assert f"{people}?state=PENDING&amp;opd={health.uuid}" in links_of(response)


def test_home_leads_to_the_dashboards(client, ceremony, government):
    campaign = campaigning.campaign(government, deadline=date(2099, 1, 31))
    log_in(client, RoleName.HR, government)
    links = links_of(client.get(reverse("home")))
    assert reverse("ceremony-dashboard", args=[ceremony.uuid]) in links
    assert reverse("campaign-dashboard", args=[campaign.uuid]) in links


@pytest.mark.parametrize("opds", [1, 12])
def test_the_page_costs_the_same_for_many_opd(client, government, opds, django_assert_num_queries):
    for opd in factories.OpdFactory.create_batch(opds, parent=government):
        factories.EmployeeFactory(agency=opd)
    ceremony = factories.open_ceremony(government, employees=0)
    factories.sign(ceremony.participants.first())
    log_in(client, RoleName.HR, government)
    dashboard(client, ceremony)
    with django_assert_num_queries(8):
        dashboard(client, ceremony)
