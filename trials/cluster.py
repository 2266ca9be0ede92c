"""A PostgreSQL cluster of one trial, durable as in production, that can be killed as a whole."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from .processes import alive, children

PATIENCE = 60
TRIAL = "trial"
# Nothing but the WAL writer writes the log of asynchronous commits, and it is stopped.
UNFLUSHED = ("synchronous_commit=off", "bgwriter_lru_maxpages=0", "autovacuum=off")


def programs():
    """The folder of the newest server programs on this machine, or None."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in found), key=lambda path: path.parts[-2], default=None)


class Cluster:
    """Reachable only through a socket in its folder; runs as `postgres` if started by root."""

    def __init__(self, folder):
        self.folder, self.settings, self.server = folder / "postgres", (), None
        self.folder.mkdir()
        self.as_user = []
        if os.geteuid() == 0:  # initdb refuses to work for root
            self.as_user = "setpriv --reuid=postgres --regid=postgres --clear-groups".split()
            folder.chmod(0o711)
            shutil.chown(self.folder, "postgres", "postgres")
        self.url = f"postgres://netralitas@/{TRIAL}?host={self.folder}"

    def create(self):
        """Make the cluster with an empty database and start it."""
        self._run("initdb", "--pgdata=data", "--username=netralitas", "--auth=trust", "--no-sync",
                  "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
        self.start()
        self._sql(f"CREATE DATABASE {TRIAL}")

    def remember(self):
        """The database as it stands is that with which every trial begins."""
        self._sql(f"ALTER DATABASE {TRIAL} RENAME TO first")

    def begin(self, settings):
        """The database as remembered, all of it on the disk, in a server with these settings."""
        self.kill()
        self.settings = settings
        self.start()
        self._sql(f"DROP DATABASE IF EXISTS {TRIAL}")
        self._sql(f"CREATE DATABASE {TRIAL} TEMPLATE first")
        self._sql("CHECKPOINT")
        if settings == UNFLUSHED:
            self._stop_writer()

    def start(self):
        """Start the server; return once it takes connections, after what a crash made necessary."""
        options = ["listen_addresses=", "fsync=on", "synchronous_commit=on", *self.settings]
        command = [programs() / "postgres", "-D", "data", "-k", self.folder]
        for option in options:
            command += ["-c", option]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [*self.as_user, "setpriv", "--pdeathsig", "KILL", *command],
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self.server.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text()[-2000:])
            time.sleep(0.05)

    def kill(self):
        """SIGKILL for the server and every process of it, before any could react."""
        os.kill(self.server.pid, signal.SIGSTOP)
        family = children(self.server.pid)
        for sign in (signal.SIGSTOP, signal.SIGKILL):
            for pid in {*family, *children(self.server.pid)}:
                with suppress(ProcessLookupError):  # its client had just gone
                    os.kill(pid, sign)
        self.server.kill()
        self.server.wait()
        while any(map(alive, family)):
            time.sleep(0.01)

    def _stop_writer(self):
        """As on a machine too busy to let it have its turn: what is lost then is certain."""
        for pid in children(self.server.pid):
            with suppress(FileNotFoundError, ProcessLookupError):
                if b"walwriter" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGSTOP)

    def _run(self, program, *arguments):
        command = [*self.as_user, programs() / program, *arguments]
        quiet = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}
        subprocess.run(command, cwd=self.folder, env=quiet, check=True, stdout=subprocess.DEVNULL)

    def _sql(self, statement):
        where = [f"--host={self.folder}", "--username=netralitas", "--dbname=postgres"]
        self._run("psql", "--quiet", "--set=ON_ERROR_STOP=1", *where, f"--command={statement}")

    def _is_ready(self):
        command = [programs() / "pg_isready", "--quiet", "--host", self.folder, "--dbname=postgres"]
        return subprocess.run(command, check=False).returncode == 0
