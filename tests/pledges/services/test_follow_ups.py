"""What is done about the unsigned: who sees to them, notes, and the second look at a refusal."""

import pytest
from django.db import IntegrityError, transaction

from agencies.choices import RoleName
from agencies.models import Event
from netralitas.lib.errors import Refusal
from pledges.errors import WrongState
from pledges.models import FollowUp, Participant
from pledges.services import absences, ceremonies, follow_ups, roster_changes
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(employees=2)


@pytest.fixture
def participant(ceremony):
    return factories.participant_of(ceremony)


@pytest.fixture
def operator(ceremony):
    return factories.user_with_role(RoleName.OPERATOR, ceremony.organizer)


@pytest.fixture
def head(ceremony):
    return factories.user_with_role(RoleName.HEAD, ceremony.organizer)


def change(participant, assignee=None, signs_late=False, note=""):
    follow_ups.change(
        actor=None, participant=participant, assignee=assignee, signs_late=signs_late, note=note
    )


def refuse(actor, participant):
    absences.refuse(actor=actor, participant=participant, reason="Tidak setuju butir 3")


def kept(participant):
    return FollowUp.objects.get(participant=participant)


def test_what_is_done_is_kept_and_the_trail_tells_nothing_of_the_note(participant, operator):
    change(participant, operator, signs_late=True, note="Dirawat di RSUD")
    change(participant, operator, signs_late=True, note="Pulang Senin")
    row = kept(participant)
    assert (row.assignee, row.signs_late, row.note) == (operator, True, "Pulang Senin")
    events = Event.objects.of(participant).values_list("act", "data")
    assert list(events) == [("follow_up.changed", {})] * 2


def test_several_are_assigned_at_once_and_keep_their_notes(ceremony, participant, operator):
    change(participant, note="Sudah dihubungi")
    people = list(ceremony.participants.all())
    follow_ups.assign(actor=None, ceremony=ceremony, participants=people, assignee=operator)
    assert [kept(each).assignee for each in people] == [operator, operator]
    assert kept(participant).note == "Sudah dihubungi"
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.data) == ("follow_up.assigned", {"count": 2})
    follow_ups.assign(actor=None, ceremony=ceremony, participants=people, assignee=None)
    assert kept(participant).assignee is None


def test_only_who_may_invite_all_of_them_is_offered_and_taken(ceremony, participant, operator):
    government = factories.government_of(ceremony.organizer)
    hr = factories.user_with_role(RoleName.HR, government)
    factories.user_with_role(RoleName.OPERATOR, ceremony.organizer, is_active=False)
    factories.user_with_role(RoleName.HEAD, ceremony.organizer)
    other = factories.OpdFactory(parent=government)
    stranger = factories.user_with_role(RoleName.OPERATOR, other)
    assert set(follow_ups.assignable([participant])) == {operator, hr}
    far = roster_changes.add(
        actor=None,
        ceremony=ceremony,
        employee=factories.EmployeeFactory(agency=other),
        reason="Pindahan",
    )
    assert set(follow_ups.assignable([participant, far])) == {hr}
    for people, assignee in (([participant], stranger), ([participant, far], operator)):
        with pytest.raises(Refusal, match="tidak bertugas mengundang") as refusal:
            follow_ups.assign(actor=None, ceremony=ceremony, participants=people, assignee=assignee)
        assert refusal.value.field == "assignee"
    assert not FollowUp.objects.filter(assignee__isnull=False).exists()


def test_whoever_has_signed_or_departed_is_followed_up_no_more(ceremony, participant):
    factories.sign(participant)
    other = factories.participant_of(ceremony, 1)
    roster_changes.depart(actor=None, participant=other, reason="Pindah")
    for each in (participant, other):
        with pytest.raises(WrongState, match="sudah menandatangani"):
            change(each)


def test_a_ceremony_that_is_over_is_followed_up_no_more(participant):
    factories.cancel(actor=None, ceremony=participant.ceremony)
    with pytest.raises(WrongState):
        change(participant)


# Refusals ---------------------------------------------------------------------------------------


def test_a_refusal_awaits_another_and_is_looked_at_once(participant, operator, head):
    refuse(operator, participant)
    assert list(FollowUp.objects.awaiting_look(head)) == [kept(participant)]
    follow_ups.look(actor=head, participant=participant)
    row = kept(participant)
    assert (row.noted_by, row.looked_by, row.looked_at is not None) == (operator, head, True)
    assert list(FollowUp.objects.awaiting_look(head)) == []
    assert Event.objects.of(participant).first().act == "refusal.looked_at"
    with pytest.raises(WrongState, match="belum ditelaah"):
        follow_ups.look(actor=head, participant=participant)


def test_nobody_looks_at_the_own_note(participant, head):
    refuse(head, participant)
    assert list(FollowUp.objects.awaiting_look(head)) == []
    with pytest.raises(WrongState, match="Penelaahnya harus orang lain"):
        follow_ups.look(actor=head, participant=participant)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.update(looked_by=head, looked_at=factories.timezone.now())


def test_a_new_refusal_awaits_a_new_look(participant, operator, head):
    refuse(operator, participant)
    follow_ups.look(actor=head, participant=participant)
    absences.expect_again(actor=operator, participant=participant)
    with pytest.raises(WrongState):
        follow_ups.look(actor=head, participant=participant)
    refuse(operator, participant)
    assert list(FollowUp.objects.awaiting_look(head)) == [kept(participant)]


def test_a_refusal_of_a_ceremony_that_is_over_awaits_nobody(ceremony, participant, head):
    refuse(None, participant)
    assert FollowUp.objects.awaiting_look(head).count() == 1
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    ceremonies.archive(actor=None, ceremony=ceremony)
    assert FollowUp.objects.awaiting_look(head).count() == 0


# Several excused at once ------------------------------------------------------------------------


def test_those_still_expected_are_excused_and_the_others_left(ceremony, participant):
    people = list(Participant.objects.select_related("ceremony__organizer"))
    factories.sign(participant)
    done = absences.excuse_all(actor=None, participants=people, reason="Dinas luar")
    assert done == 1
    states = ceremony.participants.order_by("pk").values_list("state", "reason")
    assert list(states) == [("SIGNED", ""), ("EXCUSED", "Dinas luar")]
