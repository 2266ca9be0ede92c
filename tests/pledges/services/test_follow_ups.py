"""What is done about the unsigned: who sees to them, notes, and the second look at a refusal."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.choices import RoleName
from agencies.models import Event, User
from agencies.trail import details, named_objects
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
    assert list(events) == [("follow_up.changed", {"assignee": str(operator.uuid)})] * 2


def test_several_are_assigned_at_once_and_keep_their_notes(ceremony, participant, operator):
    change(participant, note="Sudah dihubungi")
    people = list(ceremony.participants.all())
    follow_ups.assign(actor=None, participants=people, assignee=operator)
    assert [kept(each).assignee for each in people] == [operator, operator]
    assert kept(participant).note == "Sudah dihubungi"
    for each in people:
        event = Event.objects.of(each).first()
        assert (event.act, event.data) == ("follow_up.assigned", {"assignee": str(operator.uuid)})
        assert event.employee_id == each.employee_id
    assert details(event, named_objects([event])) == [f"ditugaskan kepada: {operator}"]
    follow_ups.assign(actor=None, participants=people, assignee=None)
    assert kept(participant).assignee is None
    assert Event.objects.of(participant).first().act == "follow_up.released"


def test_who_saw_to_it_when_the_account_ended_may_stay(participant, operator):
    change(participant, operator)
    operator.roles.all().delete()
    operator = User.objects.get(pk=operator.pk)
    change(participant, operator, note="Pulang Senin")
    assert (kept(participant).assignee, kept(participant).note) == (operator, "Pulang Senin")
    with pytest.raises(Refusal, match="tidak bertugas mengundang"):
        follow_ups.assign(actor=None, participants=[participant], assignee=operator)


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
            follow_ups.assign(actor=None, participants=people, assignee=assignee)
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


def test_nobody_looks_at_the_own_refusal(participant, operator, head):
    refuse(operator, participant)
    head.employee = participant.employee
    head.save()
    assert list(FollowUp.objects.awaiting_look(head)) == []
    with pytest.raises(WrongState, match="Anda sendiri yang menolak"):
        follow_ups.look(actor=head, participant=participant)
    assert kept(participant).looked_by is None


@pytest.fixture
def hr(ceremony):
    return factories.user_with_role(RoleName.HR, factories.government_of(ceremony.organizer))


def test_what_was_looked_at_is_taken_back_by_a_second_person_alone(participant, operator, hr):
    refuse(operator, participant)
    stale = Participant.objects.select_related("ceremony__organizer").get(pk=participant.pk)
    follow_ups.look(actor=hr, participant=participant)
    with pytest.raises(WrongState, match="sudah ditelaah"):
        absences.expect_again(actor=operator, participant=stale)
    assert (kept(participant).looked_by, stale.state) == (hr, "REFUSED")
    absences.expect_again(actor=hr, participant=stale)
    assert (kept(participant).looked_by, stale.state) == (None, "PENDING")


def test_hr_does_not_take_back_alone_what_hr_noted(participant, hr, head):
    refuse(hr, participant)
    follow_ups.look(actor=head, participant=participant)
    with pytest.raises(WrongState, match="sudah ditelaah"):
        absences.expect_again(actor=hr, participant=participant)


def test_a_new_refusal_awaits_a_new_look(participant, operator, head, hr):
    refuse(operator, participant)
    follow_ups.look(actor=head, participant=participant)
    absences.expect_again(actor=hr, participant=participant)
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
    with pytest.raises(WrongState, match="belum ditelaah"):
        follow_ups.look(actor=head, participant=participant)


def test_a_refusal_noted_before_there_were_looks_awaits_one(participant, operator, head):
    refuse(operator, participant)
    FollowUp.objects.all().delete()
    migration = import_module("pledges.migrations.0021_refusals_noted_before")
    migration.await_a_second_look(apps, None)
    assert list(FollowUp.objects.awaiting_look(head)) == [kept(participant)]
    assert kept(participant).noted_by == operator


# Several excused at once ------------------------------------------------------------------------


def test_those_still_expected_are_excused_and_the_others_left(ceremony, participant):
    people = list(Participant.objects.select_related("ceremony__organizer"))
    factories.sign(participant)
    done = absences.excuse_all(actor=None, participants=people, reason="Dinas luar")
    assert done == 1
    states = ceremony.participants.order_by("pk").values_list("state", "reason")
    assert list(states) == [("SIGNED", ""), ("EXCUSED", "Dinas luar")]
    excused = Event.objects.get(act="participant.excused")
    assert (excused.object_id, excused.why) == (str(people[1].uuid), "Dinas luar")


def test_excusing_many_takes_as_few_statements_as_excusing_one():
    statements = []
    for employees in (1, 5):
        ceremony = factories.open_ceremony(employees=employees)
        people = list(ceremony.participants.order_by("-pk"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            absences.excuse_all(actor=None, participants=people, reason="Dinas luar")
        statements.append(len(queries))
        held = next(each["sql"] for each in queries if "SELECT" in each["sql"])
        assert "ORDER BY" in held
    assert statements[0] == statements[1]
