"""`manage.py note_bounces`: a mail that comes back later is told; anything else is passed over."""

import io
import sys
from base64 import b64encode
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from netralitas.lib.bounces import MOST_BYTES, read_bounce
from pledges.services.mailings import sending
from tests.mailing import invitees, mailing_of

REPORT = """\
From: MAILER-DAEMON@mail.example
To: netralitas@127.0.0.1
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; a@dumai.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 a@dumai.example no such user

--b
Content-Type: {returned}

Message-ID: {message_id}
Subject: Undangan
To: a@dumai.example

--b--
"""


def report(message_id, action="failed", status="5.1.1", returned="message/rfc822"):
    values = {"message_id": message_id, "action": action, "status": status, "returned": returned}
    return REPORT.format(**values).encode()


@pytest.fixture
def mail(mailoutbox, db):
    """One mail that was sent."""
    mailing = mailing_of(invitees("a@dumai.example"))
    sending.work()
    return mailing.mails.get()


def feed(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    out = io.StringIO()
    call_command("note_bounces", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_comes_back_is_told_with_its_reason(monkeypatch, mail, returned):
    said = feed(monkeypatch, report(mail.message_id, returned=returned))
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (
        "BOUNCED",
        "Alamat tidak dikenal oleh server tujuan. (kode 5.1.1)",
    )
    assert said == "Surel yang kembali dicatat.\n"


@pytest.mark.parametrize(
    "change", [{"action": "delayed", "status": "4.4.1"}, {"message_id": "<guess@127.0.0.1>"}]
)
def test_a_delay_and_a_mail_that_is_not_ours_change_nothing(monkeypatch, mail, change):
    said = feed(monkeypatch, report(**{"message_id": mail.message_id, **change}))
    mail.refresh_from_db()
    assert (mail.state, said) == ("SENT", "Bukan surel kembali dari kiriman kami; dilewati.\n")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00" * 500,
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 200,
        b"Content-Type: message/rfc822\n\n" * 30_000,
        b"Content-Type: message/delivery-status\n\nAction: failed\nStatus: \xff\n\n",
        b"a" * (MOST_BYTES + 1),
    ],
    ids=["nothing", "binary", "no-boundary", "many-parts", "deep", "no-id", "large"],
)
def test_a_hostile_message_is_passed_over(content):
    found = read_bounce(content)
    assert found is None or found.message_ids == ()


def test_numbers_that_no_database_takes_and_too_many_are_passed_over():
    assert read_bounce(report("<a\0b@x>")).message_ids == ()
    many = "\n".join(f"Message-ID: <{n}@x>" for n in range(99))
    content = report(many.removeprefix("Message-ID: "), returned="text/rfc822-headers")
    assert len(read_bounce(content).message_ids) == 10


def test_headers_that_came_back_encoded_are_read():
    encoded = b64encode(b"Message-ID: <a@x>\n").decode()
    kind = "text/rfc822-headers\nContent-Transfer-Encoding: base64"
    content = (
        report(encoded, returned=kind)
        .replace(b"Message-ID: ", b"")
        .replace(b"Subject: Undangan\nTo: a@dumai.example\n", b"")
    )
    assert read_bounce(content).message_ids == ("<a@x>",)
