"""The log holds no secret that is part of an address."""

import io
import json
import logging
import logging.config

import pytest
from django.conf import settings
from django.urls import reverse

from netralitas.lib import envelopes, tickets
from netralitas.logs import SecretsFormatter
from tests import factories

TOKEN = "Zk9-x_Q2mNf0bT7aLr3wUg"
RECEIPT = "4Q7ZK2M9XAB0CDEFGHJKMNPQRS"
NIP = "197001012010011001"


@pytest.fixture
def handler():
    """A handler that writes lines as the settings say."""
    config = settings.LOGGING["formatters"]["line"]
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(SecretsFormatter(config["format"], style=config["style"]))
    return handler


@pytest.fixture
def log(handler):
    """What the handler writes of everything that is logged, at every level."""
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    ("message", "arguments", "line"),
    [
        ("Not Found: %s", (f"/t/{TOKEN}/",), "Not Found: /t/…/"),
        (f"GET /t/{TOKEN}/pakta.pdf 200", (), "GET /t/…/pakta.pdf 200"),
        ('"%s %s" %s', ("GET", f"/v/{RECEIPT}/", 200), '"GET /v/…/" 200'),
        ("%s", (f"/i/ABCD3467/bukti/{RECEIPT}/",), "/i/ABCD3467/bukti/…/"),
        ("https://ikrar.example/t/%s", (TOKEN,), "https://ikrar.example/t/…"),
        ("GET %s 302", (f"/masuk/sandi/3-{TOKEN}/",), "GET /masuk/sandi/…/ 302"),
        (f"GET /layar/{TOKEN}:1xUz:a/angka.json", (), "GET /layar/…/angka.json"),
        ("Gone: %s", (f"/layar/{TOKEN}:1xUz:a/",), "Gone: /layar/…/"),
        (f"GET /acara/a/bantuan/peserta/?q={NIP}&page=2", (), "GET /acara/a/bantuan/peserta/?…"),
        (f"GET /i/ABCD3467/?nip={NIP} 200", (), "GET /i/ABCD3467/?… 200"),
        ("DETAIL:  Key (number)=(%s) exists", (NIP,), "DETAIL:  Key (number)=(…) exists"),
        ("NIK %s, 12345678901234567890", (NIP[:16],), "NIK …, 12345678901234567890"),
        ("Not Found: %s", ("/v/",), "Not Found: /v/"),
        ("Forbidden: %s", ("/acara/t/",), "Forbidden: /acara/t/"),
    ],
)
def test_the_secret_part_of_an_address_is_left_out(log, message, arguments, line):
    logging.getLogger("django.request").warning(message, *arguments)
    assert log.getvalue() == f"WARNING django.request {line}\n"


def test_a_traceback_holds_no_secret_either(log):
    try:
        raise ValueError(f"cannot serve /t/{TOKEN}/ and /v/{RECEIPT}/")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error")
    assert "ValueError: cannot serve /t/…/ and /v/…/" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_a_log_call_with_wrong_arguments_does_not_stop_the_caller(handler, capsys):
    record = logging.LogRecord("somebody.else", logging.INFO, "", 1, "%d", ("none",), None)
    assert handler.handle(record) is True
    assert "TypeError: %d format" in capsys.readouterr().err


@pytest.mark.django_db
def test_no_request_of_a_signer_puts_token_or_receipt_into_the_log(client, log):
    ceremony = factories.open_ceremony()
    participant = factories.participant_of(ceremony)
    token = factories.link_of(participant)
    invitation = factories.invitations.find_by_token(token)
    submission = factories.submission_for(participant)
    signature = factories.signing.sign(invitation=invitation, submission=submission)
    for address in (
        reverse("personal-link", args=[token]),
        reverse("personal-link", args=[token[:-1] + "x"]),
        reverse("verify-receipt", args=[signature.receipt]),
        reverse("receipt", args=["TIDAKADA", signature.receipt]),
    ):
        client.get(address)
        client.post(address)
    assert "Method Not Allowed" in log.getvalue()
    assert [secret for secret in (token[:-1], signature.receipt) if secret in log.getvalue()] == []


@pytest.mark.django_db
def test_no_address_of_the_day_of_signing_puts_a_secret_or_a_number_into_the_log(client, log):
    """Good or bad, each is asked for by GET and by POST, by a visitor and by the operator."""
    ceremony = factories.open_ceremony(employees=2)
    participant = factories.participant_of(ceremony)
    operator = factories.user_with_role("OPERATOR", ceremony.organizer)
    pin, token = factories.pin_of(participant), factories.link_of(participant)
    ticket = tickets.issue(factories.invitations.find_by_token(token).pk)
    screen, code = tickets.issue(ceremony.pk, tickets.BOARD), ceremony.code
    secrets = [pin, token, participant.number, ticket, screen, ticket[:-1], screen[:-1]]
    sent = {"number": participant.number, "pin": pin, "ticket": ticket, "q": participant.number}
    content = {"credential": {"number": participant.number, "pin": pin}, "ticket": ticket}
    sealed = json.dumps(envelopes.seal(json.dumps(content).encode()))
    for user in (None, operator):
        if user:
            client.force_login(user)
        for address in (
            reverse("display", args=[screen]),
            reverse("display", args=[screen + "x"]),
            reverse("display-figures", args=[screen[:-1]]),
            reverse("ceremony-entrance", args=[code]),
            reverse("offline", args=[code]),
            reverse("sign", args=[code]),
            reverse("own-pact", args=[code]),
            reverse("send", args=[code]),
            reverse("kiosk-people", args=[ceremony.uuid]),
            reverse("kiosk-hand", args=[ceremony.uuid, participant.uuid]),
            reverse("slip-list", args=[ceremony.uuid]),
            reverse("slip-ask", args=[ceremony.uuid]),
        ):
            client.get(address, {"q": participant.number, "nip": participant.number})
            client.post(address, sent)
        client.post(reverse("send", args=[code]), sealed, content_type="application/json")
        client.post(reverse("send", args=[code]), content, content_type="application/json")
    written = log.getvalue()
    assert "Method Not Allowed" in written
    assert "Bad Request" in written
    assert [secret for secret in secrets if secret in written] == []


def test_the_handler_of_the_installation_writes_this_way():
    assert settings.LOGGING["handlers"]["stderr"]["formatter"] == "line"
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    formatter = configurator.configure_formatter(dict(settings.LOGGING["formatters"]["line"]))
    assert isinstance(formatter, SecretsFormatter)
