"""The signing service: who may sign, what counts, and that it counts exactly once."""

import json
import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult

from agencies.models import Event
from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex
from netralitas.lib.errors import AppendOnlyError
from pledges.choices import CeremonyState, ParticipantState, SigningMethod
from pledges.errors import AlreadySigned, BadSignature, ForeignKey, NotOpen, RevokedInvitation
from pledges.models import Signature
from pledges.services import ceremonies, invitations, signing
from tests import factories as make

pytestmark = pytest.mark.django_db

CLOSED = "Acara ini tidak sedang dibuka. Tanda tangan belum diterima."


@pytest.fixture
def participant():
    return make.participant_of(make.open_ceremony())


def refusal_of(participant, **changes):
    """The refusal of a submission, after making sure that it left nothing behind."""
    with pytest.raises(BadSignature) as caught:
        make.sign(participant, **changes)
    assert Signature.objects.count() == 0
    participant.refresh_from_db()
    assert participant.state == ParticipantState.PENDING
    return caught.value


# What counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"text_digest": "0" * 64},
            "",
            "Naskah di halaman ini sudah usang. Baca dan centang sekali lagi.",
        ),
        ({"points": frozenset()}, "points", "Centang setiap butir ikrar."),
        ({"points": frozenset({1, 2, 4})}, "points", "Centang setiap butir ikrar."),
        ({"points": frozenset({1, 2, 3, 4, 5})}, "points", "Centang setiap butir ikrar."),
        ({"consent": False}, "consent", "Berikan persetujuan Anda untuk menandatangani."),
        (
            {"strokes": []},
            "strokes",
            "Tanda tangan masih kosong. Goreskan tanda tangan Anda, atau ketik nama Anda.",
        ),
        (
            {"strokes": [[[5000, 2500]]]},
            "strokes",
            "Goresan terlalu kecil. Hapus, lalu goreskan tanda tangan yang lebih besar.",
        ),
        (
            {"strokes": [[[0, 0], [10000, 5000]]]},
            "strokes",
            "Sebuah garis lurus bukan tanda tangan. Hapus, lalu goreskan tanda tangan Anda.",
        ),
        (
            {"strokes": [[[float("nan"), 1], [2, 3]]]},
            "strokes",
            "Goresan tidak terbaca. Hapus, lalu ulangi.",
        ),
        (
            {"strokes": [[[1500, 3200], [2300, 1100]] * 500_000]},
            "strokes",
            "Goresan terlalu banyak untuk sebuah tanda tangan. Hapus, lalu ulangi.",
        ),
        (
            {"method": SigningMethod.TYPED},
            "typed_name",
            "Ketik nama Anda, atau goreskan tanda tangan.",
        ),
    ],
)
def test_what_cannot_count_is_refused_next_to_its_field(participant, changes, field, sentence):
    refusal = refusal_of(participant, **changes)
    assert (refusal.status, refusal.field, refusal.message) == (400, field, sentence)


def test_a_typed_name_must_be_the_participants(participant):
    refusal = refusal_of(participant, method=SigningMethod.TYPED, typed_name="Orang Lain")
    assert (refusal.status, refusal.field) == (400, "typed_name")
    assert refusal.message == f"Ketik nama Anda seperti pada pakta: {participant.bare_name}."


def test_every_fault_is_named_at_once(participant):
    submission = make.submission_for(participant, points=frozenset(), consent=False, strokes=[])
    faults = signing.faults(participant, submission)
    assert [fault.field for fault in faults] == ["points", "strokes", "consent"]


@pytest.mark.parametrize("spelling", ["bare_name", "name"])
def test_a_typed_name_may_differ_in_case_and_spacing_and_have_titles(participant, spelling):
    typed = f"  {getattr(participant, spelling).upper()} "
    signature = make.sign(participant, method=SigningMethod.TYPED, typed_name=typed)
    assert (signature.typed_name, signature.strokes) == (typed.strip(), [])


# Who and when -----------------------------------------------------------------------------------


def test_a_signature_is_taken_with_its_event_and_its_task(participant):
    signature = make.sign(participant)
    participant.refresh_from_db()
    assert participant.state == ParticipantState.SIGNED
    assert (signature.method, signature.strokes) == (SigningMethod.DRAWN, make.STROKES)
    assert (signature.channel, signature.late) == ("LINK", False)
    event = Event.objects.of(participant).get()
    assert event.act == "signature.given"
    assert event.data == {"channel": "LINK", "digest": signature.digest}
    assert event.government == participant.employee.government
    assert event.employee == participant.employee
    assert DBTaskResult.objects.get().args_kwargs == {"args": [signature.pk], "kwargs": {}}


