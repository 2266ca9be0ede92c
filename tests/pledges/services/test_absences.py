"""Who does not sign: noted once, taken back, never against a signature."""

import pytest

from agencies.models import Event
from pledges.errors import NotOpen, WrongState
from pledges.services import absences, signing
from tests import factories

pytestmark = pytest.mark.django_db
ACTS = [
    (absences.excuse, "EXCUSED", "participant.excused"),
    (absences.refuse, "REFUSED", "participant.refused"),
]


@pytest.fixture
def participant():
    return factories.participant_of(factories.open_ceremony())


def events_of(participant):
    return list(Event.objects.of(participant).order_by("pk").values_list("act", "data"))


@pytest.mark.parametrize(("act", "state", "name"), ACTS)
def test_an_absence_is_noted_with_its_reason_and_recorded_without_it(participant, act, state, name):
    act(actor=None, participant=participant, reason="Sakit")
    participant.refresh_from_db()
    assert (participant.state, participant.reason) == (state, "Sakit")
    assert events_of(participant) == [(name, {})]
    assert Event.objects.of(participant).get().employee_id == participant.employee_id


@pytest.mark.parametrize(("act", "state", "name"), ACTS)
def test_who_is_absent_cannot_sign_until_expected_again(participant, act, state, name):
    invitation = factories.invitation_of(participant)
    act(actor=None, participant=participant, reason="Cuti")
    with pytest.raises(NotOpen):
        signing.sign(invitation=invitation, submission=factories.submission_for(participant))
    absences.expect_again(actor=None, participant=participant)
    assert (participant.state, participant.reason) == ("PENDING", "")
    assert factories.sign(participant).participant == participant


@pytest.mark.parametrize(("act", "state", "name"), ACTS)
def test_whoever_has_signed_is_not_absent(participant, act, state, name):
    factories.sign(participant)
    for change in (act, absences.refuse, absences.excuse):
        with pytest.raises(WrongState, match="Peserta berstatus “Sudah”"):
            change(actor=None, participant=participant, reason="Cuti")
    with pytest.raises(WrongState):
        absences.expect_again(actor=None, participant=participant)
    participant.refresh_from_db()
    assert participant.state == "SIGNED"


@pytest.mark.parametrize(("act", "state", "name"), ACTS)
def test_an_absence_is_noted_once(participant, act, state, name):
    act(actor=None, participant=participant, reason="Cuti")
    with pytest.raises(WrongState):
        absences.excuse(actor=None, participant=participant, reason="Sakit")
    participant.refresh_from_db()
    assert (participant.state, participant.reason) == (state, "Cuti")


@pytest.mark.parametrize("state", ["READY", "OPEN", "CLOSED"])
def test_absences_are_noted_from_the_freezing_to_the_archive(state):
    participant = factories.participant_of(factories.ceremony_in(state))
    assert absences.excuse(actor=None, participant=participant, reason="Cuti").is_absent


def test_an_archived_ceremony_changes_no_more():
    participant = factories.participant_of(factories.ceremony_in("ARCHIVED"))
    with pytest.raises(WrongState):
        absences.excuse(actor=None, participant=participant, reason="Cuti")
    assert events_of(participant) == []
