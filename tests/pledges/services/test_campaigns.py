"""One election and text at many ceremonies: what is made, what fits, who counts where."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections

from agencies.models import Event
from agencies.services import reorganisation
from netralitas.lib.errors import Refusal
from pledges.models import Campaign, Ceremony, Participant
from pledges.services import campaign_figures, campaigns, ceremonies
from tests import campaigning, factories

pytestmark = pytest.mark.django_db
PROPOSED = datetime(2023, 1, 18, 0, 30, tzinfo=UTC)
LEADS_FIRST = {"scope": "OFFICIALS", "official_positions": ["Kepala Dinas"]}


@pytest.fixture
def government():
    return factories.GovernmentFactory()


@pytest.fixture
def opds(government):
    """Two OPD, each with its head and two others."""
    made = [factories.OpdFactory(parent=government, name=f"Dinas {name}") for name in "AB"]
    for opd in made:
        opd.head = factories.EmployeeFactory(agency=opd, position="Kepala Dinas")
        opd.save()
        factories.EmployeeFactory.create_batch(2, agency=opd)
    return made


@pytest.fixture
def campaign(government):
    return campaigning.campaign(government)


def lead_of(campaign, state="DRAFT"):
    """The city's event, for heads alone, put in front of the campaign."""
    lead = factories.ceremony_in(
        state,
        campaign.government,
        employees=0,
        election=campaign.election,
        text=campaign.text,
        **LEADS_FIRST,
    )
    campaigns.save_campaign(actor=None, campaign=campaign, lead=lead)
    lead.refresh_from_db()
    return lead


def ceremony_of(campaign, opd, state="DRAFT"):
    """The OPD's ceremony in the campaign, led to a state."""
    (ceremony,) = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=[opd])
    campaigning.schedule(ceremony)
    for step in factories.STEPS_TO[state]:
        step(actor=None, ceremony=ceremony)
    return ceremony


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value


# Making -----------------------------------------------------------------------------------------


def test_one_act_makes_a_draft_for_each_opd_from_what_the_campaign_says(campaign, opds):
    campaigns.make_ceremonies(actor=None, campaign=campaign, opds=opds)
    found = Ceremony.objects.order_by("title")
    assert [(each.title, each.organizer, each.place) for each in found] == [
        ("Ikrar Netralitas Pegawai Dinas A", opds[0], "Dinas A"),
        ("Ikrar Netralitas Pegawai Dinas B", opds[1], "Dinas B"),
    ]
    for each in found:
        assert (each.election, each.text, each.campaign) == (
            *(campaign.election, campaign.text, campaign),
        )
        assert (each.state, each.scope, each.is_scheduled) == ("DRAFT", "SUBTREE", False)
        assert (each.starts_at, each.waves.count()) == (campaign.proposed_at, 1)
        named = each.officials.values_list("role", "name", "position")
        head = each.organizer.head.full_name
        assert list(named) == [("LEADER", head, "Kepala Dinas"), ("READER", head, "Kepala Dinas")]
    assert Event.objects.of(campaign).first().data == {"ceremonies": 2}


def test_doing_it_again_makes_only_what_is_missing(campaign, opds):
    campaigns.make_ceremonies(actor=None, campaign=campaign, opds=opds[:1])
    events = Event.objects.of(campaign).count()
    again = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=opds[:1])
    assert (again, Event.objects.of(campaign).count()) == ([], events)
    made = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=opds)
    assert [each.organizer for each in made] == opds[1:]


def test_an_opd_whose_ceremony_was_cancelled_gets_a_new_one(campaign, opds):
    factories.cancel(actor=None, ceremony=ceremony_of(campaign, opds[0]))
    made = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=opds[:1])
    assert [each.organizer for each in made] == opds[:1]


def test_a_long_name_is_shortened_and_an_unknown_head_left_open(campaign, government):
    opd = factories.OpdFactory(parent=government, name="Dinas " + "Panjang " * 25)
    (made,) = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=[opd])
    assert (len(made.title) <= 200, made.title[-1], made.officials.count()) == (True, "…", 0)


def test_only_an_opd_of_the_government_in_use_can_hold_one(campaign, government):
    unit = factories.UnitFactory(parent=factories.OpdFactory(parent=government))
    retired = factories.OpdFactory(parent=government, retired_at=PROPOSED)
    for agency in (government, unit, retired, factories.OpdFactory()):
        refusal = refused(
            lambda agency=agency: campaigns.make_ceremonies(
                actor=None, campaign=campaign, opds=[agency]
            )
        )
        assert (refusal.field, agency.name in refusal.message) == ("opds", True)
    assert Ceremony.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_them_at_once_each_opd_gets_one():
    government = factories.GovernmentFactory()
    opds = factories.OpdFactory.create_batch(3, parent=government)
    campaign = campaigning.campaign(government)

    def make(_):
        try:
            fresh = Campaign.objects.get(pk=campaign.pk)
            return len(campaigns.make_ceremonies(actor=None, campaign=fresh, opds=opds))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(make, range(2))) == [0, 3]
    assert campaign.ceremonies.count() == 3


