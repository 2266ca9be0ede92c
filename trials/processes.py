"""The processes of an installation, as the Procfile has them, to be killed and started again."""

import os
import random
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE = 120
ALONG = ["exec", "setpriv", "--pdeathsig", "KILL"]
# A process that has the database open all the time, as a worker at a long task has. Without one the
# last request that ends empties the write-ahead log, and there is less to lose.
READER = """
import signal, sys
from pysqlite3 import dbapi2
database = dbapi2.connect(sys.argv[1])
database.execute("SELECT count(*) FROM pledges_participant").fetchone()
signal.pause()
"""


def children(pid):
    """The processes that this one has started and that still are its own."""
    with suppress(FileNotFoundError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _state(pid):
    """(state, process group), or None for one that is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return fields[0], int(fields[2])
    return None


def alive(pid):
    """Whether it can still do anything."""
    state = _state(pid)
    return state is not None and state[0] not in {"Z", "X"}


def members(group):
    """The living processes of a process group."""
    every = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [pid for pid in every if alive(pid) and (_state(pid) or ("", 0))[1] == group]


class Processes:
    """Web, worker and, if wanted, a reader; each in a process group of its own.

    `reader` is the path of the database that one of them has open. `fell` counts those that ended
    without having been killed.
    """

    def __init__(self, folder, environment, reader=None):
        self.folder = folder
        self.running, self.fell = {}, 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            **environment,
        }
        lines = Path("Procfile").read_text().splitlines()
        self.commands = dict(line.split(": ", 1) for line in lines)
        if reader:
            self.commands["reader"] = shlex.join([*ALONG, "python", "-c", READER, str(reader)])

    def start(self):
        """Start whatever does not run, and return once the site answers."""
        for name in self.commands:
            process = self.running.get(name)
            if process is not None and process.poll() is not None:
                self.fell += 1
                self.kill(name)
            if name not in self.running:
                self._start(name)
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > until:
                raise TimeoutError(self.log())
            time.sleep(0.05)

    def kill(self, name):
        """SIGKILL for one of them with all its processes; return when all of these are gone."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        while members(process.pid):
            time.sleep(0.01)

    def kill_all(self):
        """The same for all, web first: nothing is answered by half of an installation."""
        for name in list(self.running):
            with suppress(ProcessLookupError):
                os.killpg(self.running[name].pid, signal.SIGKILL)
        for name in list(self.running):
            self.kill(name)

    def kill_some(self):
        """SIGKILL for something at random; what it leaves behind goes on for a moment."""
        web = self.running["web"].pid
        victim = random.choice(["all", "master", "worker", *("one",) * 3])
        if victim == "all":
            self.kill_all()
        elif victim == "worker":
            self.kill("worker")
        else:
            pid = web if victim == "master" else random.choice(children(web) or [web])
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            time.sleep(random.uniform(0, 0.3))
            if not alive(web):
                self.kill("web")

    def log(self):
        """The end of what they have written."""
        return (self.folder / "log").read_text(errors="replace")[-4000:]

    def _start(self, name):
        with (self.folder / "log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                ["/bin/sh", "-c", self.commands[name]],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _answers(self):
        """Whether it answers at all: a site whose disk is full answers with an error."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/sehat/")
            return connection.getresponse().status > 0
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
