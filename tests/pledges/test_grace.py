"""What arrives after the closing, after another opening, or with an old page: nothing given in time
is lost, and the record says truly when it came.
"""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from agencies.choices import RoleName
from netralitas.lib import tickets
from pledges.choices import IdentityCheck, ParticipantState
from pledges.models import Invitation, Signature
from pledges.services import absences, ceremonies, invitations, verification
from tests import factories as make

from .test_sending import send

pytestmark = pytest.mark.django_db
START = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def ceremony(clock):
    return make.open_ceremony(employees=2)


@pytest.fixture
def participant(ceremony):
    return make.participant_of(ceremony)


def page_of(participant):
    """What a page opened now through a personal link carries."""
    return {"ticket": tickets.issue(make.invitation_of(participant).pk)}


def close(ceremony):
    ceremonies.close_signing(actor=None, ceremony=ceremony)


def reopen(ceremony):
    ceremonies.open_signing(actor=None, ceremony=ceremony)


def stored():
    signature = Signature.objects.get()
    return signature.late, signature.in_grace


# Late, or only arriving late --------------------------------------------------------------------


def test_what_was_begun_in_time_and_arrives_in_the_late_window_is_not_late(
    client, clock, ceremony, participant
):
    page = page_of(participant)
    clock.shift(HOUR)
    close(ceremony)
    clock.shift(HOUR)
    reopen(ceremony)
    assert send(client, participant, page).status_code == 200
    assert stored() == (False, True)


def test_what_was_begun_in_time_and_arrives_in_a_late_window_days_later_is_late(
    client, clock, ceremony, participant
):
    page = page_of(participant)
    clock.shift(HOUR)
    close(ceremony)
    clock.shift(2 * DAY)
    reopen(ceremony)
    assert send(client, participant, page).status_code == 200
    assert stored() == (True, False)


def test_what_was_begun_in_the_late_window_and_arrives_after_it_is_late(
    client, clock, ceremony, participant
):
    close(ceremony)
    clock.shift(HOUR)
    reopen(ceremony)
    clock.shift(HOUR)
    page = page_of(participant)
    clock.shift(HOUR)
    close(ceremony)
    clock.shift(HOUR)
    assert send(client, participant, page).status_code == 200
    assert stored() == (True, True)


def test_a_signature_begun_in_the_late_window_is_simply_late(client, clock, ceremony, participant):
    close(ceremony)
    clock.shift(HOUR)
    reopen(ceremony)
    assert send(client, participant, page_of(participant)).status_code == 200
    assert stored() == (True, False)


@pytest.mark.parametrize("late", [False, True])
def test_it_says_so_on_every_page_that_shows_it(client, clock, ceremony, participant, late):
    if late:
        close(ceremony)
        clock.shift(HOUR)
        reopen(ceremony)
    page = page_of(participant)
    clock.shift(HOUR)
    close(ceremony)
    receipt = send(client, participant, page).json()
    note = "imulai sebelum penutupan, diterima sesudahnya"
    for address in (receipt["address"], f"/v/{receipt['receipt']}/"):
        shown = client.get(address).content.decode()
        assert note in shown
        assert ("Penandatanganan susulan" in shown) is late


def test_archiving_ends_no_grace(client, clock, ceremony, participant):
    page = page_of(participant)
    clock.shift(HOUR)
    close(ceremony)
    ceremonies.archive(actor=None, ceremony=ceremony)
    assert send(client, participant, page).status_code == 200


def test_grace_is_not_for_a_wave_whose_turn_never_came(client, clock):
    at_four = {"name": "Peserta lainnya", "opens_at": START + 3 * HOUR}
    ceremony = make.ceremony_in_waves(waves=(make.HEADS_FIRST[0], at_four))
    last = make.participant_of(ceremony, 1)
    page = page_of(last)
    clock.shift(HOUR)
    close(ceremony)
    clock.shift(3 * HOUR)
    assert send(client, last, page).status_code == 409
    assert not Signature.objects.exists()


# An old page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["page", "slip"])
def test_a_lost_receipt_is_given_however_old_the_page_has_become(client, clock, participant, way):
    credential = page_of(participant)
    start = ""
    if way == "slip":
        credential = {"number": participant.number, "pin": make.pin_of(participant)}
        start = tickets.issue(participant.ceremony.code, tickets.START)
    key = str(uuid4())
    first = send(client, participant, credential, key=key, start=start)
    clock.shift(400 * DAY)
    again = send(client, participant, credential, key=key, start=start)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()