# What fits --------------------------------------------------------------------------------------


def test_a_name_stands_once_in_a_government(campaign):
    again = Campaign(**campaigning.campaign_values(campaign.government), name=campaign.name)
    assert refused(lambda: campaigns.save_campaign(actor=None, campaign=again)).field == "name"


def test_the_text_is_published_and_of_the_government_or_national(campaign):
    draft = factories.DraftTextFactory(government=campaign.government)
    for text in (draft, factories.published_text()):
        campaign.text = text
        refusal = refused(lambda: campaigns.save_campaign(actor=None, campaign=campaign))
        assert refusal.field == "text"


def test_drafts_follow_election_text_and_proposals_until_their_date_is_set(campaign, opds):
    proposed, scheduled = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=opds)
    campaigning.schedule(scheduled)
    campaign.text = factories.published_text(government=campaign.government)
    campaign.proposed_at = PROPOSED + timedelta(days=7)
    campaign.kind = "UPACARA"
    campaigns.save_campaign(actor=None, campaign=campaign)
    for each in (proposed, scheduled):
        each.refresh_from_db()
        assert each.text == campaign.text
    assert (proposed.starts_at, proposed.kind) == (campaign.proposed_at, "UPACARA")
    assert (scheduled.starts_at, scheduled.kind) == (campaigning.SCHEDULED_AT, "APEL")


def test_the_text_stays_once_a_roster_is_frozen(campaign, opds):
    ceremony_of(campaign, opds[0], "READY")
    campaign.text = factories.published_text(government=campaign.government)
    refusal = refused(lambda: campaigns.save_campaign(actor=None, campaign=campaign))
    assert (refusal.field, "sudah dibekukan" in refusal.message) == ("text", True)


def test_a_ceremony_cannot_leave_the_text_of_its_campaign_or_take_anothers_place(campaign, opds):
    first, second = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=opds)
    second.organizer = first.organizer
    save = {"actor": None, "agencies": [], "officials": []}
    refusal = refused(lambda: ceremonies.save_draft(ceremony=second, **save))
    assert refusal.message == ceremonies.HAS_ONE.format("Dinas A", campaign.name)
    first.text = factories.published_text(government=campaign.government)
    assert refused(lambda: ceremonies.save_draft(ceremony=first, **save)).field == "text"


# The lead ---------------------------------------------------------------------------------------


def cancelled(ceremony, campaign):
    factories.cancel(actor=None, ceremony=ceremony)


def of_another(ceremony, campaign):
    other = campaigning.campaign(
        campaign.government, election=ceremony.election, text=ceremony.text, name="Lain"
    )
    campaigns.save_campaign(actor=None, campaign=other, lead=ceremony)


def with_another_text(ceremony, campaign):
    ceremony.text = factories.published_text(government=campaign.government)
    ceremony.save()


MISFITS = [
    (cancelled, campaigns.LEAD_CANCELLED),
    (of_another, campaigns.TAKEN),
    (with_another_text, campaigns.OTHER_TEXT),
]


@pytest.mark.parametrize(("spoil", "sentence"), MISFITS)
def test_what_cannot_lead_is_refused(campaign, spoil, sentence):
    lead = factories.draft_ceremony(
        campaign.government, election=campaign.election, text=campaign.text
    )
    spoil(lead, campaign)
    refusal = refused(lambda: campaigns.save_campaign(actor=None, campaign=campaign, lead=lead))
    assert (refusal.field, refusal.message) == ("lead", sentence)
    assert Campaign.objects.get(pk=campaign.pk).lead is None


def test_a_lead_is_replaced_until_it_is_frozen(campaign, opds):
    first = lead_of(campaign)
    second = lead_of(campaign)
    first.refresh_from_db()
    assert (first.campaign, second.campaign, campaign.lead) == (None, campaign, second)
    ceremonies.freeze(actor=None, ceremony=second)
    fresh = Campaign.objects.get(pk=campaign.pk)
    refusal = refused(lambda: campaigns.save_campaign(actor=None, campaign=fresh, lead=first))
    assert refusal.message == campaigns.LEAD_FROZEN


def test_a_cancelled_lead_gives_way_and_frees_who_has_not_signed(campaign, opds):
    lead = lead_of(campaign, "OPEN")
    factories.sign(lead.participants.get(opd=opds[0]))
    factories.cancel(actor=None, ceremony=lead)
    campaigns.save_campaign(actor=None, campaign=Campaign.objects.get(pk=campaign.pk), lead=None)
    own = [ceremony_of(campaign, opd, "READY") for opd in opds]
    assert [each.participants.count() for each in own] == [2, 3]


def test_who_leads_already_frozen_brings_its_participants(campaign, opds):
    lead = lead_of(campaign, "OPEN")
    assert set(lead.participants.values_list("campaign", flat=True)) == {campaign.pk}
    own = ceremony_of(campaign, opds[0], "READY")
    assert set(own.participants.values_list("position", flat=True)) == {
        "Pranata Komputer Ahli Pertama"
    }