def test_the_same_key_gives_the_same_receipt_even_after_closing(participant):
    invitation = make.invitation_of(participant)
    submission = make.submission_for(participant)
    first = signing.sign(invitation=invitation, submission=submission)
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    invitation = invitations.find_by_id(invitation.pk)
    assert signing.sign(invitation=invitation, submission=submission) == first
    assert Signature.objects.count() == 1


def test_another_submission_of_the_same_person_is_refused(participant):
    invitation = make.invitation_of(participant)
    first = signing.sign(invitation=invitation, submission=make.submission_for(participant))
    with pytest.raises(AlreadySigned) as caught:
        signing.sign(invitation=invitation, submission=make.submission_for(participant))
    assert caught.value.status == 409
    assert caught.value.message == (
        "Pakta ini sudah ditandatangani. Satu orang menandatangani satu kali."
    )
    assert Signature.objects.get() == first


def test_a_key_of_somebody_else_gives_no_receipt():
    ceremony = make.open_ceremony(employees=2)
    key = uuid4()
    make.sign(make.participant_of(ceremony, 0), key=key)
    with pytest.raises(ForeignKey) as caught:
        make.sign(make.participant_of(ceremony, 1), key=key)
    assert caught.value.status == 409
    assert caught.value.message == (
        "Pengiriman ini milik peserta lain. Muat ulang halaman, lalu coba lagi."
    )
    assert make.participant_of(ceremony, 1).state == ParticipantState.PENDING


def test_nobody_signs_before_the_opening():
    participant = make.participant_of(make.ceremony_in(CeremonyState.READY))
    with pytest.raises(NotOpen) as caught:
        make.sign(participant)
    sentence = "Penandatanganan belum dibuka. Tanda tangan belum diterima."
    assert (caught.value.status, caught.value.message) == (425, sentence)
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([ceremonies.close_signing], CLOSED),
        ([ceremonies.close_signing, ceremonies.archive], CLOSED),
        ([make.cancel], "Acara ini dibatalkan. Tanda tangan belum diterima."),
    ],
)
def test_nobody_signs_at_a_ceremony_that_is_over(participant, steps, sentence):
    invitation = make.invitation_of(participant)
    for step in steps:
        step(actor=None, ceremony=participant.ceremony)
    with pytest.raises(NotOpen) as caught:
        signing.sign(invitation=invitation, submission=make.submission_for(participant))
    assert (caught.value.status, caught.value.message) == (409, sentence)


@pytest.mark.parametrize(
    ("state", "word"),
    [(ParticipantState.EXCUSED, "berhalangan"), (ParticipantState.REFUSED, "menolak")],
)
def test_whoever_is_recorded_as_absent_does_not_sign(participant, state, word):
    invitation = make.invitation_of(participant)
    participant.state, participant.reason = state, "Cuti melahirkan"
    participant.save()
    with pytest.raises(NotOpen) as caught:
        signing.sign(invitation=invitation, submission=make.submission_for(participant))
    assert caught.value.message == (
        f"Anda tercatat “{word}” pada acara ini. Hubungi operator OPD Anda."
    )


def test_an_invitation_revoked_meanwhile_is_refused(participant):
    invitation = make.invitation_of(participant)
    invitations.issue_link(actor=None, participant=participant)
    invitation = invitations.find_by_id(invitation.pk)
    with pytest.raises(RevokedInvitation) as caught:
        signing.sign(invitation=invitation, submission=make.submission_for(participant))
    assert caught.value.status == 403
    assert Signature.objects.count() == 0


def test_a_signature_in_a_reopened_window_is_late(participant):
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    ceremonies.open_signing(actor=None, ceremony=participant.ceremony)
    signature = make.sign(make.participant_of(participant.ceremony))
    assert signature.late is True
    assert json.loads(signature.record)["late"] is True


# The record -------------------------------------------------------------------------------------