def test_an_old_page_signs_nothing_new(client, clock, participant):
    page = page_of(participant)
    clock.shift(31 * DAY)
    answer = send(client, participant, page)
    assert (answer.status_code, Signature.objects.count()) == (400, 0)
    assert answer.json()["sentence"].startswith("Halaman ini sudah kedaluwarsa.")


# Noted absent meanwhile -------------------------------------------------------------------------


@pytest.mark.parametrize("note", [absences.excuse, absences.refuse])
def test_who_was_noted_absent_meanwhile_keeps_what_waits(
    client, clock, ceremony, participant, note
):
    page, key = page_of(participant), str(uuid4())
    note(actor=None, participant=participant, reason="Dinas luar")
    waiting = send(client, participant, page, key=key)
    assert waiting.status_code == 425
    assert "Hubungi operator OPD Anda." in waiting.json()["sentence"]
    absences.expect_again(actor=None, participant=participant)
    assert send(client, participant, page, key=key).status_code == 200


def test_who_stays_absent_is_refused_once_the_grace_is_over(client, clock, ceremony, participant):
    page = page_of(participant)
    absences.excuse(actor=None, participant=participant, reason="Dinas luar")
    close(ceremony)
    clock.shift(DAY)
    assert send(client, participant, page).status_code == 425
    clock.shift(timedelta(seconds=1))
    assert send(client, participant, page).status_code == 409
    participant.refresh_from_db()
    assert participant.state == ParticipantState.EXCUSED


# An operator's device ---------------------------------------------------------------------------


@pytest.fixture
def operator(ceremony):
    return make.user_with_role(RoleName.OPERATOR, ceremony.organizer, first_name="Budi Santoso")


def handed_to(participant, operator, check=IdentityCheck.CARD):
    return invitations.open_assisted(actor=operator, participant=participant, identity_check=check)


def test_what_waits_on_one_device_counts_although_another_was_handed_over_since(
    client, clock, participant, operator
):
    page = {"ticket": tickets.issue(handed_to(participant, operator).pk)}
    clock.shift(HOUR)
    handed_to(participant, operator, IdentityCheck.KNOWN)
    assert send(client, participant, page).status_code == 200
    signature = Signature.objects.get()
    assert signature.invitation.identity_check == IdentityCheck.CARD


def test_a_page_opened_with_a_hand_over_that_had_ended_signs_nothing(
    client, clock, participant, operator
):
    old = handed_to(participant, operator)
    clock.shift(HOUR)
    handed_to(participant, operator, IdentityCheck.KNOWN)
    clock.shift(HOUR)
    answer = send(client, participant, {"ticket": tickets.issue(old.pk)})
    assert (answer.status_code, Signature.objects.count()) == (400, 0)


def test_the_record_names_who_helped_for_good(client, participant, operator):
    page = {"ticket": tickets.issue(handed_to(participant, operator).pk)}
    assert send(client, participant, page).status_code == 200
    signature = Signature.objects.get()
    assert json.loads(signature.record)["identified_by"]["assisted_by"] == {
        "user": str(operator.uuid),
        "name": "Budi Santoso",
    }
    assert verification.examine(signature).genuine


@pytest.mark.parametrize("change", ["identity_check", "issued_by"])
def test_who_helped_and_how_cannot_be_changed_unnoticed(client, participant, operator, change):
    page = {"ticket": tickets.issue(handed_to(participant, operator).pk)}
    send(client, participant, page)
    values = {
        "identity_check": IdentityCheck.KNOWN,
        "issued_by": make.user_with_role(RoleName.OPERATOR, operator.roles.get().agency),
    }
    Invitation.objects.filter(signatures__isnull=False).update(**{change: values[change]})
    assert verification.examine(Signature.objects.get()).faults == (verification.ALTERED_COLUMNS,)


@pytest.mark.parametrize("end", ["\x00", "\ud800", "\u200b", "\n"])
def test_a_name_with_what_nobody_can_print_is_to_be_typed_again(client, participant, end):
    name = participant.bare_name + end
    answer = send(
        client, participant, page_of(participant), method="TYPED", strokes=[], typed_name=name
    )
    assert (answer.status_code, Signature.objects.count()) == (400, 0)
