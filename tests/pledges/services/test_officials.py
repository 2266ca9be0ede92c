"""Who leads, reads and witnesses once the roster is frozen."""

import pytest

from agencies.models import Event
from pledges.choices import OfficialRole
from pledges.errors import WrongState
from pledges.models import Ceremony
from pledges.services import officials
from tests import factories

pytestmark = pytest.mark.django_db
NAMED = [
    {"role": OfficialRole.LEADER, "name": "Siti Aminah", "position": "Plh. Kepala Dinas"},
    {"role": OfficialRole.READER, "name": "Siti Aminah", "position": "Plh. Kepala Dinas"},
    {"role": OfficialRole.WITNESS, "name": "Budi Santoso", "institution": "Bawaslu Kota"},
]


@pytest.mark.parametrize("state", ["READY", "OPEN", "CLOSED"])
def test_others_stand_in_for_those_who_were_planned(state):
    ceremony = factories.ceremony_in(state, factories.OpdFactory())
    officials.change(actor=None, ceremony=ceremony, officials=NAMED)
    named = list(ceremony.officials.values_list("role", "name"))
    assert named == [(each["role"], each["name"]) for each in NAMED]
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.data) == ("ceremony.officials_changed", {})


@pytest.mark.parametrize("state", ["DRAFT", "ARCHIVED", "CANCELLED"])
def test_only_of_what_is_frozen_and_not_over_whatever_the_page_still_showed(state):
    ceremony = factories.ceremony_in(state, factories.OpdFactory())
    before = list(ceremony.officials.values_list("name", flat=True))
    ceremony.state = "CLOSED"
    with pytest.raises(WrongState, match="Petugas hanya dapat diganti"):
        officials.change(actor=None, ceremony=ceremony, officials=NAMED)
    assert list(ceremony.officials.values_list("name", flat=True)) == before
    assert Ceremony.objects.get(pk=ceremony.pk).state == state
