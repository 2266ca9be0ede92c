"""What the worker sends, to a real mail server: once to each, whatever that answers."""

import re
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from agencies.models import Event, Role
from pledges.choices import Channel, MailingKind
from pledges.models import Mailing, ParticipantMail
from pledges.services import absences, ceremonies, invitations
from pledges.services.mailings import asking, queue, reasons, recipients, sending
from tests import factories
from tests.mailing import DROP, invitees, mailing_of, officer_of, states_of

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://127\.0\.0\.1:8000/t/([\w-]+)/")
NOON = datetime(2023, 1, 11, 5, 0, tzinfo=UTC)  # 12.00 WIB


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def mail_of(mailing, address):
    return mailing.mails.get(address=address)


def test_each_gets_one_mail_with_a_link_that_opens_the_own_page(mail_server):
    ceremony = invitees("a@dumai.example", "b@dumai.example")
    mailing = mailing_of(ceremony)
    assert sending.work() == 2
    assert mail_server.counts == {"a@dumai.example": 1, "b@dumai.example": 1}
    assert mail_server.connections == 1
    mail = mail_server.mail_to("b@dumai.example")
    [text, html] = [part.get_content() for part in mail.iter_parts()]
    [token] = LINK.findall(text)
    invitation = invitations.find_by_token(token)
    assert invitation.participant.employee.email == "b@dumai.example"
    assert (invitation.channel, invitation.sent_to) == (Channel.EMAIL, "b@dumai.example")
    assert set(LINK.findall(html)) == {token}
    stored = mail_of(mailing, "b@dumai.example")
    assert stored.invitation == invitation
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == (stored.message_id, "auto-generated")
    mailing.refresh_from_db()
    assert (mailing.state, set(states_of(mailing).values())) == ("DONE", {"SENT"})


def test_nothing_is_sent_again_when_it_runs_again(mail_server):
    mailing_of(invitees("a@dumai.example"))
    assert (sending.work(), sending.work()) == (1, 0)
    assert mail_server.counts == {"a@dumai.example": 1}


def test_two_who_share_a_mailbox_get_one_mail_each(mail_server):
    ceremony = invitees("kantor@dumai.example", "kantor@dumai.example")
    mailing_of(ceremony)
    sending.work()
    assert mail_server.counts == {"kantor@dumai.example": 2}
    links = {LINK.search(content.decode()).group(1) for _, content in mail_server.taken}
    found = {invitations.find_by_token(token).participant for token in links}
    assert found == set(ceremony.participants.all())


def test_a_refused_address_is_told_with_its_reason_and_not_tried_again(mail_server):
    mail_server.answers = {"a@dumai.example": ["550 5.1.1 a@dumai.example no such user"]}
    mailing = mailing_of(invitees("a@dumai.example", "b@dumai.example"))
    sending.work()
    assert states_of(mailing) == {"a@dumai.example": "BOUNCED", "b@dumai.example": "SENT"}
    reason = mail_of(mailing, "a@dumai.example").reason
    assert reason == "Alamat tidak dikenal oleh server tujuan. (kode 5.1.1)"
    mailing.refresh_from_db()
    assert mailing.state == "DONE"


def test_what_is_put_off_is_tried_again_after_a_pause(mail_server, clock):
    mail_server.answers = {"a@dumai.example": ["451 4.7.1 Greylisted"]}
    mailing = mailing_of(invitees("a@dumai.example"))
    sending.work()
    waiting = mail_of(mailing, "a@dumai.example")
    assert (waiting.state, waiting.failures) == ("WAITING", 1)
    assert waiting.next_at == NOON + sending.PAUSES[0]
    assert sending.work() == 0
    clock.shift(sending.PAUSES[0])
    assert sending.work() == 1
    assert states_of(mailing) == {"a@dumai.example": "SENT"}
    assert mail_server.mail_to("a@dumai.example")["Message-ID"] == waiting.message_id


def test_it_fails_in_the_end(mail_server, clock):
    mail_server.answers = {"a@dumai.example": ["451 4.3.0 Later"] * 9}
    mailing = mailing_of(invitees("a@dumai.example"))
    for pause in [*sending.PAUSES, timedelta(0)]:
        assert sending.work() == 1
        clock.shift(pause)
    failed = mail_of(mailing, "a@dumai.example")
    assert (failed.state, failed.failures) == ("FAILED", len(sending.PAUSES) + 1)
    assert failed.reason == "Server surel belum dapat menerima. (kode 4.3.0)"
    mailing.refresh_from_db()
    assert mailing.state == "DONE"


def test_a_server_that_is_lost_before_the_mail_is_asked_again(mail_server, clock):
    mail_server.answers = {"a@dumai.example": [DROP]}
    mailing = mailing_of(invitees("a@dumai.example", "b@dumai.example"))
    sending.work()
    assert states_of(mailing) == {"a@dumai.example": "WAITING", "b@dumai.example": "SENT"}
    clock.shift(sending.PAUSES[0])
    sending.work()
    assert mail_server.counts == {"a@dumai.example": 1, "b@dumai.example": 1}


