"""A mail server that is really spoken to."""

import pytest

from tests.mailing import MailServer


@pytest.fixture
def mail_server(settings):
    """Mail goes by SMTP to a server of this process."""
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    server.stop()
