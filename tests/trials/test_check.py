"""What the crash trials compare at their end sees whatever is wrong."""

import pytest
from django_tasks_db.models import DBTaskResult

from agencies.services import events
from pledges.models import Participant, Tally
from pledges.services import pact_failures
from tests import factories as make
from trials.check import compare, everybody_answered
from trials.clients import Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature():
    return make.sign(make.participant_of(make.open_ceremony(employees=2)))


def told(signature, **changes):
    """What the device of a signer was told."""
    uuid = str(signature.participant.uuid)
    values = {"participant": uuid, "code": signature.receipt, "digest": signature.digest}
    return Receipt(**{**values, **changes})


def test_what_is_stored_as_it_was_shown_is_kept(signature):
    found = compare({str(signature.key): told(signature)})
    assert (found.stored, found.lost, found.doubled, found.faults) == (1, 0, 0, ())


@pytest.mark.parametrize("changes", [{"code": "X"}, {"digest": "0" * 64}, {"participant": "X"}])
def test_what_is_stored_otherwise_than_it_was_shown_is_lost(signature, changes):
    assert compare({str(signature.key): told(signature, **changes)}).lost == 1


def test_what_is_not_stored_is_lost_and_two_receipts_of_one_person_are_one_too_many(signature):
    found = compare({str(signature.key): told(signature), "lain": told(signature)})
    assert (found.lost, found.doubled) == (1, 1)


def test_a_wrong_count_is_seen(signature):
    Tally.objects.update(signed=2)
    assert compare({}).faults == ("the tallies do not equal the rows",)


def test_a_state_without_signature_is_seen(signature):
    Participant.objects.update(state="SIGNED")
    assert compare({}).faults == ("a participant is SIGNED without signature, or PENDING with one",)


def test_an_event_without_signature_is_seen(signature):
    data = {"channel": "LINK", "digest": "0" * 64}
    events.record(actor=None, act="signature.given", obj=signature.participant, data=data)
    assert compare({}).faults == ("a signature has no event of its own, or an event no signature",)


def test_a_lost_task_is_seen(signature):
    DBTaskResult.objects.all().delete()
    lacks = "a signature has neither pact nor task nor noted failure"
    assert compare({}).faults == (lacks,)
    pact_failures.note(signature, "Penyimpanan penuh.")
    assert compare({}).faults == ()


def test_whoever_has_no_receipt_is_missed(signature):
    receipts = {str(signature.key): told(signature)}
    assert not everybody_answered(receipts)
    other = make.sign(Participant.objects.get(state="PENDING"))
    assert everybody_answered({**receipts, str(other.key): told(other)})