@time_machine.travel(datetime(2023, 1, 11, 1, 30, 5, 250000, tzinfo=UTC), tick=False)
def test_the_record_says_what_was_signed_by_whom_how_and_when(participant):
    claimed = datetime(2023, 1, 11, 1, 29, 58, tzinfo=UTC)
    signature = make.sign(participant, device_time=claimed)
    record = json.loads(signature.record)
    ceremony = participant.ceremony
    assert record == {
        "record": 2,
        "salt": record["salt"],
        "key": str(signature.key),
        "receipt": signature.receipt,
        "ceremony": {
            "uuid": str(ceremony.uuid),
            "title": ceremony.title,
            "kind": "APEL",
            "organizer": ceremony.organizer.name,
            "place": "Halaman Kantor",
            "starts_at": "2023-01-11T01:00:00+00:00",
            "election": ceremony.election.name,
        },
        "text": {
            "family": ceremony.text.family,
            "version": 1,
            "digest": ceremony.text.digest,
            "points_agreed": 4,
        },
        "signer": {
            "participant": str(participant.uuid),
            "name": participant.name,
            "number_kind": "NIP",
            "number": participant.number,
            "kind": "PNS",
            "grade": "III/b",
            "position": "Pranata Komputer Ahli Pertama",
            "agency": participant.agency_name,
            "opd": participant.opd_name,
        },
        "identified_by": {"channel": "LINK", "issued_at": "2023-01-11T01:30:05.250000+00:00"},
        "signature": {
            "method": "DRAWN",
            "strokes_sha256": sha256_hex(canonical(make.STROKES)),
            "typed_name": "",
            "consent": True,
        },
        "signed_at": "2023-01-11T01:30:05.250000+00:00",
        "device_time": "2023-01-11T01:29:58+00:00",
        "late": False,
        "begun_at": None,
        "in_grace": False,
    }
    assert len(bytes.fromhex(record["salt"])) == 16


def test_the_record_is_canonical_and_its_digest_is_a_leaf_of_the_register(participant):
    signature = Signature.objects.get(pk=make.sign(participant).pk)
    stored = signature.record.encode()
    assert canonical(json.loads(stored)) == stored
    assert leaf_digest(stored) == signature.digest
    assert signature.text_digest == participant.ceremony.text.compute_digest()


def test_a_signature_is_never_changed_or_deleted(participant):
    signature = make.sign(participant)
    signature.late = True
    for act in (
        lambda: Signature.objects.update(late=True),
        lambda: Signature.objects.all().delete(),
        signature.save,
        signature.delete,
    ):
        with pytest.raises(AppendOnlyError):
            act()
    assert Signature.objects.get().late is False


# Exactly once, or not at all --------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_nothing_is_half_written_when_the_task_cannot_be_queued(participant):
    invitation, submission = make.invitation_of(participant), make.submission_for(participant)
    events = Event.objects.count()
    with connection.schema_editor() as editor:
        editor.alter_db_table(DBTaskResult, DBTaskResult._meta.db_table, "hidden_tasks")
    try:
        with pytest.raises(DatabaseError):
            signing.sign(invitation=invitation, submission=submission)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(DBTaskResult, "hidden_tasks", DBTaskResult._meta.db_table)
    participant.refresh_from_db()
    assert participant.state == ParticipantState.PENDING
    assert (Signature.objects.count(), Event.objects.count()) == (0, events)
    assert signing.sign(invitation=invitation, submission=submission).pk


def outcomes_of(*acts):
    """What each of `acts` returned or raised, when all of them were started at one moment."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        barrier.wait()
        try:
            outcomes[place] = act()
        except (AlreadySigned, ForeignKey) as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def signing_of(participant, submission):
    """An act for `outcomes_of`, with an invitation that is found before the race."""
    invitation = make.invitation_of(participant)
    return lambda: signing.sign(invitation=invitation, submission=submission)


@pytest.mark.django_db(transaction=True)
def test_one_submission_sent_many_times_at_once_is_one_signature(participant):
    act = signing_of(participant, make.submission_for(participant))
    outcomes = outcomes_of(*[act] * 6)
    assert len({signature.receipt for signature in outcomes}) == 1
    assert Signature.objects.count() == 1
    assert Event.objects.of(participant).count() == 1
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_submissions_of_one_person_at_once_one_counts(participant):
    invitation = make.invitation_of(participant)
    submissions = [make.submission_for(participant) for _ in range(6)]
    outcomes = outcomes_of(
        *[
            lambda each=each: signing.sign(invitation=invitation, submission=each)
            for each in submissions
        ]
    )
    given = [outcome for outcome in outcomes if isinstance(outcome, Signature)]
    assert [Signature.objects.get()] == given
    assert sum(isinstance(outcome, AlreadySigned) for outcome in outcomes) == 5


@pytest.mark.django_db(transaction=True)
def test_of_two_people_with_one_key_at_once_only_one_signs():
    ceremony = make.open_ceremony(employees=2)
    key = uuid4()
    first, second = make.participant_of(ceremony, 0), make.participant_of(ceremony, 1)
    outcomes = outcomes_of(
        signing_of(first, make.submission_for(first, key=key)),
        signing_of(second, make.submission_for(second, key=key)),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ForeignKey", "Signature"]
    assert ceremony.participants.signed().count() == 1
