"""Elections are saved with their phases as one act."""

from datetime import date

import pytest
from django.db import IntegrityError

from agencies.choices import RoleName
from agencies.models import Event
from pledges.choices import PhaseKind
from pledges.errors import WrongState
from pledges.models import Election
from pledges.services import elections
from tests import factories

pytestmark = pytest.mark.django_db
CAMPAIGN = (date(2023, 11, 28), date(2024, 2, 10))
QUIET = (date(2024, 2, 11), date(2024, 2, 13))


def phases_of(election):
    return [(phase.kind, phase.starts, phase.ends) for phase in election.phases.all()]


def test_a_new_election_is_stored_with_its_phases_and_leaves_an_event():
    government = factories.GovernmentFactory()
    officer = factories.user_with_role(RoleName.HR, government)
    election = Election(government=government, kind="PEMILU", name="Pemilu 2024", year=2024)
    phases = {PhaseKind.MASA_TENANG: QUIET, PhaseKind.KAMPANYE: CAMPAIGN}
    elections.save_election(actor=officer, election=election, phases=phases)
    assert phases_of(Election.objects.get()) == [("KAMPANYE", *CAMPAIGN), ("MASA_TENANG", *QUIET)]
    event = Event.objects.of(election).get()
    assert (event.act, event.actor, event.government, event.data) == (
        "election.created",
        officer,
        government,
        {"phases": 2},
    )


def test_a_phase_that_is_not_named_again_is_removed():
    election = factories.ElectionFactory()
    elections.save_election(actor=None, election=election, phases={PhaseKind.KAMPANYE: CAMPAIGN})
    elections.save_election(actor=None, election=election, phases={PhaseKind.MASA_TENANG: QUIET})
    assert phases_of(election) == [("MASA_TENANG", *QUIET)]
    assert [event.act for event in Event.objects.of(election)] == ["election.changed"] * 2


def test_a_phase_that_ends_before_it_starts_leaves_nothing_half_written():
    election = factories.ElectionFactory(name="Pemilu Tahun 2024")
    elections.save_election(actor=None, election=election, phases={PhaseKind.KAMPANYE: CAMPAIGN})
    election.name = "Pemilu lain"
    with pytest.raises(IntegrityError):
        elections.save_election(
            actor=None, election=election, phases={PhaseKind.KAMPANYE: CAMPAIGN[::-1]}
        )
    stored = Election.objects.get()
    assert (stored.name, phases_of(stored)) == ("Pemilu Tahun 2024", [("KAMPANYE", *CAMPAIGN)])
    assert Event.objects.count() == 1


def test_a_government_has_an_election_of_one_name_only_once():
    election = factories.ElectionFactory(name="Pemilu Tahun 2024")
    factories.ElectionFactory(name="Pemilu Tahun 2024")
    twin = Election(government=election.government, kind="PEMILU", name=election.name, year=2024)
    with pytest.raises(IntegrityError):
        elections.save_election(actor=None, election=twin, phases={})
    assert Election.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "PILKADA"), ("name", "Pilkada 2024"), ("year", 2025)]
)
@pytest.mark.parametrize("state", ["READY", "OPEN", "ARCHIVED"])
def test_what_pacts_print_of_an_election_never_changes_once_a_roster_is_frozen(state, field, value):
    election = factories.ceremony_in(state).election
    before = Election.objects.values().get()
    setattr(election, field, value)
    with pytest.raises(WrongState, match="daftar peserta salah satu acaranya") as refused:
        elections.save_election(actor=None, election=election, phases={})
    assert refused.value.field == field
    assert Election.objects.values().get() == before


def test_the_phases_of_an_election_may_change_after_a_freezing():
    election = factories.open_ceremony().election
    elections.save_election(actor=None, election=election, phases={PhaseKind.MASA_TENANG: QUIET})
    assert phases_of(election) == [("MASA_TENANG", *QUIET)]


@pytest.mark.parametrize("state", ["DRAFT", "CANCELLED"])
def test_an_election_whose_ceremonies_never_froze_a_roster_may_be_renamed(state):
    election = factories.ceremony_in(state).election
    election.name = "Pemilu Tahun 2029"
    elections.save_election(actor=None, election=election, phases={})
    assert Election.objects.get().name == "Pemilu Tahun 2029"
