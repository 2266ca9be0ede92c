"""Mails about accounts: what they say, that their links work once, and what becomes of failures."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from agencies.models import AccountMail, User
from agencies.services import account_mails, accounts, mailing
from agencies.tasks import send_account_mail
from netralitas.lib.errors import Refusal
from tests import factories

ADDRESS = "khairil@dumaikota.example"
NEW_PASSWORD = "kata-sandi-baru-saya"
# Nothing listens there: a mail server that is away.
NOWHERE = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_PORT": 1,
}


@pytest.fixture
def head(city):
    """The invited head of an OPD; the mail waits for the worker."""
    return accounts.invite_user(
        actor=city.hr,
        government=city.government,
        name="Khairil Adli",
        email=ADDRESS,
        role="HEAD",
        agency=city.opd,
    )


@pytest.fixture
def no_server(settings):
    for name, value in NOWHERE.items():
        setattr(settings, name, value)


def link_in(message):
    """The path of the link in a mail."""
    site, path = re.search(r"(https?://[^/\s]+)(/\S+/sandi/\S+)", message.body).groups()
    assert site == "http://127.0.0.1:8000"
    assert f'href="{site}{path}"' in message.alternatives[0].content
    return path


def set_password(client, path, password=NEW_PASSWORD):
    """Follow the link as a browser does; the answer of the form, or the page that has none."""
    page = client.get(path, follow=True)
    if not page.redirect_chain:
        return page
    form = page.redirect_chain[-1][0]
    return client.post(form, {"password1": password, "password2": password})


# What it says -----------------------------------------------------------------------------------


def test_an_invitation_says_who_invites_as_what_and_until_when(head, city, run_tasks):
    with time_machine.travel(datetime(2023, 1, 11, 1, 0, tzinfo=UTC), tick=False):
        run_tasks()
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([ADDRESS], "Undangan membuat akun Netralitas")
    for text in (message.body, message.alternatives[0].content):
        assert "Yth. Khairil Adli" in text
        assert "Pemerintah Kota Dumai membuatkan Anda akun" in text
        assert "Kepala OPD, Dinas Komunikasi dan Informatika" in text
        assert "Sabtu, 14 Januari 2023, 08.00 WIB" in text
    assert "Nama pengguna: khairil" in message.body


def test_a_mail_never_holds_an_identity_number(city, run_tasks):
    employee = factories.EmployeeFactory(agency=city.opd, email=ADDRESS, name="D'Amato & Anak")
    accounts.invite_employee(actor=city.hr, employee=employee)
    run_tasks()
    (message,) = mail.outbox
    assert "Nama pengguna: NIP Anda" in message.body
    assert "Yth. D'Amato & Anak, S.Kom.," in message.body
    assert "D&#x27;Amato &amp; Anak" in message.alternatives[0].content
    assert employee.number not in str(message.message())


def test_a_time_is_told_in_the_zone_of_the_government(city, run_tasks):
    city.government.time_zone = "Asia/Jayapura"
    city.government.save()
    employee = factories.EmployeeFactory(agency=city.opd, email=ADDRESS)
    accounts.invite_employee(actor=city.hr, employee=employee)
    with time_machine.travel(datetime(2023, 1, 11, 16, 0, tzinfo=UTC), tick=False):
        run_tasks()
    assert "Minggu, 15 Januari 2023, 01.00 WIT" in mail.outbox[0].body


# The link ---------------------------------------------------------------------------------------


def test_the_link_lets_the_owner_set_a_password_and_log_in(client, head, run_tasks):
    run_tasks()
    answer = set_password(client, link_in(mail.outbox[0]))
    assert answer.status_code == 302
    assert User.objects.get(pk=head.pk).check_password(NEW_PASSWORD)
    client.post(reverse("account_login"), {"login": "khairil", "password": NEW_PASSWORD})
    assert client.session["_auth_user_id"] == str(head.pk)


def test_a_used_link_opens_nothing(client, head, run_tasks):
    run_tasks()
    link = link_in(mail.outbox[0])
    set_password(client, link)
    set_password(client, link, "kata-sandi-penyusup")
    assert User.objects.get(pk=head.pk).check_password(NEW_PASSWORD)


def test_a_newer_invitation_voids_the_link_of_the_older(client, head, city, run_tasks):
    run_tasks()
    account_mails.send_invitation(actor=city.hr, user=head)
    run_tasks()
    old, new = map(link_in, mail.outbox)
    set_password(client, old)
    assert not User.objects.get(pk=head.pk).has_usable_password()
    set_password(client, new)
    assert User.objects.get(pk=head.pk).check_password(NEW_PASSWORD)


def test_a_link_expires_after_three_days(client, head, run_tasks):
    run_tasks()
    with time_machine.travel(timedelta(days=3, minutes=1)):
        set_password(client, link_in(mail.outbox[0]))
    assert not User.objects.get(pk=head.pk).has_usable_password()


def test_the_link_of_an_ended_account_opens_nothing_not_even_after_its_return(
    client, head, city, run_tasks
):
    run_tasks()
    accounts.end_account(actor=city.hr, user=head)
    accounts.restore_account(actor=city.hr, user=head)
    set_password(client, link_in(mail.outbox[0]))
    assert not User.objects.get(pk=head.pk).has_usable_password()


# Asking again -----------------------------------------------------------------------------------


def test_asking_twice_before_the_worker_comes_sends_one_mail(head, city, run_tasks):
    account_mails.send_invitation(actor=city.hr, user=head)
    run_tasks()
    assert len(mail.outbox) == 1
    assert sorted(head.account_mails.values_list("state", "address")) == [
        ("DROPPED", ""),
        ("SENT", ""),
    ]


def test_who_has_a_password_needs_no_invitation(head, city, client, run_tasks):
    run_tasks()
    set_password(client, link_in(mail.outbox[0]))
    with pytest.raises(Refusal, match="Lupa kata sandi"):
        account_mails.send_invitation(actor=city.hr, user=head)


def test_an_invitation_that_waits_is_dropped_once_there_is_a_password(head, run_tasks):
    user = User.objects.get(pk=head.pk)
    user.set_password(NEW_PASSWORD)
    user.save()
    run_tasks()
    assert mail.outbox == []
    assert head.account_mails.get().state == "DROPPED"
    assert User.objects.get(pk=head.pk).check_password(NEW_PASSWORD)


def test_a_mail_that_was_sent_is_not_sent_again(head, run_tasks):
    run_tasks()
    send_account_mail.enqueue(str(head.account_mails.get().uuid))
    run_tasks()
    assert len(mail.outbox) == 1


# Failures ---------------------------------------------------------------------------------------


def pauses():
    """How long the tasks that wait will wait, in minutes."""
    now = datetime.now(UTC)
    waiting = DBTaskResult.objects.filter(status="READY").order_by("run_after")
    return [round((task.run_after - now).total_seconds() / 60) for task in waiting]


def test_what_fails_is_tried_again_and_sent_when_the_server_is_back(
    head, no_server, run_tasks, settings
):
    run_tasks()
    waiting = head.account_mails.get()
    assert (waiting.state, waiting.failures, waiting.address) == ("WAITING", 1, ADDRESS)
    assert pauses() == [1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timedelta(minutes=2)):
        run_tasks()
    assert len(mail.outbox) == 1
    assert head.account_mails.get().state == "SENT"


def test_after_five_failures_the_mail_has_failed_and_its_address_is_forgotten(
    head, no_server, run_tasks
):
    later = timedelta()
    for pause in (timedelta(), *mailing.PAUSES):
        later += pause + timedelta(seconds=1)
        with time_machine.travel(later):
            run_tasks()
    failed = AccountMail.objects.get()
    assert (failed.state, failed.failures, failed.address) == ("FAILED", 5, "")
    assert not DBTaskResult.objects.filter(status="READY").exists()


def test_the_log_names_neither_address_nor_link(head, no_server, run_tasks, caplog):
    with caplog.at_level(logging.DEBUG):
        run_tasks()
    (line,) = [record.getMessage() for record in caplog.records if "mailing" in record.name]
    uuid = head.account_mails.get().uuid
    assert line == f"Account mail {uuid} could not be sent: ConnectionRefusedError"
    assert ADDRESS not in caplog.text
    assert "/sandi/" not in caplog.text


def test_the_queue_holds_neither_address_nor_link(head):
    assert ADDRESS not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
