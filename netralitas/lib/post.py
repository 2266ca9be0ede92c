"""Hands one mail after another to the mail server, and tells exactly how each handing over ended.

`smtplib.sendmail` cannot tell a server that was lost before it had a mail from one that was lost
after: the first may be tried again, the second may not, or somebody gets the mail twice. Here the
steps of RFC 5321 are taken one by one. Django's own backend opens the connection.
"""

import re
import smtplib
from contextlib import suppress

from django.core.mail import get_connection
from django.core.mail.message import sanitize_address

READY_FOR_DATA = 354
ACCEPTED = 250
LOST = 0
OF_SENDER = re.compile(r"5\.7\.\d+|5\.4\.5")
LEADING_POINT = re.compile(rb"(?m)^\.")
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class NotSent(Exception):
    """The server has not taken the mail; `code` is its answer, LOST if there was none."""

    def __init__(self, code=LOST, answer=b""):
        self.code = code
        found = ENHANCED.search(answer.decode("ascii", "replace"))
        self.status = found.group() if found else ""
        super().__init__(f"{code} {self.status}".strip())


class Refused(NotSent):
    """This mail, or its address, is refused for good (5xx)."""


class PutOff(NotSent):
    """Not now (4xx, or the connection was lost), or it is the sender who is refused: by the rules
    of the server (5.7.x) or because so many were sent already (5.4.5).
    """


class Unanswered(NotSent):
    """The whole mail was handed over, and no answer came: the server may have taken it."""


class ServerAway(NotSent):
    """No connection, or the server does not let us in: no mail was begun."""


class Post:
    """A connection to the mail server for several mails; use it in a `with`."""

    def __init__(self):
        self.backend = get_connection()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._drop()

    def open(self):
        """Connect, unless that is done. Raises ServerAway."""
        try:
            self.backend.open()
        except OSError as error:  # an SMTPException is one
            self._drop()
            raise ServerAway(getattr(error, "smtp_code", LOST)) from error

    def hand_over(self, message):
        """The server has taken `message` (to one address) when this returns.

        Raises Refused, PutOff or Unanswered; ServerAway if the connection cannot be made;
        ValueError for what no mail can hold.
        """
        self.open()
        smtp = getattr(self.backend, "connection", None)
        if not isinstance(smtp, smtplib.SMTP):
            self.backend.send_messages([message])
            return
        try:
            self._envelope(smtp, message)
            self._content(smtp, message)
        except (NotSent, ValueError):
            self._clear(smtp)
            raise
        except OSError as error:
            self._drop()
            raise PutOff from error

    def _envelope(self, smtp, message):
        [to] = message.recipients()
        sender = sanitize_address(message.from_email, message.encoding or "utf-8")
        smtp.ehlo_or_helo_if_needed()
        _expect(smtp.mail(sender), ACCEPTED, permanent=PutOff)
        _expect(smtp.rcpt(sanitize_address(to, message.encoding or "utf-8")), ACCEPTED)

    def _content(self, smtp, message):
        """The end of the mail goes out by itself: before it the server has nothing to take."""
        content = message.message().as_bytes(linesep="\r\n")
        _expect(smtp.docmd("data"), READY_FOR_DATA, permanent=PutOff)
        smtp.send(LEADING_POINT.sub(b"..", content))
        try:
            smtp.send(b"\r\n.\r\n")
            answer = smtp.getreply()
        except OSError as error:
            self._drop()
            raise Unanswered from error
        _expect(answer, ACCEPTED)

    def _clear(self, smtp):
        """Ready for the next mail; a connection that is no good any more is dropped."""
        try:
            if smtp.rset()[0] != ACCEPTED:
                self._drop()
        except OSError:
            self._drop()

    def _drop(self):
        with suppress(OSError):
            self.backend.close()
        if hasattr(self.backend, "connection"):
            self.backend.connection = None


def _expect(answer, code, permanent=Refused):
    """Raises PutOff or `permanent` by what the server has answered, unless it is `code`."""
    given, text = answer
    if given == code or (code == ACCEPTED and given == 251):
        return
    error = NotSent(given, text)
    is_final = 500 <= given < 600 and not OF_SENDER.fullmatch(error.status)
    raise (permanent if is_final else PutOff)(given, text)