def test_a_server_that_is_lost_after_the_mail_leaves_it_unsure(mail_server, clock):
    mail_server.after_data = {"a@dumai.example": [DROP]}
    mailing = mailing_of(invitees("a@dumai.example"))
    sending.work()
    clock.shift(timedelta(days=1))
    sending.work()
    assert states_of(mailing) == {"a@dumai.example": "UNSURE"}
    assert mail_of(mailing, "a@dumai.example").reason == reasons.UNSURE
    assert mail_server.counts == {"a@dumai.example": 1}


def test_while_the_server_is_away_nothing_is_claimed(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    mailing = mailing_of(invitees("a@dumai.example"))
    assert sending.work() == 0
    waiting = mail_of(mailing, "a@dumai.example")
    assert (waiting.state, waiting.failures, waiting.invitation) == ("WAITING", 0, None)
    assert sending.is_anything_due()


def test_what_a_dead_worker_had_in_hand_is_told_as_unsure(mailoutbox, clock):
    mailing = mailing_of(invitees("a@dumai.example"))
    sending.begin(mailing)
    sending._claim(mail_of(mailing, "a@dumai.example").pk)
    assert sending.work() == 0
    assert states_of(mailing) == {"a@dumai.example": "SENDING"}
    clock.shift(sending.LOST_AFTER + timedelta(seconds=1))
    assert sending.is_anything_due()
    sending.work()
    assert states_of(mailing) == {"a@dumai.example": "UNSURE"}
    mailing.refresh_from_db()
    assert (mailing.state, mailoutbox) == ("DONE", [])


def test_a_slow_worker_still_notes_how_it_ended(clock):
    mailing = mailing_of(invitees("a@dumai.example"))
    sending.begin(mailing)
    claimed, token = sending._claim(mail_of(mailing, "a@dumai.example").pk)
    assert token
    clock.shift(sending.LOST_AFTER + timedelta(seconds=1))
    sending.tell_lost(timezone.now())
    sending._settle(claimed, "SENT", sent_at=timezone.now(), reason="")
    assert states_of(mailing) == {"a@dumai.example": "SENT"}


def test_the_rate_holds_for_all_mailings_together(mailoutbox, settings, clock):
    settings.MAIL_PER_MINUTE = 3
    ceremony = invitees(*[f"p{n}@dumai.example" for n in range(4)])
    mailing_of(ceremony)
    mailing_of(invitees("q@dumai.example"))
    assert (sending.work(), sending.work()) == (3, 0)
    clock.shift(timedelta(seconds=61))
    assert (sending.work(), len(mailoutbox)) == (2, 5)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_share_the_mails_and_the_rate(mail_server, settings):
    settings.MAIL_PER_MINUTE = 12
    mailing = mailing_of(invitees(*(f"p{n}@dumai.example" for n in range(20))))
    together, handed = threading.Barrier(2), []

    def work():
        together.wait()
        handed.append(sending.work())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(handed) == 12
    assert (len(mail_server.counts), set(mail_server.counts.values())) == (12, {1})
    assert Counter(states_of(mailing).values()) == {"SENT": 12, "WAITING": 8}


def test_a_mailing_reaches_only_who_has_not_signed_when_it_is_due(mailoutbox):
    ceremony = invitees("a@dumai.example", "b@dumai.example", "c@dumai.example", "")
    mailing = mailing_of(ceremony)
    signed, excused = ceremony.participants.order_by("id")[:2]
    factories.sign(signed)
    absences.excuse(actor=officer_of(ceremony), participant=excused, reason="Cuti")
    sending.work()
    assert states_of(mailing) == {"c@dumai.example": "SENT"}
    assert [mail.to for mail in mailoutbox] == [["c@dumai.example"]]


def test_who_signs_while_it_is_sent_gets_none(mailoutbox, settings, clock):
    settings.MAIL_PER_MINUTE = 1
    ceremony = invitees("a@dumai.example", "b@dumai.example")
    mailing = mailing_of(ceremony)
    sending.work()
    factories.sign(ceremony.participants.get(employee__email="b@dumai.example"))
    clock.shift(timedelta(seconds=61))
    sending.work()
    assert states_of(mailing) == {"a@dumai.example": "SENT", "b@dumai.example": "DROPPED"}
    assert mail_of(mailing, "b@dumai.example").reason == reasons.SIGNED
    assert len(mailoutbox) == 1


def test_a_mailing_after_the_closing_is_cancelled_and_says_why(mailoutbox):
    ceremony = invitees("a@dumai.example")
    mailing = mailing_of(ceremony)
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    sending.work()
    mailing.refresh_from_db()
    assert (mailing.state, mailing.reason, mailoutbox) == ("CANCELLED", reasons.CLOSED, [])


def test_an_operator_s_mailing_reaches_the_own_opd_alone(mailoutbox):
    government = factories.GovernmentFactory()
    own, other = (factories.OpdFactory(parent=government) for _ in range(2))
    factories.EmployeeFactory(agency=own, email="own@dumai.example")
    factories.EmployeeFactory(agency=other, email="other@dumai.example")
    ceremony = factories.open_ceremony(government, employees=0)
    mailing_of(ceremony, factories.user_with_role("OPERATOR", own))
    sending.work()
    assert [mail.to for mail in mailoutbox] == [["own@dumai.example"]]


def test_rights_that_ended_since_the_asking_reach_nobody(mailoutbox):
    mailing = mailing_of(invitees("a@dumai.example"))
    Role.objects.filter(user=mailing.asked_by).delete()
    sending.work()
    mailing.refresh_from_db()
    assert (mailing.state, mailing.mails.count(), mailoutbox) == ("DONE", 0, [])


@pytest.mark.parametrize(
    ("clock_time", "sent"), [("06.59", 0), ("07.00", 1), ("19.59", 1), ("20.00", 0)]
)
def test_at_night_nothing_is_sent(mailoutbox, clock_time, sent):
    hour, minute = map(int, clock_time.split("."))
    ceremony = invitees("a@dumai.example")
    with time_machine.travel(NOON - timedelta(days=1)):
        mailing_of(ceremony, earliest="07:00", latest="20:00")
    moment = NOON.replace(hour=0) + timedelta(hours=hour - 7, minutes=minute)
    with time_machine.travel(moment, tick=False):
        assert (sending.is_anything_due(), sending.work()) == (bool(sent), sent)


def test_before_its_time_nothing_is_due(mailoutbox, clock):
    mailing_of(invitees("a@dumai.example"), send_at=NOON + timedelta(hours=1))
    assert (sending.is_anything_due(), sending.work()) == (False, 0)
    clock.shift(timedelta(hours=1))
    assert (sending.is_anything_due(), sending.work()) == (True, 1)


def test_a_reminder_ends_the_link_mailed_before(mailoutbox, clock):
    ceremony = invitees("a@dumai.example")
    officer = officer_of(ceremony)
    for kind in (MailingKind.INVITATION, MailingKind.REMINDER):
        mailing_of(ceremony, officer, kind)
        sending.work()
        clock.shift(recipients.RECENT)
    tokens = [LINK.search(mail.body).group(1) for mail in mailoutbox]
    with pytest.raises(invitations.UnknownInvitation):
        invitations.find_by_token(tokens[0])
    assert invitations.find_by_token(tokens[1]).channel == Channel.EMAIL


def test_mailings_that_overlap_are_one_mail(mailoutbox, clock):
    ceremony = invitees("a@dumai.example")
    first, second = mailing_of(ceremony), mailing_of(ceremony)
    sending.work()
    assert states_of(first) == {"a@dumai.example": "SENT"}
    assert states_of(second) == {"a@dumai.example": "DROPPED"}
    assert mail_of(second, "a@dumai.example").reason == reasons.RECENT
    assert len(mailoutbox) == 1


def test_a_stopped_mailing_sends_no_more(mailoutbox, settings):
    settings.MAIL_PER_MINUTE = 1
    mailing = mailing_of(invitees("a@dumai.example", "b@dumai.example"))
    sending.work()
    asking.stop(actor=mailing.asked_by, mailing=mailing)
    settings.MAIL_PER_MINUTE = 9
    assert sending.work() == 0
    assert states_of(mailing) == {"a@dumai.example": "SENT", "b@dumai.example": "DROPPED"}


def test_a_failed_mail_is_sent_again_by_hand_as_another_mail(mail_server):
    mail_server.answers = {"a@dumai.example": ["552 5.2.2 Full"]}
    mailing = mailing_of(invitees("a@dumai.example"))
    sending.work()
    before = mail_of(mailing, "a@dumai.example")
    asking.send_again(actor=mailing.asked_by, mail=before)
    sending.work()
    assert states_of(mailing) == {"a@dumai.example": "SENT"}
    assert mail_server.mail_to("a@dumai.example")["Message-ID"] != before.message_id
    with pytest.raises(asking.WrongState) as caught:
        asking.send_again(actor=mailing.asked_by, mail=before)
    assert caught.value.message == asking.SURE


def test_the_worker_is_asked_once(run_tasks, mailoutbox):
    mailing_of(invitees("a@dumai.example"))
    assert (queue.enqueue_due(), queue.enqueue_due()) == (True, False)
    run_tasks()
    assert (len(mailoutbox), queue.enqueue_due()) == (1, False)


def test_the_trail_tells_of_it_without_names_or_addresses(mailoutbox):
    mailing_of(invitees("a@dumai.example"))
    sending.work()
    events = Event.objects.filter(act__startswith="mailing.").order_by("id")
    told = [(event.act, event.data) for event in events]
    assert told == [
        ("mailing.asked", {"kind": "INVITATION"}),
        ("mailing.begun", {"count": 1}),
    ]


def test_a_mailing_for_nobody_is_refused():
    ceremony = invitees("a@dumai.example")
    officer = officer_of(ceremony)
    factories.sign(ceremony.participants.get())
    with pytest.raises(asking.WrongState) as caught:
        mailing_of(ceremony, officer)
    assert (caught.value.message, Mailing.objects.count()) == (asking.NOBODY, 0)
    assert ParticipantMail.objects.count() == 0
