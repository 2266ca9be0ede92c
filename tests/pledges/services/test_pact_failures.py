"""Pacts that could not be made: noted with their reason, tried again ever later, never lost."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from agencies.choices import RoleName
from agencies.models import Event
from netralitas.housekeeping import keep_house
from pledges.models import Pact, PactFailure, Signature
from pledges.services import pact_failures, pact_queue, pacts
from pledges.tasks import issue_pact
from tests import factories, seal_pki
from tests.tampering import spoil

pytestmark = pytest.mark.django_db
EXPIRED = seal_pki.own_pkcs12(begins=-90 * seal_pki.DAY, ends=-seal_pki.DAY)


@pytest.fixture
def signatures():
    ceremony = factories.open_ceremony(employees=3)
    return [factories.sign(participant) for participant in ceremony.participants.all()]


@pytest.fixture
def ended(settings, tmp_path, seal_key):
    """The certificate has ended; the function gives a good one."""
    seal_pki.use(settings, tmp_path, EXPIRED)

    def renew():
        settings.SEAL_PKCS12 = str(seal_key)

    return renew


def minutes_until(failure):
    return round((failure.next_at - failure.failed_at) / timedelta(minutes=1))


def test_a_failure_is_noted_with_its_reason_and_no_task_fails(signatures, run_tasks, ended):
    run_tasks()
    failures = PactFailure.objects.all()
    assert [failure.signature for failure in failures] == signatures
    assert {failure.attempts for failure in failures} == {1}
    assert all(failure.reason.startswith("Sertifikat segel kedaluwarsa") for failure in failures)
    assert Pact.objects.count() == 0


def test_each_pause_is_longer_until_it_is_an_hour(signatures):
    spoil(signatures[0])
    pauses = []
    for _ in range(6):
        pacts.make_or_note(Signature.objects.get(pk=signatures[0].pk))
        pauses.append(minutes_until(PactFailure.objects.get()))
    assert pauses == [1, 5, 15, 60, 60, 60]
    assert PactFailure.objects.get().attempts == 6


def test_one_bad_pact_does_not_stop_the_rest(signatures, run_tasks):
    spoil(signatures[1])
    run_tasks()
    assert [pact.signature for pact in Pact.objects.all()] == [signatures[0], signatures[2]]
    assert PactFailure.objects.get().reason == pacts.NOT_MADE


def test_what_failed_is_asked_for_again_when_its_time_comes_and_once(signatures, run_tasks, ended):
    run_tasks()
    assert pact_queue.enqueue_due() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        ended()
        assert (pact_queue.enqueue_due(), pact_queue.enqueue_due()) == (3, 0)
        run_tasks()
    assert Pact.objects.count() == 3
    assert PactFailure.objects.count() == 0


def test_what_was_asked_for_and_lost_is_asked_for_again_after_an_hour(signatures, run_tasks, ended):
    run_tasks()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        pact_queue.enqueue_due()
    DBTaskResult.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(minutes=63)):
        assert pact_queue.enqueue_due() == 3


def test_a_pact_that_somebody_else_made_meanwhile_is_no_failure(signatures):
    pacts.issue(signatures[0])
    pact_failures.note(signatures[0], "Terlambat.")
    assert PactFailure.objects.count() == 0


def test_a_note_left_beside_a_pact_goes_with_the_next_attempt(signatures, run_tasks, ended):
    run_tasks()
    ended()
    pacts.issue(signatures[0])
    assert [failure.signature for failure in PactFailure.objects.waiting()] == signatures[1:]
    issue_pact.enqueue(signatures[0].pk)
    run_tasks()
    assert not PactFailure.objects.filter(signature=signatures[0]).exists()


def test_whoever_asks_before_the_next_attempt_is_told_the_reason(signatures, run_tasks, ended):
    run_tasks()
    ended()
    with pytest.raises(pacts.NotReady, match="^Sertifikat segel kedaluwarsa"):
        pacts.content_of(signatures[0])
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert pacts.content_of(signatures[0]).startswith(b"%PDF-")


def test_a_queue_that_was_emptied_leaves_no_pact_unmade(signatures, run_tasks):
    pacts.issue(signatures[0])
    DBTaskResult.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        keep_house()
        assert pact_queue.enqueue_left() == 0
        run_tasks()
    assert Pact.objects.count() == 3


def test_the_sweep_leaves_alone_what_has_a_task_or_a_failure_or_is_new(signatures, run_tasks):
    spoil(signatures[0])
    pacts.make_or_note(Signature.objects.get(pk=signatures[0].pk))
    assert pact_queue.enqueue_left() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert pact_queue.enqueue_left() == 0
        DBTaskResult.objects.all().delete()
        assert pact_queue.enqueue_left() == 2


def test_a_task_that_an_older_version_left_is_done(signatures):
    issue_pact.func(signatures[0].pk, 5)
    assert Pact.objects.get().signature == signatures[0]


def test_hr_has_a_ceremonys_pacts_tried_again_at_once(signatures, run_tasks, ended):
    elsewhere = factories.sign(factories.participant_of(factories.open_ceremony()))
    run_tasks()
    ended()
    ceremony = signatures[0].participant.ceremony
    hr = factories.user_with_role(RoleName.HR, ceremony.organizer)
    failures = PactFailure.objects.of(ceremony.participants.all())
    assert pact_queue.try_again(actor=hr, ceremony=ceremony, failures=failures) == 3
    assert pact_queue.enqueue_due() == 3
    run_tasks()
    assert PactFailure.objects.get().signature == elsewhere
    event = Event.objects.get(act="pact.retried")
    assert (event.actor, event.object_id, event.data) == (hr, str(ceremony.uuid), {"count": 3})


def test_how_far_a_pact_is_can_be_told(signatures):
    sealed, bad, old = signatures
    spoil(bad)
    Pact.objects.create(signature=old, file="pakta/lama.pdf", sha256="0" * 64)
    assert pact_failures.standing_of(sealed) == "Sedang dibuat"
    pacts.make_or_note(sealed)
    pacts.make_or_note(Signature.objects.get(pk=bad.pk))
    assert [pact_failures.standing_of(signature) for signature in signatures] == [
        "Disegel, tingkat B-B",
        pacts.NOT_MADE,
        pact_failures.UNSEALED,
    ]
