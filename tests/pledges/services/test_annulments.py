"""Annulling: two officers, one act each, nothing deleted, and a place to sign anew."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.choices import RoleName
from agencies.models import Event
from netralitas.lib.canonical import leaf_digest, utc
from netralitas.lib.errors import AppendOnlyError, Refusal
from pledges.errors import NotOpen, RevokedInvitation, UnknownInvitation, WrongPin, WrongState
from pledges.models import Annulment, AnnulmentRequest, Participant, Signature
from pledges.models.participant import FROZEN_FIELDS
from pledges.services import annulments, ceremonies, invitations, signing
from tests import factories
from tests.annulling import EXPLANATION, annul, annulment_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(factories.OpdFactory())


@pytest.fixture
def signature(ceremony):
    return factories.sign(factories.participant_of(ceremony))


@pytest.fixture
def first(ceremony):
    return factories.user_with_role(RoleName.HR, factories.government_of(ceremony.organizer))


@pytest.fixture
def second(ceremony):
    return factories.user_with_role(RoleName.HR, factories.government_of(ceremony.organizer))


@pytest.fixture
def request_(signature, first, second):
    return annulment_request(signature, asker=first)


def place_of(signature):
    """The participant who is to sign instead."""
    return Participant.objects.get(replaces=signature.participant_id)


def told_of(signature):
    """The acts and data of the events about the participant, the signing itself left out."""
    about = Event.objects.of(signature.participant).exclude(act="signature.given").order_by("pk")
    return list(about.values_list("act", "actor", "data"))


# Asking -----------------------------------------------------------------------------------------


def test_asking_changes_nothing_but_is_on_record(signature, first, request_):
    signature.participant.refresh_from_db()
    assert signature.participant.state == "SIGNED"
    assert (request_.state, request_.decided_by, request_.decided_at) == ("ASKED", None, None)
    assert told_of(signature) == [("annulment.asked", first.pk, {"reason": "WRONG_PERSON"})]


def test_a_pact_is_asked_for_once_at_a_time(signature, second, request_):
    with pytest.raises(WrongState, match="sudah diajukan"):
        annulment_request(signature, asker=second)
    annulments.decline(actor=second, request=request_)
    assert annulment_request(signature, asker=second).state == "ASKED"


def test_the_database_keeps_one_open_request_for_a_signature(signature, second, request_):
    same = {"signature": signature, "cause": "OTHER", "explanation": "x", "asked_by": second}
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnulmentRequest.objects.create(**same)


@pytest.mark.parametrize("state", ["ANNULLED", "PENDING"])
def test_what_does_not_count_cannot_be_annulled(signature, state):
    rows = Participant.objects.filter(pk=signature.participant_id)
    rows.update(state=state, reason="Uji coba" if state == "ANNULLED" else "")
    with pytest.raises(WrongState, match="belum dibatalkan"):
        annulment_request(signature)
    assert not AnnulmentRequest.objects.exists()


# Deciding ---------------------------------------------------------------------------------------


def test_whoever_asked_takes_it_back_and_nobody_else(signature, first, second, request_):
    with pytest.raises(WrongState, match="Hanya yang mengajukan"):
        annulments.withdraw(actor=second, request=request_)
    annulments.withdraw(actor=first, request=request_)
    assert (request_.state, request_.decided_by) == ("WITHDRAWN", first)
    assert told_of(signature)[-1] == (
        "annulment.withdrawn",
        first.pk,
        {"reason": "WRONG_PERSON"},
    )


def test_a_declined_request_leaves_the_signature_counting(signature, second, request_):
    annulments.decline(actor=second, request=request_)
    signature.participant.refresh_from_db()
    assert (request_.state, signature.participant.state) == ("DECLINED", "SIGNED")
    assert told_of(signature)[-1][:2] == ("annulment.declined", second.pk)
    assert not Annulment.objects.exists()


@pytest.mark.parametrize("act", [annulments.consent, annulments.decline])
def test_whoever_asked_decides_nothing(signature, first, request_, act):
    with pytest.raises(WrongState, match="petugas lain"):
        act(actor=first, request=request_)
    request_.refresh_from_db()
    assert request_.state == "ASKED"
    assert [act for act, *_ in told_of(signature)] == ["annulment.asked"]


@pytest.mark.parametrize("state", ["CONSENTED", "DECLINED"])
def test_the_database_wants_a_second_officer_for_a_decision(first, request_, state):
    rows = AnnulmentRequest.objects.filter(pk=request_.pk)
    for values in ({"decided_by": first, "decided_at": timezone.now()}, {}):
        with pytest.raises(IntegrityError, match="annulment_request"), transaction.atomic():
            rows.update(state=state, **values)


def test_the_database_wants_two_officers_for_an_annulment(signature, first):
    one = Annulment(
        signature=signature,
        cause="OTHER",
        explanation="x",
        requested_by=first,
        requested_at=timezone.now(),
        consented_by=first,
        consenter_since=first.date_joined,
        annulled_at=timezone.now(),
        record="{}",
        digest="0" * 64,
    )
    with pytest.raises(IntegrityError, match="annulment_by_two_officers"), transaction.atomic():
        one.save()
    one.consented_by = factories.UserFactory()
    one.consenter_since = one.requested_at
    name = "annulment_second_officer_before"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        one.save()


@pytest.mark.parametrize("first_act", [annulments.consent, annulments.decline])
@pytest.mark.parametrize("then", [annulments.consent, annulments.decline])
def test_a_request_is_decided_once(signature, second, request_, first_act, then):
    first_act(actor=second, request=request_)
    before = list(Participant.objects.order_by("pk").values_list("pk", "state"))
    with pytest.raises(WrongState, match="sudah diputuskan"):
        then(actor=second, request=request_)
    assert list(Participant.objects.order_by("pk").values_list("pk", "state")) == before
    assert len(told_of(signature)) == 2


# What consent does ------------------------------------------------------------------------------


def test_consent_annuls_and_keeps_everything(signature, first, second, request_):
    annulment = annulments.consent(actor=second, request=request_)
    signature.participant.refresh_from_db()
    assert signature.participant.state == "ANNULLED"
    assert signature.participant.reason == "Dibubuhkan oleh orang lain"
    assert Signature.objects.get().participant == signature.participant
    assert (annulment.requested_by, annulment.consented_by) == (first, second)
    assert annulment.annulled_at == request_.decided_at
    assert told_of(signature)[-1] == (
        "signature.annulled",
        second.pk,
        {"reason": "WRONG_PERSON", "digest": annulment.digest},
    )


def test_the_record_says_what_why_by_whom_and_when_without_the_explanation(
    signature, first, second, request_
):
    annulment = annulments.consent(actor=second, request=request_)
    record = json.loads(annulment.record)
    assert leaf_digest(annulment.record.encode()) == annulment.digest
    assert record["signature"] == {"receipt": signature.receipt, "digest": signature.digest}
    assert record["ceremony"] == str(signature.participant.ceremony.uuid)
    assert record["cause"] == "WRONG_PERSON"
    assert record["requested_by"] == {"user": str(first.uuid), "name": str(first), "role": "HR"}
    assert record["consented_by"] == {
        "user": str(second.uuid),
        "name": str(second),
        "role": "HR",
        "since": utc(second.roles.get().granted_at),
    }
    assert record["annulled_at"] == annulment.annulled_at.isoformat()
    assert len(record["salt"]) == 32
    assert EXPLANATION not in annulment.record
    assert signature.participant.number not in annulment.record


def test_another_participant_with_the_same_identity_takes_the_place(signature, second, request_):
    annulments.consent(actor=second, request=request_)
    old, new = signature.participant, place_of(signature)
    assert new.state == "PENDING"
    assert new.reason == ""
    assert new.uuid != old.uuid
    same = ("ceremony_id", "employee_id", "wave_id", "agency_id", "opd_id", "name", "bare_name")
    for field in (*same, *FROZEN_FIELDS, "agency_name", "opd_name"):
        assert getattr(new, field) == getattr(old, field)


@pytest.mark.parametrize("state", ["CLOSED", "ARCHIVED", "CANCELLED"])
def test_a_signature_of_a_ceremony_that_is_over_can_be_annulled(ceremony, signature, second, state):
    steps = {
        "CLOSED": (ceremonies.close_signing,),
        "ARCHIVED": (ceremonies.close_signing, ceremonies.archive),
        "CANCELLED": (factories.cancel,),
    }
    for step in steps[state]:
        step(actor=None, ceremony=ceremony)
    annul(signature)
    assert place_of(signature).state == "PENDING"
    ceremony.refresh_from_db()
    assert ceremony.state == state


def test_the_new_place_is_signed_and_can_be_annulled_again(signature):
    annul(signature)
    again = factories.sign(place_of(signature))
    annul(again)
    states = Participant.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["ANNULLED", "ANNULLED", "PENDING"]
    assert Annulment.objects.count() == 2


def test_an_employee_still_has_one_place_that_counts(signature):
    annul(signature)
    again = place_of(signature)
    for changed in ("employee", "number"):
        other = factories.EmployeeFactory(agency=again.agency)
        twin = Participant.objects.get(pk=again.pk)
        twin.pk, twin.uuid, twin.replaces = None, other.uuid, None
        if changed == "employee":
            twin.number = other.number
        else:
            twin.employee = other
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)


# What held before -------------------------------------------------------------------------------


def test_every_way_in_of_the_annulled_one_ends(ceremony):
    participant = factories.participant_of(ceremony)
    token = factories.link_of(participant)
    pin = factories.pin_of(participant)
    found = invitations.find_by_token(token)
    signature = signing.sign(invitation=found, submission=factories.submission_for(participant))
    annul(signature)
    assert not participant.invitations.valid().exists()
    with pytest.raises(UnknownInvitation):
        invitations.find_by_token(token)
    with pytest.raises(WrongPin):
        invitations.find_by_pin(ceremony=ceremony, number=participant.number, pin=pin)


def test_a_slip_of_the_new_place_lets_in(ceremony):
    participant = factories.participant_of(ceremony)
    old = factories.pin_of(participant)
    annul(factories.sign(participant))
    place = Participant.objects.get(replaces=participant)
    pin = factories.pin_of(place)
    found = invitations.find_by_pin(ceremony=ceremony, number=place.number, pin=pin)
    assert found.participant == place
    with pytest.raises(WrongPin):
        invitations.find_by_pin(ceremony=ceremony, number=place.number, pin=old)


def test_an_open_page_of_the_annulled_one_signs_nothing(ceremony):
    participant = factories.participant_of(ceremony)
    invitation = factories.invitation_of(participant)
    submission = factories.submission_for(participant)
    signature = signing.sign(invitation=invitation, submission=submission)
    annul(signature)
    invitation = invitations.find_by_id(invitation.pk)
    another = factories.submission_for(participant)
    with pytest.raises(RevokedInvitation):
        signing.sign(invitation=invitation, submission=another)
    assert signing.sign(invitation=invitation, submission=submission) == signature


def test_what_was_begun_with_help_before_is_told_that_it_was_annulled(ceremony, first):
    participant = factories.participant_of(ceremony)
    how = {"actor": first, "participant": participant, "identity_check": "CARD"}
    invitation = invitations.open_assisted(**how)
    begun = factories.submission_for(participant, begun_at=timezone.now())
    annul(factories.sign(participant))
    invitation = invitations.find_by_id(invitation.pk)
    with pytest.raises(NotOpen, match="sudah dibatalkan"):
        signing.sign(invitation=invitation, submission=begun)
    assert Signature.objects.count() == 1


def test_the_annulled_one_gets_no_new_invitation(ceremony, signature, first):
    annul(signature)
    participant = Participant.objects.get(pk=signature.participant_id)
    for issue in (
        lambda: factories.link_of(participant),
        lambda: factories.pin_of(participant),
        lambda: invitations.open_by_account(account=first, participant=participant),
    ):
        with pytest.raises(Refusal):
            issue()


def test_a_sheet_of_slips_drawn_before_gives_the_annulled_one_none(ceremony):
    participant = factories.participant_of(ceremony)
    drawn = invitations.draw_slips(ceremony, [participant])
    annul(factories.sign(participant))
    assert invitations.validate_slips(actor=None, ceremony=ceremony, slips=drawn) == []


# At once, and for ever --------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", [annulments.consent, annulments.decline])
def test_of_two_who_decide_at_once_one_is_told_that_it_is_done(ceremony, first, other):
    signature = factories.sign(factories.participant_of(ceremony))
    government = factories.government_of(ceremony.organizer)
    officers = [factories.user_with_role(RoleName.HR, government) for _ in range(2)]
    request = annulment_request(signature, asker=first)

    def decide(pair):
        act, actor = pair
        try:
            act(actor=actor, request=AnnulmentRequest.objects.get(pk=request.pk))
        except WrongState as refusal:
            return refusal.message
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, zip((annulments.consent, other), officers, strict=True)))
    assert answers == [annulments.DECIDED, "done"]
    assert Annulment.objects.count() == Participant.objects.annulled().count()
    assert Participant.objects.count() == 1 + Annulment.objects.count()


def test_an_annulment_is_never_changed_or_deleted(signature):
    annulment = annul(signature)
    for act in (
        lambda: Annulment.objects.update(cause="OTHER"),
        lambda: Annulment.objects.all().delete(),
        annulment.delete,
        annulment.save,
    ):
        with pytest.raises(AppendOnlyError):
            act()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        QuerySet(Annulment).update(cause="OTHER")
    assert Annulment.objects.get().cause == "WRONG_PERSON"
