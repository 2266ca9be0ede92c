"""A real mail server for tests, and mailings to send through it."""

import socket
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from pledges.choices import MailingKind
from pledges.models import Mailing
from pledges.services.mailings import asking
from tests import factories

DROP = "drop"  # the server goes away in the middle
OK = "250 2.0.0 OK"


class MailServer:
    """Takes mail on a port of its own and keeps it. `answers` holds what an address is answered to
    RCPT, `after_data` what is answered to the whole mail: one answer after the other, then OK.
    """

    def __init__(self):
        self.taken = []
        self.answers = {}
        self.after_data = {}
        self.hooks = {}
        self.connections = 0
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self):
        self.controller.start()
        self.connections = 0  # it has tried itself

    def stop(self):
        self.controller.stop()

    @property
    def counts(self):
        """How many mails each address got."""
        return Counter(address for address, _ in self.taken)

    def mail_to(self, address):
        """The one mail to an address."""
        [content] = [content for to, content in self.taken if to == address]
        return message_from_bytes(content, policy=policy.default)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        self._reached("RCPT", address)
        answer = _next(self.answers, address)
        if answer == DROP:
            server.transport.abort()
            return "421 4.3.0 Gone"
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        [address] = envelope.rcpt_tos
        answer = _next(self.after_data, address)
        if answer in (OK, DROP):
            self.taken.append((address, envelope.content))
        self._reached("DATA", address)
        if answer == DROP:
            server.transport.abort()
            return "421 4.3.0 Gone"
        return answer

    def _reached(self, point, address):
        hook = self.hooks.pop((point, address), None)
        if hook:
            hook()


@contextmanager
def server_for(settings):
    """A running `MailServer`, to which all mail goes by SMTP."""
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.stop()


def _next(answers, address):
    left = answers.get(address, [])
    return left.pop(0) if left else OK


def invitees(*addresses, state="OPEN"):
    """A ceremony of an OPD with one employee for each address; the participants, in that order."""
    opd = factories.OpdFactory()
    for n, address in enumerate(addresses):
        factories.EmployeeFactory(agency=opd, email=address, name=f"Peserta {n:03}")
    return factories.ceremony_in(state, opd, employees=0)


def officer_of(ceremony, role="HR"):
    """Somebody who may invite at the ceremony."""
    agency = factories.government_of(ceremony.organizer) if role == "HR" else ceremony.organizer
    return factories.user_with_role(role, agency)


def mailing_of(ceremony, actor=None, kind=MailingKind.INVITATION, **fields):
    """A mailing that is asked for and, unless `send_at` says otherwise, due at any hour."""
    fields = {"earliest": "00:00", "latest": "23:59:59.999999", **fields}
    mailing = Mailing(ceremony=ceremony, kind=kind, **fields)
    asking.ask(actor=actor or officer_of(ceremony), mailing=mailing)
    mailing.refresh_from_db()
    return mailing


def states_of(mailing):
    """{address: state} of its mails."""
    return dict(mailing.mails.values_list("address", "state"))
