"""Workers are killed with SIGKILL while they send: nobody gets two mails, what is unsure is told.

Real processes, on a database of their own: a copy of what the test has written, which is why it
runs on SQLite alone.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

from tests.mailing import MailServer, invitees, mailing_of

PATIENCE = 30
FIRST, SECOND, THIRD = "first@dumai.example", "second@dumai.example", "third@dumai.example"
WORKER = ("worker", "--interval", "0.1", "--no-startup-delay", "--no-reload", "--lease", "1")
STATES = "SELECT address, state FROM pledges_participantmail"
LONG_AGO = (
    "UPDATE pledges_participantmail SET handed_at = '2023-01-01 00:00:00' WHERE state = 'SENDING'"
)


@pytest.fixture
def mail_server():
    """Takes mail of other processes."""
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def site(transactional_db, tmp_path, mail_server):
    """Processes with a copy of this test's database, and that mail server."""
    made = Site(tmp_path / "db.sqlite3", mail_server.port, tmp_path)
    yield made
    made.end()


class Site:
    """A database in a file, and workers on it, one at a time."""

    def __init__(self, path, port, data_dir):
        self.path = path
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "netralitas.settings",
            "DATABASE_URL": f"sqlite:///{path}",
            "DATA_DIR": str(data_dir),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "SEAL_PKCS12": "none",
        }
        self.worker = None

    def copy(self):
        """Copy this process's database."""
        with closing(sqlite3.connect(self.path)) as target:
            connection.connection.backup(target)

    def ask(self, statement):
        """The rows of an SQL statement."""
        with closing(sqlite3.connect(self.path, timeout=20)) as file, file:
            return file.execute(statement).fetchall()

    def start(self):
        """Another worker."""
        self.worker = subprocess.Popen(
            [sys.executable, "manage.py", *WORKER], cwd=settings.BASE_DIR, env=self.environment
        )

    def kill(self):
        """At once, wherever it stands."""
        os.kill(self.worker.pid, signal.SIGKILL)

    def end(self):
        """Stop what still runs."""
        if self.worker and self.worker.poll() is None:
            self.worker.terminate()
            self.worker.wait(PATIENCE)

    def wait_for(self, statement, rows):
        """Until the statement gives these rows."""
        until = time.monotonic() + PATIENCE
        while self.ask(statement) != rows:
            if time.monotonic() > until:
                pytest.fail(f"{self.ask(statement)} did not become {rows}.")
            time.sleep(0.1)


@pytest.mark.page
def test_nobody_gets_two_mails_when_workers_are_killed(site, mail_server):
    mailing_of(invitees(FIRST, SECOND, THIRD))
    site.copy()
    # The first dies before the server has the mail, the second when it has the whole of it.
    for point in [("RCPT", FIRST), ("DATA", SECOND)]:
        mail_server.hooks[point] = site.kill
        site.start()
        assert site.worker.wait(PATIENCE) == -signal.SIGKILL
    site.start()
    site.wait_for(STATES, [(FIRST, "SENDING"), (SECOND, "SENDING"), (THIRD, "SENT")])
    site.ask(LONG_AGO)
    site.wait_for("SELECT state FROM pledges_mailing", [("DONE",)])
    assert site.ask(STATES) == [(FIRST, "UNSURE"), (SECOND, "UNSURE"), (THIRD, "SENT")]
    assert mail_server.counts == {SECOND: 1, THIRD: 1}