def test_a_frozen_event_that_would_count_somebody_twice_cannot_lead(campaign, opds):
    ceremony_of(campaign, opds[0], "READY")
    refusal = refused(lambda: lead_of(campaign, "READY"))
    assert (refusal.field, refusal.message) == ("lead", campaigns.COUNTED_TWICE)
    assert Participant.objects.filter(campaign=campaign).count() == 3


def test_an_opd_is_frozen_after_the_lead(campaign, opds):
    lead = lead_of(campaign)
    own = ceremony_of(campaign, opds[0])
    refusal = refused(lambda: ceremonies.freeze(actor=None, ceremony=own))
    assert refusal.message == ceremonies.LEAD_FIRST.format(lead.title)
    assert Ceremony.objects.get(pk=own.pk).state == "DRAFT"
    ceremonies.freeze(actor=None, ceremony=lead)
    ceremonies.freeze(actor=None, ceremony=own)
    assert (lead.participants.count(), own.participants.count()) == (2, 2)


# Numbers ----------------------------------------------------------------------------------------


def figures(progress):
    return (progress.invited, progress.signed, progress.excused, progress.pending)


def test_everybody_counts_once_in_opd_and_campaign(campaign, opds):
    lead = lead_of(campaign, "OPEN")
    own = ceremony_of(campaign, opds[0], "OPEN")
    factories.sign(lead.participants.get(opd=opds[0]))
    factories.sign(own.participants.first())
    standing = campaign_figures.standing_of(campaign, [campaign.government.path])
    assert [row.opd for row in standing.opds] == opds[:1]
    rows = {row.opd.name: row for row in (*standing.opds, *standing.elsewhere)}
    assert figures(rows["Dinas A"].progress) == (3, 2, 0, 1)
    assert figures(rows["Dinas A"].of_lead) == (1, 1, 0, 0)
    assert figures(rows["Dinas B"].progress) == (1, 0, 0, 1)
    assert (rows["Dinas A"].ceremony, rows["Dinas B"].ceremony) == (own, None)
    assert figures(standing.total) == (4, 2, 0, 2)
    assert [opd.name for opd in standing.missing] == ["Dinas B"]
    by_campaign = campaign_figures.progress_by_campaign([campaign], [opds[0].path])
    assert figures(by_campaign[campaign.pk]) == (3, 2, 0, 1)
    counted = Participant.objects.invited().filter(campaign=campaign)
    assert counted.count() == standing.total.invited == counted.distinct().count()


def test_a_cancelled_ceremony_counts_for_those_who_signed_there(campaign, opds):
    own = ceremony_of(campaign, opds[0], "OPEN")
    factories.sign(own.participants.first())
    factories.cancel(actor=None, ceremony=own)
    new = ceremony_of(campaign, opds[0], "READY")
    assert new.participants.count() == 2
    standing = campaign_figures.standing_of(campaign, [campaign.government.path])
    assert figures(standing.total) == (3, 1, 0, 2)


def test_an_opd_that_was_merged_since_still_counts(campaign, opds):
    ceremony_of(campaign, opds[0], "READY")
    merged, target = (type(opd).objects.get(pk=opd.pk) for opd in opds)
    reorganisation.merge_agency(actor=None, source=merged, target=target, roles=set())
    standing = campaign_figures.standing_of(campaign, [campaign.government.path])
    assert [(row.opd.name, figures(row.progress)) for row in standing.opds] == [
        ("Dinas A", (3, 0, 0, 3))
    ]
    assert figures(standing.total) == (3, 0, 0, 3)
    assert [opd.name for opd in standing.missing] == ["Dinas B"]


def test_a_head_sees_the_own_opd_alone(campaign, opds):
    lead_of(campaign, "READY")
    campaigns.make_ceremonies(actor=None, campaign=campaign, opds=opds)
    standing = campaign_figures.standing_of(campaign, [opds[1].path])
    assert [row.opd for row in standing.opds] == [opds[1]]
    assert (figures(standing.total), standing.unscheduled) == ((1, 0, 0, 1), 1)


def test_an_opd_is_told_how_many_take_part_in_the_lead(campaign, opds):
    lead = lead_of(campaign, "OPEN")
    own = ceremony_of(campaign, opds[0])
    factories.sign(lead.participants.get(opd=opds[0]))
    assert figures(campaign_figures.share_in_lead(own)) == (1, 1, 0, 0)
    assert campaign_figures.share_in_lead(lead) is None
    assert campaign_figures.share_in_lead(factories.draft_ceremony()) is None


def test_a_new_campaign_takes_government_and_deadline_as_said(government, opds):
    campaign = Campaign(name="Ikrar 2027", **campaigning.campaign_values(government))
    made = campaigns.save_campaign(actor=None, campaign=campaign, opds=opds)
    stored = Campaign.objects.get()
    assert (stored.government, stored.deadline) == (government, date(2023, 1, 31))
    assert [each.campaign for each in made] == [stored, stored]
    acts = [event.act for event in Event.objects.of(stored)]
    assert acts == ["campaign.ceremonies", "campaign.created"]
