"""What the database itself refuses of ceremonies and signatures."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from pledges.models import Ceremony
from tests import campaigning, factories
from tests.tampering import rewrite

pytestmark = pytest.mark.django_db
NAME = "Siti Aminah"


@pytest.mark.parametrize(
    ("method", "strokes", "typed_name"),
    [
        ("DRAWN", [], ""),
        ("DRAWN", factories.STROKES, NAME),
        ("DRAWN", [], NAME),
        ("TYPED", [], ""),
        ("TYPED", factories.STROKES, NAME),
        ("TYPED", factories.STROKES, ""),
    ],
)
def test_a_signature_is_either_drawn_or_typed(method, strokes, typed_name):
    signature = factories.sign(factories.participant_of(factories.open_ceremony()))
    with pytest.raises(IntegrityError, match="signature_drawn_or_typed"):
        rewrite(signature, method=method, strokes=strokes, typed_name=typed_name)
    rewrite(signature, method="TYPED", strokes=[], typed_name=NAME, key=uuid4())


@pytest.mark.parametrize(
    ("state", "missing", "constraint"),
    [
        ("OPEN", "opened_at", "ceremony_open_has_moment"),
        ("CLOSED", "closed_at", "ceremony_closed_has_moment"),
        ("ARCHIVED", "closed_at", "ceremony_closed_has_moment"),
    ],
)
def test_a_ceremony_has_the_moments_of_its_state(state, missing, constraint):
    ceremony = factories.ceremony_in(state)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Ceremony.objects.filter(pk=ceremony.pk).update(**{missing: None})


def test_an_agency_holds_one_ceremony_in_a_campaign_but_for_cancelled_ones():
    opd = factories.OpdFactory()
    campaign = campaigning.campaign(factories.government_of(opd), opds=[opd])
    factories.cancel(actor=None, ceremony=campaign.ceremonies.get())
    other = factories.draft_ceremony(opd, election=campaign.election, text=campaign.text)
    Ceremony.objects.filter(pk=other.pk).update(campaign=campaign)
    third = factories.draft_ceremony(opd, election=campaign.election, text=campaign.text)
    once = "ceremony_once_per_campaign_and_organizer|campaign_id, .*organizer_id"
    with pytest.raises(IntegrityError, match=once), transaction.atomic():
        Ceremony.objects.filter(pk=third.pk).update(campaign=campaign)


def test_a_proposal_is_never_frozen():
    ceremony = factories.ceremony_in("READY")
    scheduled = "ceremony_scheduled_before_frozen"
    with pytest.raises(IntegrityError, match=scheduled), transaction.atomic():
        Ceremony.objects.filter(pk=ceremony.pk).update(is_scheduled=False)
