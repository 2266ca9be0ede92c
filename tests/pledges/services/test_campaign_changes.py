"""Campaigns that change while others work on what they read before: each act reads once more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.db import connections, transaction

from agencies import models
from netralitas.lib.errors import Refusal
from pledges.models import Campaign, Participant
from pledges.services import campaign_figures, campaigns, ceremonies, roster_changes
from tests import campaigning, factories
from tests.annulling import annul

pytestmark = pytest.mark.django_db
HEADS = {"scope": "OFFICIALS", "official_positions": ["Kepala Dinas"]}


@pytest.fixture
def government():
    return factories.GovernmentFactory()


@pytest.fixture
def opd(government):
    """An OPD of its head and one other."""
    made = factories.OpdFactory(parent=government, name="Dinas A")
    factories.EmployeeFactory(agency=made, position="Kepala Dinas")
    factories.EmployeeFactory(agency=made)
    return made


@pytest.fixture
def campaign(government):
    return campaigning.campaign(government)


def read(thing):
    """The same row, as another process has read it."""
    return type(thing).objects.get(pk=thing.pk)


def event_of(campaign, **fields):
    """A draft of the city for the heads, of the campaign's election and text."""
    same = {"election": campaign.election, "text": campaign.text, **HEADS, **fields}
    return factories.draft_ceremony(campaign.government, **same)


def own_of(campaign, opd):
    (made,) = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=[opd])
    return campaigning.schedule(made)


def save(campaign, lead=None):
    return campaigns.save_campaign(actor=None, campaign=campaign, lead=lead)


def acts_on(thing):
    return [event.act for event in models.Event.objects.of(thing)]


# At the same time -------------------------------------------------------------------------------


def test_new_drafts_get_the_text_of_now(campaign, opd):
    opened_before = read(campaign)
    campaign.text = factories.published_text(government=campaign.government)
    save(campaign)
    (made,) = campaigns.make_ceremonies(actor=None, campaign=opened_before, opds=[opd])
    assert made.text == campaign.text


def test_the_election_stays_when_a_roster_was_frozen_meanwhile(campaign, opd):
    own = own_of(campaign, opd)
    opened_before = read(campaign)
    ceremonies.freeze(actor=None, ceremony=own)
    opened_before.election = factories.ElectionFactory(government=campaign.government)
    with pytest.raises(Refusal, match="sudah dibekukan") as refusal:
        save(opened_before)
    assert refusal.value.field == "text"


def test_a_draft_is_frozen_with_the_election_and_text_of_now(campaign, opd):
    opened_before = own_of(campaign, opd)
    campaign.election = factories.ElectionFactory(government=campaign.government)
    campaign.text = factories.published_text(government=campaign.government)
    save(campaign)
    frozen = ceremonies.freeze(actor=None, ceremony=opened_before)
    assert (frozen.election, frozen.text) == (campaign.election, campaign.text)


def test_nobody_is_added_who_counts_in_the_campaign_that_was_joined_meanwhile(campaign, opd):
    own = own_of(campaign, opd)
    ceremonies.freeze(actor=None, ceremony=own)
    factories.EmployeeFactory(agency=campaign.government, position="Sekretaris Daerah")
    opened_before = event_of(campaign, official_positions=["Sekretaris Daerah"])
    ceremonies.freeze(actor=None, ceremony=opened_before)
    save(campaign, read(opened_before))
    with pytest.raises(Refusal, match="acara lain dalam rangkaian ini"):
        roster_changes.add(
            actor=None,
            ceremony=opened_before,
            employee=own.participants.first().employee,
            reason="Pindah",
        )


def test_what_was_cancelled_meanwhile_does_not_lead(campaign, opd):
    opened_before = event_of(campaign)
    ceremonies.freeze(actor=None, ceremony=opened_before)
    factories.cancel(actor=None, ceremony=read(opened_before))
    with pytest.raises(Refusal, match=campaigns.LEAD_CANCELLED):
        save(campaign, opened_before)
    assert not Participant.objects.filter(campaign=campaign).exists()


def test_whose_signature_is_annulled_after_the_cancelling_is_free_to_sign_elsewhere(campaign, opd):
    own = own_of(campaign, opd)
    ceremonies.freeze(actor=None, ceremony=own)
    ceremonies.open_signing(actor=None, ceremony=own)
    signature = factories.sign(own.participants.first())
    assert not signature.participant.ceremony.is_cancelled
    factories.cancel(actor=None, ceremony=read(own))
    annul(signature)
    assert Participant.objects.get(replaces=signature.participant).campaign is None


