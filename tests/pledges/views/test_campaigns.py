"""/rangkaian/: list, form, what the page tells whom, and the ceremonies that it makes."""

import re

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from pledges.documents.minutes_context import minutes_context
from pledges.forms.schedule_fields import OUT_OF_RANGE
from pledges.models import Campaign, Ceremony
from pledges.services import campaigns, ceremonies
from tests import campaigning, factories

from .pages import beside, campaign_form, links_of, log_in, text_of

pytestmark = pytest.mark.django_db
WHOLE = re.compile(r"Sudah menandatangani (\d+) dari (\d+)")


@pytest.fixture
def government():
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai")


@pytest.fixture
def opds(government):
    names = ("Dinas Kesehatan", "Dinas Pendidikan")
    made = [factories.OpdFactory(parent=government, name=name) for name in names]
    for opd in made:
        factories.EmployeeFactory(agency=opd, position="Kepala Dinas")
        factories.EmployeeFactory.create_batch(2, agency=opd)
    return made


@pytest.fixture
def hr(client, government):
    return log_in(client, RoleName.HR, government)


def page_of(client, campaign):
    return client.get(reverse("campaign-detail", args=[campaign.uuid]))


def test_hr_makes_a_campaign_with_a_ceremony_for_every_opd(client, hr, government, opds):
    factories.OpdFactory(name="Dinas Kota Lain")
    factories.user_with_role(RoleName.OPERATOR, opds[0])
    response = client.post(reverse("campaign-create"), campaign_form(government))
    campaign = Campaign.objects.get()
    assert (response.status_code, response.url) == (302, f"/rangkaian/{campaign.uuid}/")
    page = text_of(client.get(response.url))
    assert "Rangkaian acara disimpan. 2 acara OPD dibuat sebagai konsep." in page
    assert "2 acara belum mempunyai jadwal; di OPD tanpa operator, BKPSDM" in page
    for opd, lacks in zip(opds, ("", "Belum ada operator "), strict=True):
        told = f"{opd.name} Konsep Jadwal belum ditetapkan {lacks}Usulan: Rabu, 18 Januari 2023"
        assert told in page
    assert "Belum ada daftar peserta yang dibekukan" in page
    assert campaign.name in text_of(client.get(reverse("campaign-list")))


def test_hr_chooses_some_opd_and_adds_the_others_later_each_once(client, hr, government, opds):
    chosen = campaign_form(government, which="CHOSEN", opds=[opds[0].uuid])
    client.post(reverse("campaign-create"), chosen)
    campaign = Campaign.objects.get()
    page = page_of(client, campaign)
    assert "1 OPD belum mempunyai acara dalam rangkaian ini." in text_of(page)
    address = reverse("campaign-ceremonies", args=[campaign.uuid])
    both = {"opds": [opd.uuid for opd in opds]}
    for sentence in ("1 acara OPD dibuat sebagai konsep.", "sudah mempunyai acara."):
        response = client.post(address, both)
        assert sentence in text_of(client.get(response.url))
    assert campaign.ceremonies.count() == 2
    refused = client.post(address, {})
    assert refused.status_code == 400
    other = client.post(address, {"opds": [factories.OpdFactory().uuid]})
    assert (other.status_code, campaign.ceremonies.count()) == (400, 2)


def test_a_campaign_may_begin_with_the_citys_event(client, hr, government, opds):
    lead = factories.ceremony_in("READY", government, employees=0, title="Apel Kota")
    form = campaign_form(government, lead=lead.pk, election=lead.election_id, text=lead.text_id)
    offered = client.get(reverse("campaign-create"), {"acara": lead.uuid}).content.decode()
    assert f'<option value="{lead.pk}" selected>Apel Kota (Rabu, 11' in offered
    assert client.get(reverse("campaign-create"), {"acara": "x"}).status_code == 200
    client.post(reverse("campaign-create"), form)
    campaign = Campaign.objects.get()
    page = text_of(page_of(client, campaign))
    assert "Sudah menandatangani 0 dari 6 (0%)" in page
    assert "Termasuk di acara induk: 0 dari 3 sudah" in page
    assert "adalah acara induk rangkaian" in text_of(client.get(f"/acara/{lead.uuid}/"))


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Bidang ini tidak boleh kosong."),
        (
            {"deadline": "2023-01-17"},
            "deadline",
            "Target selesai tidak mendahului usulan tanggal acara.",
        ),
        ({"day": "0001-01-01"}, "day", OUT_OF_RANGE),
        ({"deadline": "9999-12-31"}, "deadline", OUT_OF_RANGE),
        ({"name": "Sudah Ada"}, "name", campaigns.NAME_TAKEN),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(
    client, hr, government, changes, field, sentence
):
    campaigning.campaign(government, name="Sudah Ada")
    response = client.post(reverse("campaign-create"), campaign_form(government, **changes))
    assert (response.status_code, beside(response, field)) == (400, sentence)
    assert Campaign.objects.count() == 1


def test_changing_a_campaign_moves_what_is_only_proposed(client, hr, government, opds):
    campaign = campaigning.campaign(government, opds=opds)
    address = reverse("campaign-edit", args=[campaign.uuid])
    assert 'value="2023-01-18"' in client.get(address).content.decode()
    same = {"election": campaign.election_id, "text": campaign.text_id, "name": campaign.name}
    response = client.post(address, campaign_form(government, day="2023-01-25", **same))
    assert (response.status_code, response.url) == (302, f"/rangkaian/{campaign.uuid}/")
    days = {f"{each:%Y-%m-%d}" for each in Ceremony.objects.values_list("starts_at", flat=True)}
    assert days == {"2023-01-25"}


