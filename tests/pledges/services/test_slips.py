"""Sheets of slips: asked for, made, handed out; what each does to the PINs."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from agencies.choices import RoleName
from agencies.models import Event
from netralitas.lib import vault
from pledges.choices import BatchState, SlipOrder
from pledges.errors import NotOpen, NotYet, WrongState
from pledges.models import Ceremony, Invitation, SlipBatch
from pledges.services import (
    absences,
    ceremonies,
    invitations,
    signing,
    slip_files,
    slip_work,
    slips,
)
from tests import factories

from .sheets import let_in, pins_of

pytestmark = pytest.mark.django_db
NOBODY = "Tidak ada peserta yang masih harus menandatangani."
GONE = "Lembar ini tidak tersedia lagi. Minta lembar yang baru."


@pytest.fixture
def ceremony():
    return factories.open_ceremony(employees=3)


@pytest.fixture
def operator(ceremony):
    return factories.user_with_role(RoleName.OPERATOR, ceremony.organizer)


def stored_files():
    try:
        return default_storage.listdir(slip_files.FOLDER)[1]
    except FileNotFoundError:
        return []


# Asking -----------------------------------------------------------------------------------------


def test_asking_leaves_a_task_and_an_event_and_no_pin(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator, made=False)
    assert (batch.state, batch.total) == (BatchState.QUEUED, 3)
    assert Invitation.objects.count() == 0
    task = DBTaskResult.objects.get()
    assert (task.task_path, task.priority) == ("pledges.tasks.make_slips", 40)
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.actor, event.data) == ("slips.asked", operator, {"count": 3})


def test_asking_twice_while_it_is_made_gives_the_same_sheet(ceremony, operator):
    first = factories.slip_batch(ceremony, operator, made=False)
    assert factories.slip_batch(ceremony, operator, made=False) == first
    by_name = factories.slip_batch(ceremony, operator, made=False, order=SlipOrder.NAME)
    assert by_name != first


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_the_same_moment_get_the_same_sheet(ceremony, operator):
    def ask(order):
        try:
            fresh = Ceremony.objects.get(pk=ceremony.pk)
            return factories.slip_batch(fresh, operator, made=False, order=order).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        for order in SlipOrder.values:
            assert len(set(pool.map(ask, [order] * 4))) == 1
    assert DBTaskResult.objects.count() == len(SlipOrder.values)


def test_asking_anew_gives_up_the_sheet_that_waited(
    ceremony, operator, django_capture_on_commit_callbacks
):
    first = factories.slip_batch(ceremony, operator)
    with django_capture_on_commit_callbacks(execute=True):
        second = factories.slip_batch(ceremony, operator)
    first.refresh_from_db()
    assert (first.state, first.content.name) == (BatchState.EXPIRED, "")
    assert [f"slip/{name}" for name in stored_files()] == [second.content.name]


@pytest.mark.parametrize("end", [ceremonies.archive, factories.cancel])
def test_a_ceremony_that_is_over_gives_no_slips(end):
    ceremony = factories.ceremony_in("CLOSED" if end is ceremonies.archive else "OPEN")
    end(actor=None, ceremony=ceremony)
    with pytest.raises(WrongState, match="Undangan hanya dapat diterbitkan setelah"):
        factories.slip_batch(ceremony)
    assert SlipBatch.objects.count() == 0


def test_where_nobody_is_left_to_sign_there_is_no_sheet(operator):
    ceremony = factories.open_ceremony(operator.roles.get().agency, employees=0)
    for participant in ceremony.participants.all():
        factories.sign(participant)
    with pytest.raises(WrongState, match=NOBODY):
        factories.slip_batch(ceremony, operator)


# Making -----------------------------------------------------------------------------------------


def test_a_made_sheet_changes_no_pin_and_lies_sealed(ceremony, operator):
    held = {each.pk: factories.pin_of(each) for each in ceremony.participants.all()}
    batch = factories.slip_batch(ceremony, operator)
    assert (batch.state, batch.done, batch.total) == (BatchState.READY, 3, 3)
    assert pins_of(batch).keys() == held.keys()
    assert let_in(ceremony, held) == held.keys()
    with batch.content.open("rb") as stored:
        content = stored.read()
    assert b"%PDF" not in content
    assert [pin for pin in pins_of(batch).values() if pin.encode() in content] == []


def test_whoever_signed_or_is_excused_gets_no_slip(ceremony, operator):
    signer, absent, waiting = ceremony.participants.order_by("id")
    factories.sign(signer)
    ceremony.participants.filter(pk=absent.pk).update(state="EXCUSED", reason="Cuti")
    assert set(pins_of(factories.slip_batch(ceremony, operator))) == {waiting.pk}


def test_made_again_after_a_worker_was_killed_it_is_whole(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator, made=False)
    SlipBatch.objects.update(state=BatchState.MAKING, done=1)
    slip_work.make(str(batch.uuid))
    batch.refresh_from_db()
    assert (batch.state, len(pins_of(batch))) == (BatchState.READY, 3)


def test_of_two_workers_who_make_it_the_second_throws_his_own_away(ceremony, operator, monkeypatch):
    batch = factories.slip_batch(ceremony, operator, made=False)
    render, others = slip_work.render_slips, []

    def overtaken(*args):
        if not others:
            others.append(True)
            slip_work.make(str(batch.uuid))
        return render(*args)

    monkeypatch.setattr(slip_work, "render_slips", overtaken)
    slip_work.make(str(batch.uuid))
    batch.refresh_from_db()
    assert [f"slip/{name}" for name in stored_files()] == [batch.content.name]
    assert len(pins_of(batch)) == 3


def test_a_sheet_that_is_ready_or_taken_is_not_made_again(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    slip_work.make(str(batch.uuid))
    assert SlipBatch.objects.get().content.name == batch.content.name


def test_whoever_lost_the_right_meanwhile_gets_nothing(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator, made=False)
    operator.roles.all().delete()
    slip_work.make(str(batch.uuid))
    batch.refresh_from_db()
    assert (batch.state, batch.reason) == (BatchState.FAILED, NOBODY)


def test_slips_lie_as_they_will_be_handed_out():
    opd = factories.OpdFactory(name="Dinas Kesehatan")
    clinic = factories.UnitFactory(parent=opd, name="Puskesmas Kota")
    for agency, name in [(clinic, "Ani"), (opd, "Budi"), (clinic, "Cici")]:
        factories.EmployeeFactory(agency=agency, name=name, title_suffix="")
    ceremony = factories.open_ceremony(opd, employees=0)
    operator = factories.user_with_role(RoleName.OPERATOR, opd)
    order = {
        SlipOrder.UNIT: ["Dinas Kesehatan", "Budi", "Puskesmas Kota", "Ani", "Cici"],
        SlipOrder.NAME: ["Dinas Kesehatan", "Ani", "Budi", "Cici"],
    }
    for chosen, expected in order.items():
        batch = factories.slip_batch(ceremony, operator, order=chosen)
        people = ceremony.participants.in_bulk()
        drawn = [invitations.PinSlip(people[key], pin) for key, pin in pins_of(batch).items()]
        ((*piles,),) = slip_work.parts_of(drawn, chosen)
        words = [
            word
            for pile in piles
            for word in (pile.name, *(slip.participant.bare_name for slip in pile.slips))
        ]
        assert words == expected


def test_a_batch_without_a_task_is_given_up(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator, made=False)
    assert slips.fail_abandoned() == 0
    DBTaskResult.objects.all().delete()
    assert slips.fail_abandoned() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.reason) == (
        BatchState.FAILED,
        "Lembar tidak dapat dibuat karena galat pada sistem. Minta lagi.",
    )


# Handing out ------------------------------------------------------------------------------------


def test_taking_makes_its_pins_valid_and_ends_the_old_ones(ceremony, operator):
    held = {each.pk: factories.pin_of(each) for each in ceremony.participants.all()}
    batch = factories.slip_batch(ceremony, operator)
    sheet = slips.take(actor=operator, batch=batch)
    assert batch.state == BatchState.TAKEN
    assert let_in(ceremony, pins_of(batch)) == held.keys()
    assert let_in(ceremony, held) == set()
    assert len(PdfReader(BytesIO(sheet)).pages) == 1
    issued, taken = reversed(Event.objects.of(ceremony).order_by("-id")[:2])
    assert (issued.act, issued.data) == ("invitation.issued", {"channel": "SLIP", "count": 3})
    assert (taken.act, taken.actor, taken.data) == ("slips.taken", operator, {"count": 3})


def test_whoever_signs_before_the_taking_keeps_the_old_slip(ceremony, operator):
    signer = factories.participant_of(ceremony)
    batch = factories.slip_batch(ceremony, operator)
    factories.sign(signer)
    slips.take(actor=operator, batch=batch)
    assert set(Invitation.objects.filter(channel="SLIP").values_list("participant", flat=True)) == {
        each.pk for each in ceremony.participants.unsigned()
    }


def test_for_an_hour_the_same_sheet_can_be_taken_again(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    first = slips.take(actor=operator, batch=batch)
    assert slips.take(actor=operator, batch=batch) == first
    assert Invitation.objects.count() == 3
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=61)),
        pytest.raises(WrongState, match=GONE),
    ):
        slips.take(actor=operator, batch=batch)


def test_a_sheet_that_was_given_up_meanwhile_is_not_handed_out(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    SlipBatch.objects.update(state=BatchState.EXPIRED)
    with pytest.raises(WrongState, match=GONE):
        slips.take(actor=operator, batch=batch)
    assert Invitation.objects.count() == 0
    assert not Event.objects.of(ceremony).filter(act="slips.taken").exists()


def test_the_slip_of_somebody_excused_meanwhile_counts_once_they_are_expected_again(
    ceremony, operator
):
    batch = factories.slip_batch(ceremony, operator)
    participant = factories.participant_of(ceremony)
    absences.excuse(actor=None, participant=participant, reason="Sakit")
    slips.take(actor=operator, batch=batch)
    pin = pins_of(batch)[participant.pk]
    slip = invitations.find_by_pin(ceremony=ceremony, number=participant.number, pin=pin)
    submission = factories.submission_for(participant)
    with pytest.raises((NotOpen, NotYet), match="Anda tercatat “berhalangan” pada acara ini."):
        signing.sign(invitation=slip, submission=submission)
    absences.expect_again(actor=None, participant=participant)
    assert signing.sign(invitation=slip, submission=submission).channel == "SLIP"


def test_it_can_be_taken_again_although_somebody_signed_with_an_older_slip(ceremony, operator):
    signer = factories.participant_of(ceremony)
    factories.pin_of(signer)
    batch = factories.slip_batch(ceremony, operator)
    factories.sign(signer)
    first = slips.take(actor=operator, batch=batch)
    assert slips.take(actor=operator, batch=batch) == first


def test_a_sheet_with_a_pin_that_was_revoked_is_not_handed_out_again(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    slips.take(actor=operator, batch=batch)
    Invitation.objects.filter(participant=factories.participant_of(ceremony)).update(
        revoked_at=timezone.now()
    )
    with pytest.raises(WrongState, match="Sebagian PIN pada lembar ini sudah diganti."):
        slips.take(actor=operator, batch=batch)


def test_a_sheet_whose_pins_were_replaced_is_not_handed_out_again(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    slips.take(actor=operator, batch=batch)
    factories.pin_of(factories.participant_of(ceremony))
    with pytest.raises(WrongState, match="Sebagian PIN pada lembar ini sudah diganti."):
        slips.take(actor=operator, batch=batch)


def test_nobody_else_takes_it(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    hr = factories.user_with_role(RoleName.HR, ceremony.organizer.government)
    with pytest.raises(WrongState, match=GONE):
        slips.take(actor=hr, batch=batch)
    assert Invitation.objects.count() == 0


def test_it_is_not_handed_out_to_somebody_with_fewer_rights_than_before(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    operator.roles.all().delete()
    fresh = type(operator).objects.get(pk=operator.pk)
    with pytest.raises(WrongState, match="Hak Anda berubah sejak lembar ini diminta."):
        slips.take(actor=fresh, batch=batch)
    assert Invitation.objects.count() == 0


def test_after_the_end_of_the_ceremony_it_is_not_handed_out(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    factories.cancel(actor=None, ceremony=ceremony)
    with pytest.raises(WrongState, match="Undangan hanya dapat diterbitkan"):
        slips.take(actor=operator, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, Invitation.objects.count()) == (BatchState.READY, 0)


def test_a_sheet_whose_people_have_all_signed_stays_as_it_is(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    for participant in ceremony.participants.all():
        factories.sign(participant)
    with pytest.raises(WrongState, match=NOBODY):
        slips.take(actor=operator, batch=batch)
    batch.refresh_from_db()
    assert batch.state == BatchState.READY


def test_another_sheet_put_in_its_place_does_not_open(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    foreign = vault.lock(json.dumps({}).encode() + b"\n%PDF", "other")
    Path(default_storage.path(batch.content.name)).write_bytes(foreign)
    with pytest.raises(WrongState, match=GONE):
        slips.take(actor=operator, batch=batch)


# Clearing away ----------------------------------------------------------------------------------


def test_a_sheet_nobody_came_for_is_removed_after_a_day(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        slip_files.clear_away()
    assert len(stored_files()) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        slip_files.clear_away()
    batch.refresh_from_db()
    assert (batch.state, batch.content.name, stored_files()) == (BatchState.EXPIRED, "", [])


def test_a_taken_sheet_is_removed_after_an_hour(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    slips.take(actor=operator, batch=batch)
    slip_files.clear_away()
    assert len(stored_files()) == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        slip_files.clear_away()
    batch.refresh_from_db()
    assert (batch.state, batch.content.name, stored_files()) == (BatchState.TAKEN, "", [])


def test_what_a_killed_worker_stored_is_removed_and_what_is_being_stored_is_not(ceremony, operator):
    batch = factories.slip_batch(ceremony, operator)
    SlipBatch.objects.all().delete()
    slip_files.remove_unknown(timezone.now() - timedelta(hours=1))
    assert stored_files() == [batch.content.name.partition("/")[2]]
    slip_files.remove_unknown(timezone.now() + timedelta(hours=1))
    assert stored_files() == []
