"""Invitations: secrets that are found, revoked and locked, and never kept in clear."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from agencies.models import Event
from pledges.choices import CeremonyState, Channel, ParticipantState
from pledges.errors import Locked, RevokedInvitation, UnknownInvitation, WrongPin, WrongState
from pledges.models import Invitation
from pledges.services import invitations
from tests import factories as make

pytestmark = pytest.mark.django_db

WRONG = "Nomor atau PIN tidak cocok. Periksa slip terakhir yang Anda terima, lalu coba lagi."
START = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)


@pytest.fixture
def ceremony():
    return make.open_ceremony(employees=2)


@pytest.fixture
def participant(ceremony):
    return make.participant_of(ceremony)


def other_than(pin):
    """An eight-digit PIN that is not this one."""
    return f"{(int(pin) + 1) % 10**8:08d}"


def try_pin(participant, pin):
    return invitations.find_by_pin(
        ceremony=participant.ceremony, number=participant.number, pin=pin
    )


def refuse_pin(participant, pin):
    with pytest.raises((WrongPin, Locked, RevokedInvitation)) as caught:
        try_pin(participant, pin)
    return caught.value


# Links ------------------------------------------------------------------------------------------


def test_a_link_is_found_by_its_token_alone(participant):
    token = make.link_of(participant)
    assert re.fullmatch(r"[\w-]{22}", token)
    assert invitations.find_by_token(token).participant == participant


def test_no_secret_is_kept_in_clear(participant):
    token, pin = make.link_of(participant), make.pin_of(participant)
    stored = str(list(Invitation.objects.values())) + str(list(Event.objects.values()))
    assert token not in stored
    assert pin not in stored


@pytest.mark.parametrize("token", ["", "salah", "a" * 22, "\x00", "é" * 500])
def test_an_unknown_token_is_no_invitation(token):
    with pytest.raises(UnknownInvitation) as caught:
        invitations.find_by_token(token)
    assert caught.value.status == 404
    assert caught.value.message.startswith("Tautan ini tidak berlaku.")


def test_links_and_pins_outlive_a_change_of_the_key_that_names_the_old_one(participant, settings):
    token, pin = make.link_of(participant), make.pin_of(participant)
    first, settings.SECRET_KEY = settings.SECRET_KEY, "another-key" * 4
    with pytest.raises(UnknownInvitation):
        invitations.find_by_token(token)
    assert isinstance(refuse_pin(participant, pin), WrongPin)
    settings.SECRET_KEY_FALLBACKS = [first]
    assert invitations.find_by_token(token).participant == participant
    assert try_pin(participant, pin).participant == participant


def test_a_new_link_revokes_the_old_one(participant):
    old, new = make.link_of(participant), make.link_of(participant)
    assert invitations.find_by_token(new).participant == participant
    with pytest.raises(UnknownInvitation):
        invitations.find_by_token(old)


def test_a_link_leaves_slips_and_other_channels_valid(participant):
    pin = make.pin_of(participant)
    by_mail = invitations.issue_link(
        actor=None, participant=participant, channel=Channel.EMAIL, sent_to="siti@example.go.id"
    )
    make.link_of(participant)
    assert try_pin(participant, pin).channel == Channel.SLIP
    assert invitations.find_by_token(by_mail).sent_to == "siti@example.go.id"


def test_a_pin_is_no_token(participant):
    with pytest.raises(UnknownInvitation):
        invitations.find_by_token(make.pin_of(participant))


def test_an_invitation_is_found_by_its_id_even_when_revoked(participant):
    invitation = make.invitation_of(participant)
    make.link_of(participant)
    found = invitations.find_by_id(invitation.pk)
    assert found == invitation
    assert found.revoked_at is not None
    with pytest.raises(UnknownInvitation):
        invitations.find_by_id(invitation.pk + 1000)


@pytest.mark.parametrize(
    "state",
    [
        CeremonyState.DRAFT,
        CeremonyState.CLOSED,
        CeremonyState.ARCHIVED,
        CeremonyState.CANCELLED,
    ],
)
def test_nobody_is_invited_before_the_roster_is_frozen_or_after_the_closing(participant, state):
    participant.ceremony.state = state
    sentence = "setelah daftar peserta dibekukan dan sebelum penandatanganan ditutup"
    with pytest.raises(WrongState, match=sentence):
        make.link_of(participant)
    with pytest.raises(WrongState, match=sentence):
        make.pin_of(participant)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (ParticipantState.SIGNED, ""),
        (ParticipantState.EXCUSED, "Cuti"),
        (ParticipantState.REFUSED, "Menolak"),
    ],
)
def test_nobody_is_invited_from_whom_no_signature_is_expected(ceremony, participant, state, reason):
    token, pin = make.link_of(participant), make.pin_of(participant)
    ceremony.participants.filter(pk=participant.pk).update(state=state, reason=reason)
    sentence = "bagi peserta yang belum menandatangani dan tidak tercatat berhalangan atau menolak"
    with pytest.raises(WrongState, match=sentence) as caught:
        make.link_of(participant)
    assert caught.value.status == 409
    with pytest.raises(WrongState, match=sentence):
        invitations.issue_slips(
            actor=None, ceremony=ceremony, participants=list(ceremony.participants.all())
        )
    assert Invitation.objects.count() == 2
    assert invitations.find_by_token(token).participant == participant
    assert try_pin(participant, pin).participant == participant


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("issue", [make.link_of, make.pin_of])
def test_two_who_issue_at_the_same_moment_both_succeed_and_one_secret_is_valid(participant, issue):
    together = threading.Barrier(2)
    issued = []

    def act():
        together.wait()
        issued.append(issue(participant))
        connection.close()

    for _ in range(10):
        threads = [threading.Thread(target=act) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(issued), Invitation.objects.count()) == (20, 20)
    assert Invitation.objects.valid().count() == 1


# Slips ------------------------------------------------------------------------------------------


def test_slips_are_issued_for_many_and_recorded_once(ceremony):
    slips = invitations.issue_slips(
        actor=None, ceremony=ceremony, participants=list(ceremony.participants.all())
    )
    assert all(re.fullmatch(r"\d{8}", slip.pin) for slip in slips)
    assert [try_pin(slip.participant, slip.pin).participant for slip in slips] == [
        slip.participant for slip in slips
    ]
    event = Event.objects.get(act="invitation.issued")
    assert event.data == {"channel": "SLIP", "count": 2}


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_out_in_opposite_orders_do_not_wait_for_each_other_for_ever(monkeypatch):
    monkeypatch.setattr(invitations, "AT_ONCE", 1)
    ceremony = make.open_ceremony(employees=20)
    people = list(ceremony.participants.order_by("pk"))
    together = threading.Barrier(2)
    issued = []

    def act(participants):
        slips = invitations.draw_slips(ceremony, participants)
        together.wait()
        issued.append(invitations.validate_slips(actor=None, ceremony=ceremony, slips=slips))
        connection.close()

    threads = [threading.Thread(target=act, args=[order]) for order in (people, people[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(slips) for slips in issued] == [20, 20]
    assert Invitation.objects.valid().count() == 20


def test_a_slip_printed_again_revokes_the_old_pin(participant):
    old, new = make.pin_of(participant), make.pin_of(participant)
    assert refuse_pin(participant, old).message == WRONG
    assert refuse_pin(participant, other_than(old)).message == WRONG
    assert try_pin(participant, new).participant == participant


def test_a_wrong_pin_an_unknown_number_and_another_ceremony_are_told_apart_by_nobody(ceremony):
    first, second = make.participant_of(ceremony, 0), make.participant_of(ceremony, 1)
    pin = make.pin_of(first)
    elsewhere = make.open_ceremony()
    refusals = [refuse_pin(first, other_than(pin)), refuse_pin(second, pin)]
    for place, number in [(ceremony, "1" * 18), (elsewhere, first.number), (ceremony, "")]:
        with pytest.raises(WrongPin) as caught:
            invitations.find_by_pin(ceremony=place, number=number, pin=pin)
        refusals.append(caught.value)
    assert {(each.status, each.field, each.message) for each in refusals} == {(403, "pin", WRONG)}


def test_five_wrong_pins_lock_this_participant_alone_for_fifteen_minutes(ceremony):
    first, second = make.participant_of(ceremony, 0), make.participant_of(ceremony, 1)
    pin, other_pin = make.pin_of(first), make.pin_of(second)
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(5):
            assert refuse_pin(first, other_than(pin)).message == WRONG
        locked = refuse_pin(first, pin)
        assert (type(locked), locked.status, locked.field) == (Locked, 429, "pin")
        assert locked.message == (
            "PIN salah dimasukkan lima kali. Coba lagi 15 menit lagi, atau minta operator OPD "
            "Anda atau BKPSDM membuka kuncinya sekarang."
        )
        assert try_pin(second, other_pin).participant == second
        clock.move_to(START + timedelta(minutes=14, seconds=30))
        assert "Coba lagi 1 menit lagi" in refuse_pin(first, pin).message
        clock.move_to(START + timedelta(minutes=15))
        assert try_pin(first, pin).participant == first


def test_a_number_without_a_slip_is_locked_like_one_that_has_one(ceremony):
    """Else the lock would tell who is on the roster."""
    holder, without = make.participant_of(ceremony, 0), make.participant_of(ceremony, 1)
    make.pin_of(holder)

    def answers(number, tries):
        told = []
        for _ in range(tries):
            with pytest.raises((WrongPin, Locked)) as caught:
                invitations.find_by_pin(ceremony=ceremony, number=number, pin="00000000")
            told.append((type(caught.value), caught.value.message))
        return told

    with time_machine.travel(START, tick=False) as clock:
        for wait, tries in [(0, 4), (20, 3), (14, 1), (2, 7)]:
            clock.shift(timedelta(minutes=wait))
            expected = answers(holder.number, tries)
            assert answers(without.number, tries) == expected
            assert answers("1" * 18, tries) == expected
    assert expected[-1][0] is Locked
    with pytest.raises(WrongPin):
        invitations.find_by_pin(ceremony=make.open_ceremony(), number="1" * 18, pin="00000000")


def test_no_number_is_kept_of_those_who_hold_no_slip(ceremony):
    with pytest.raises(WrongPin):
        invitations.find_by_pin(ceremony=ceremony, number="197001012010011999", pin="00000000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = str(cursor.fetchall())
    assert "guess:" in kept
    assert "197001012010011999" not in kept


def test_a_locked_slip_says_nothing_of_an_older_one(participant):
    old = make.pin_of(participant)
    make.pin_of(participant)
    for _ in range(5):
        refuse_pin(participant, other_than(old))
    assert isinstance(refuse_pin(participant, old), Locked)


def test_a_new_slip_ends_the_lock(participant):
    pin = make.pin_of(participant)
    for _ in range(5):
        refuse_pin(participant, other_than(pin))
    assert try_pin(participant, make.pin_of(participant)).participant == participant


def test_the_right_pin_starts_the_count_anew(participant):
    pin = make.pin_of(participant)
    for _ in range(2):
        for _ in range(4):
            refuse_pin(participant, other_than(pin))
        assert try_pin(participant, pin).participant == participant


def test_after_a_lock_five_more_tries_are_counted(participant):
    pin = make.pin_of(participant)
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(5):
            refuse_pin(participant, other_than(pin))
        clock.shift(timedelta(minutes=15))
        for _ in range(5):
            assert isinstance(refuse_pin(participant, other_than(pin)), WrongPin)
        assert isinstance(refuse_pin(participant, pin), Locked)


@pytest.mark.django_db(transaction=True)
def test_wrong_pins_at_the_same_moment_are_all_counted(participant):
    pin = make.pin_of(participant)

    def guess():
        refuse_pin(participant, other_than(pin))
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert isinstance(refuse_pin(participant, pin), Locked)


def test_equal_pins_of_two_people_are_kept_apart(ceremony):
    first, second = make.participant_of(ceremony, 0), make.participant_of(ceremony, 1)
    assert invitations.hash_pin(first, "12345678") != invitations.hash_pin(second, "12345678")