def test_two_campaigns_of_one_name_at_once_are_refused_by_the_database(campaign, opd):
    again = Campaign(**campaigning.campaign_values(campaign.government), name=campaign.name)
    with pytest.raises(Refusal, match=campaigns.NAME_TAKEN) as refusal:
        campaigns._write(again)
    assert refusal.value.field == "name"


# The lead ---------------------------------------------------------------------------------------


def test_a_draft_of_whom_all_count_already_does_not_lead(campaign, opd):
    ceremonies.freeze(actor=None, ceremony=own_of(campaign, opd))
    lead = event_of(campaign)
    with pytest.raises(Refusal, match=campaigns.NOBODY_LEFT) as refusal:
        save(campaign, lead)
    assert (refusal.value.field, read(lead).campaign) == ("lead", None)
    factories.EmployeeFactory(agency=campaign.government, position="Kepala Dinas")
    save(read(campaign), lead)
    assert read(campaign).lead == lead


# Drafts follow ----------------------------------------------------------------------------------


def test_only_drafts_that_say_something_else_are_told_to_be_changed(campaign, opd):
    (proposed,) = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=[opd])
    campaign.name = "Ikrar Netralitas Kota"
    save(campaign)
    assert acts_on(proposed) == ["ceremony.created"]
    campaign.proposed_at += timedelta(days=7)
    save(campaign)
    assert acts_on(proposed) == ["ceremony.changed", "ceremony.created"]


def test_a_proposal_is_named_anew_unless_hr_gave_it_a_name(campaign, government, opd):
    other = factories.OpdFactory(parent=government, name="Dinas B")
    kept, followed = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=[opd, other])
    kept.title = "Ikrar Pagi"
    ceremonies.save_draft(actor=None, ceremony=kept, agencies=[], officials=[])
    campaign.title = "Ikrar Pegawai"
    save(campaign)
    assert (read(kept).title, read(followed).title) == ("Ikrar Pagi", "Ikrar Pegawai Dinas B")


def test_a_lead_whose_date_is_open_keeps_its_own_proposal(campaign, opd):
    lead = event_of(campaign, is_scheduled=False)
    starts_at = lead.starts_at
    save(campaign, lead)
    campaign.proposed_at += timedelta(days=7)
    save(campaign, lead)
    assert (read(lead).starts_at, read(lead).title) == (starts_at, "Apel Ikrar Netralitas")


# Nobody is lost ---------------------------------------------------------------------------------


def test_whom_a_cancelled_lead_left_without_a_place_is_told_by_opd(campaign, government, opd):
    other = factories.OpdFactory(parent=government, name="Dinas B")
    factories.EmployeeFactory(agency=other, position="Kepala Dinas")
    lead = event_of(campaign)
    save(campaign, lead)
    own = own_of(campaign, opd)
    for each in (lead, own):
        ceremonies.freeze(actor=None, ceremony=each)
    assert campaign_figures.left_out(campaign, [government.path]) == []
    factories.cancel(actor=None, ceremony=lead)
    campaign = read(campaign)
    told = [
        campaign_figures.LeftOut(opd, 1, own),
        campaign_figures.LeftOut(other, 1, None),
    ]
    assert campaign_figures.left_out(campaign, [government.path]) == told
    assert campaign_figures.left_out(campaign, [other.path]) == told[1:]
    head = lead.participants.get(opd=opd).employee
    roster_changes.add(actor=None, ceremony=own, employee=head, reason="Acara induk dibatalkan")
    assert campaign_figures.left_out(campaign, [government.path]) == told[1:]
    campaigns.make_ceremonies(actor=None, campaign=campaign, opds=[other])
    assert campaign_figures.left_out(campaign, [government.path]) == []


# Two at the same moment, which only PostgreSQL lets happen ---------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_election_is_not_changed_before_a_freezing_has_ended(government, opd):
    campaign = campaigning.campaign(government)
    own = own_of(campaign, opd)
    campaign.election = factories.ElectionFactory(government=government)
    frozen = Event()

    def freeze():
        with transaction.atomic():
            ceremonies.freeze(actor=None, ceremony=own)
            frozen.set()
            sleep(0.5)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        freezing = pool.submit(freeze)
        frozen.wait()
        with pytest.raises(Refusal, match="sudah dibekukan"):
            save(campaign)
        freezing.result()
    assert read(own).election == read(campaign).election
