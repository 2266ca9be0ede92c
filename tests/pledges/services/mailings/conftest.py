"""A mail server that is really spoken to."""

import pytest

from tests.mailing import server_for


@pytest.fixture
def mail_server(settings):
    """Mail goes by SMTP to a server of this process."""
    with server_for(settings) as server:
        yield server