def test_an_opd_is_told_of_the_lead_on_page_recap_and_minutes(client, hr, government, opds):
    campaign, lead, own = city_and_opd(government, opds)
    factories.sign(lead.participants.get(opd=opds[0]))
    sentence = (
        "1 pegawai Dinas Kesehatan menjadi peserta acara induk “Apel Kota”, 1 di antaranya sudah "
        "menandatangani; mereka tidak termasuk peserta acara ini."
    )
    assert own.participants.count() == 2
    for address in (f"/acara/{own.uuid}/", f"/acara/{own.uuid}/rekap/"):
        assert sentence in text_of(client.get(address))
    context = minutes_context(own, own.participants.invited(), own.frozen_at)
    assert context.lead == sentence
    assert minutes_context(lead, lead.participants.invited(), lead.frozen_at).lead == ""


def city_and_opd(government, opds):
    """A campaign whose lead, for heads alone, is open, and the frozen ceremony of the first OPD."""
    campaign = campaigning.campaign(government)
    lead = factories.draft_ceremony(
        government,
        title="Apel Kota",
        election=campaign.election,
        text=campaign.text,
        scope="OFFICIALS",
        official_positions=["Kepala Dinas"],
    )
    campaigns.save_campaign(actor=None, campaign=campaign, lead=lead, opds=opds)
    own = Ceremony.objects.get(organizer=opds[0])
    campaigning.schedule(own)
    for step, ceremony in [
        (ceremonies.freeze, lead),
        (ceremonies.open_signing, lead),
        (ceremonies.freeze, own),
    ]:
        step(actor=None, ceremony=ceremony)
    return campaign, lead, Ceremony.objects.get(pk=own.pk)


def test_freezing_before_the_lead_says_what_to_do_first(client, hr, government, opds):
    campaign = campaigning.campaign(government)
    lead = factories.draft_ceremony(
        government, election=campaign.election, text=campaign.text, title="Apel Kota"
    )
    campaigns.save_campaign(actor=None, campaign=campaign, lead=lead, opds=opds)
    own = campaigning.schedule(Ceremony.objects.get(organizer=opds[0]))
    response = client.post(reverse("ceremony-freeze", args=[own.uuid]))
    assert response.status_code == 409
    assert ceremonies.LEAD_FIRST.format("Apel Kota") in text_of(response)


def test_a_head_sees_the_own_opd_and_the_name_of_the_lead(client, hr, government, opds):
    campaign, lead, own = city_and_opd(government, opds)
    assert WHOLE.search(text_of(page_of(client, campaign))).groups() == ("0", "4")
    log_in(client, RoleName.HEAD, opds[0])
    page = page_of(client, campaign)
    told = text_of(page)
    assert WHOLE.search(told).groups() == ("0", "3")
    assert "Apel Kota" in told
    assert "Dinas Pendidikan" not in told
    assert "Ubah" not in told
    found = {link for link in links_of(page) if link.startswith(("/acara/", "/rangkaian/"))}
    assert {client.get(link).status_code for link in found} == {200}


def test_a_cancelled_ceremony_is_told_with_its_reason(client, hr, government, opds):
    client.post(reverse("campaign-create"), campaign_form(government))
    campaign = Campaign.objects.get()
    assert "Acara yang dibatalkan" not in text_of(page_of(client, campaign))
    factories.cancel(actor=None, ceremony=campaign.ceremonies.get(organizer=opds[0]))
    page = text_of(page_of(client, campaign))
    assert f"{opds[0].name} Alasan: " in page
    assert "1 OPD belum mempunyai acara dalam rangkaian ini." in page


def test_an_empty_list_says_what_a_campaign_is_for(client, hr):
    assert "Sekali buat, setiap OPD" in text_of(client.get(reverse("campaign-list")))


def test_whoever_has_a_role_on_units_alone_is_led_to_no_campaign(client, government, opds):
    campaign, _, own = city_and_opd(government, opds)
    unit = factories.UnitFactory(parent=opds[0])
    own.participants.update(agency=unit)
    log_in(client, RoleName.HEAD, unit)
    assert page_of(client, campaign).status_code == 404
    assert campaign.name not in text_of(client.get(reverse("campaign-list")))
    for name in ("ceremony-detail", "ceremony-dashboard"):
        page = client.get(reverse(name, args=[own.uuid]))
        assert page.status_code == 200
        assert not [link for link in links_of(page) if str(campaign.uuid) in link]
    assert campaign.name in text_of(client.get(reverse("ceremony-detail", args=[own.uuid])))


def test_hr_is_led_to_add_whom_a_cancelled_lead_left_without_a_place(client, hr, government, opds):
    campaign, lead, own = city_and_opd(government, opds)
    told = text_of(client.get(reverse("ceremony-cancel", args=[lead.uuid])))
    assert "tambahkan mereka di acara OPD-nya" in told
    factories.cancel(actor=None, ceremony=lead)
    page = page_of(client, campaign)
    assert "Tidak menjadi peserta acara mana pun" in text_of(page)
    assert "Dinas Kesehatan 1 orang Tambah peserta" in text_of(page)
    assert f"/acara/{own.uuid}/peserta/tambah/" in links_of(page)


def test_a_new_campaign_begins_with_the_zone_of_its_government(client, hr, government):
    government.time_zone = "Asia/Jayapura"
    government.save()
    factories.ElectionFactory(government=government)
    form = client.get(reverse("campaign-create")).context["form"]
    assert form["time_zone"].value() == "Asia/Jayapura"
