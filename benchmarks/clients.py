"""Phones that ask the server: one thread and little work, so that the server is what is measured.

They and the server share the machine, so what a client costs is taken from both sides alike.
"""

import asyncio
import re
import time
from dataclasses import dataclass

LENGTH = re.compile(rb"\r\nContent-Length: (\d+)", re.IGNORECASE)
KINDS = {"json": "application/json", "form": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What the server said, and how long it took, in seconds."""

    status: int
    body: bytes
    seconds: float


def request(method, path, body="", kind="json"):
    """The bytes of a request on a connection that is kept."""
    content = body.encode()
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {KINDS[kind]}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


class Connection:
    """One connection, opened at its first request."""

    def __init__(self, port):
        self.port = port
        self.streams = None

    async def ask(self, content):
        """The `Answer`. A kept connection that the server has closed meanwhile is opened again."""
        start = time.perf_counter()
        try:
            status, body = await self._ask(content)
        except (asyncio.IncompleteReadError, ConnectionError):
            if self.streams is None:
                raise
            self.close()
            status, body = await self._ask(content)
        return Answer(status, body, time.perf_counter() - start)

    async def _ask(self, content):
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(content)
        head = await reader.readuntil(b"\r\n\r\n")
        length = 0 if content.startswith(b"HEAD") else int(LENGTH.search(head)[1])
        return int(head[9:12]), await reader.readexactly(length)

    def close(self):
        """Give the connection up."""
        if self.streams:
            self.streams[1].close()
            self.streams = None


def load(port, requests, expected, connections):
    """Send all over so many kept connections; (seconds in all, seconds of each in their order).

    Raises RuntimeError for any other status than `expected`.
    """
    times = [0.0] * len(requests)

    async def phone(work):
        kept = Connection(port)
        for number, content in work:
            answer = await kept.ask(content)
            check(answer, expected)
            times[number] = answer.seconds
        kept.close()

    return at_once(phone, enumerate(requests), connections), times


def at_once(phone, work, phones):
    """How many seconds so many phones take, each calling for the next work when done with one."""
    work = iter(work)

    async def everybody():
        async with asyncio.TaskGroup() as group:
            for _ in range(phones):
                group.create_task(phone(work))

    start = time.perf_counter()
    asyncio.run(everybody())
    return time.perf_counter() - start


def check(answer, expected):
    """Raises RuntimeError for any other status than `expected`."""
    if answer.status != expected:
        raise RuntimeError(f"{answer.status} instead of {expected}: {answer.body[:200]}")
