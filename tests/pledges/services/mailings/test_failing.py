"""What goes wrong between a mailing and its mails hurts nobody but the mail in hand."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from agencies.models import Employee
from netralitas.lib.post import Post, ServerAway
from pledges.choices import Channel, MailingKind
from pledges.models import Participant
from pledges.services import ceremonies
from pledges.services.mailings import letters, reasons, sending
from tests.mailing import invitees, mailing_of, states_of

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 1, 11, 5, 0, tzinfo=UTC)  # 12.00 WIB
A, B = "a@dumai.example", "b@dumai.example"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def link_of(participant):
    """The personal link by mail that stands, or None."""
    return participant.invitations.valid().filter(channel=Channel.EMAIL).first()


# The link that somebody has already -------------------------------------------------------------


@pytest.fixture
def invited(mail_server, clock):
    """Somebody who got an invitation, which is a day old."""
    ceremony = invitees(A)
    mailing_of(ceremony)
    sending.work()
    clock.shift(timedelta(days=1))
    return ceremony.participants.get()


@pytest.mark.parametrize(
    ("answer", "state"),
    [("552 5.2.2 Full", "BOUNCED"), ("451 4.3.0 Later", "WAITING"), ("550 5.7.1 No", "WAITING")],
)
def test_a_link_stands_as_long_as_no_newer_one_was_sent(mail_server, invited, answer, state):
    first = link_of(invited)
    mail_server.answers = {A: [answer]}
    reminder = mailing_of(invited.ceremony, kind=MailingKind.REMINDER)
    sending.work()
    assert states_of(reminder) == {A: state}
    assert link_of(invited) == first


def test_the_next_try_ends_it_when_it_succeeds(mail_server, invited, clock):
    first = link_of(invited)
    mail_server.answers = {A: ["451 4.3.0 Later"]}
    reminder = mailing_of(invited.ceremony, kind=MailingKind.REMINDER)
    sending.work()
    clock.shift(sending.PAUSES[0])
    sending.work()
    assert link_of(invited) == reminder.mails.get().invitation != first


def test_who_signs_while_it_fails_keeps_no_link(mail_server, invited):
    mail_server.answers = {A: ["552 5.2.2 Full"]}
    reminder = mailing_of(invited.ceremony, kind=MailingKind.REMINDER)
    sending.begin(reminder)
    mail, token = sending._claim(reminder.mails.get().pk)
    assert token
    mail.participant.invitations.valid().update(revoked_at=NOON)
    sending._hand_over(Post(), mail, token)
    assert link_of(invited) is None


def test_a_first_link_that_reached_nobody_ends(mail_server, clock):
    mail_server.answers = {A: ["550 5.1.1 Unknown"]}
    ceremony = invitees(A)
    mailing_of(ceremony)
    sending.work()
    assert link_of(ceremony.participants.get()) is None


# The address ------------------------------------------------------------------------------------


def test_it_goes_to_the_address_of_the_moment(mail_server, settings, clock):
    mailing = mailing_of(invitees(A))
    sending.begin(mailing)
    Employee.objects.filter(email=A).update(email=B)
    sending.work()
    assert mail_server.counts == {B: 1}
    mail = mailing.mails.get()
    assert (mail.address, mail.invitation.sent_to) == (B, B)


def test_without_an_address_it_is_left(mail_server, clock):
    mailing = mailing_of(invitees(A))
    sending.begin(mailing)
    Employee.objects.filter(email=A).update(email="")
    sending.work()
    mail = mailing.mails.get()
    assert (mail.state, mail.reason, mail_server.counts) == ("DROPPED", reasons.NO_ADDRESS, {})


# One mail does not stop the others --------------------------------------------------------------


def test_whoever_signs_in_the_moment_of_the_claim_gets_none(mail_server, monkeypatch, clock):
    mailing = mailing_of(invitees(A, B))
    sending.begin(mailing)
    monkeypatch.setattr(sending, "_why_not", lambda mail: "")
    Participant.objects.filter(employee__email=A).update(state="EXCUSED", reason="Cuti")
    sending.work()
    assert states_of(mailing) == {A: "DROPPED", B: "SENT"}


def test_a_mail_that_cannot_be_written_fails_alone(mail_server, monkeypatch, clock):
    mailing = mailing_of(invitees(A, B))
    write = letters.message_for

    def fail(mail, token):
        message = write(mail, token)
        if mail.address == A:
            message.extra_headers["X"] = "a\nb"
        return message

    monkeypatch.setattr(letters, "message_for", fail)
    sending.work()
    assert states_of(mailing) == {A: "FAILED", B: "SENT"}
    assert mailing.mails.get(address=A).reason == reasons.NOT_WRITTEN
    assert mail_server.counts == {B: 1}


def test_a_server_that_goes_away_takes_nothing_with_it(monkeypatch, clock):
    def away(post, message):
        raise ServerAway

    mailing = mailing_of(invitees(A, B))
    monkeypatch.setattr(Post, "open", lambda post: None)
    monkeypatch.setattr(Post, "hand_over", away)
    assert sending.work() == 0
    assert states_of(mailing) == {A: "WAITING", B: "WAITING"}
    assert set(mailing.mails.values_list("failures", flat=True)) == {0}


def test_when_the_night_comes_the_rest_waits(mail_server, clock):
    clock.move_to(NOON.replace(hour=12, minute=59))  # 19.59 WIB
    mailing = mailing_of(invitees(A, B), earliest="07:00", latest="20:00")
    mail_server.hooks[("DATA", A)] = lambda: clock.shift(timedelta(minutes=1))
    sending.work()
    assert states_of(mailing) == {A: "SENT", B: "WAITING"}


def test_a_small_mailing_does_not_wait_for_a_large_one(mailoutbox, settings, clock):
    settings.MAIL_PER_MINUTE = 1
    mailing_of(invitees(*(f"p{n}@dumai.example" for n in range(3))))
    clock.shift(timedelta(minutes=1))
    mailing_of(invitees(A))
    sending.work()
    assert [mail.to for mail in mailoutbox] == [[A]]


def test_a_closing_ends_what_still_waits(mailoutbox, clock):
    ceremony = invitees(A)
    mailing = mailing_of(ceremony)
    sending.begin(mailing)
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    sending.work()
    assert (states_of(mailing), mailoutbox) == ({A: "DROPPED"}, [])
