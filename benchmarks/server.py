"""The processes of `make run`, started as its Procfile says, on a free port."""

import asyncio
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from benchmarks.clients import Connection, request

PATIENCE = 60
QUIET = {"worker": " --verbosity 0"}


@contextmanager
def server(*names):
    """Run `web`, and what else of the Procfile is named, while the block does; yields the port."""
    port = free_port()
    processes = [start(name, port) for name in ("web", *names)]
    try:
        asyncio.run(until_it_answers(port))
        yield port
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=PATIENCE)


def start(name, port):
    """A process of the Procfile, quiet but for its errors."""
    lines = Path("Procfile").read_text().splitlines()
    commands = dict(line.split(": ", 1) for line in lines)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "GUNICORN_CMD_ARGS": "--log-level=error",
    }
    command = commands[name] + QUIET.get(name, "")
    return subprocess.Popen(["/bin/sh", "-c", command], env=environment)


def free_port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def until_it_answers(port):
    """Return once the server answers. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await Connection(port).ask(request("GET", "/sehat/"))
                return
            except OSError:
                await asyncio.sleep(0.1)
