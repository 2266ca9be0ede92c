"""Devices that sign, and send the same again until they are answered."""

import json
import random
import re
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from queue import Empty, Queue

PATIENCE = 30
LATER = {408, 425, 429}
DIGEST = re.compile(r'class="code">([0-9a-f]{64})<')


@dataclass(frozen=True)
class Errand:
    """One submission as a device keeps it: where it goes, and the sealed envelope.

    `other` is one with another key for the same person, to be sent after the receipt, and `again`
    whether this one is.
    """

    participant: str
    key: str
    address: str
    envelope: str
    again: bool = False
    other: "Errand | None" = None


@dataclass
class Receipt:
    """What a device was told: the receipt, and the digest on the page it leads to."""

    participant: str
    code: str
    digest: str | None = None


@dataclass
class Journal:
    """What all devices were told, written down as soon as they heard it."""

    receipts: dict = field(default_factory=dict)
    resent: int = 0
    refused: int = 0
    unavailable: int = 0
    faults: list = field(default_factory=list)


class Clients:
    """Threads, each with one device at a time in hand. `examine` has them look at their receipts.

    Nothing but this module's memory knows what was acknowledged: it is never killed.
    """

    def __init__(self, port, errands, count, examine=True):
        self.port, self.examine, self.journal = port, examine, Journal()
        self.queue, self.lock, self.open = Queue(), threading.Lock(), threading.Event()
        self.under_way, self.given_up = 0, False
        for errand in errands:
            self.queue.put(errand)
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]

    def start(self):
        """Begin to sign."""
        self.open.set()
        for thread in self.threads:
            thread.start()

    @property
    def busy(self):
        """Whether some have not been answered yet."""
        return any(thread.is_alive() for thread in self.threads)

    def finish(self, patience):
        """Wait until all are answered. Raises TimeoutError after `patience` seconds."""
        until = time.monotonic() + patience
        for thread in self.threads:
            thread.join(max(0, until - time.monotonic()))
        if self.busy:
            raise TimeoutError("not everybody has been answered")

    def give_up(self):
        """Whoever has not been answered yet stops asking."""
        self.given_up = True
        self.open.set()

    @contextmanager
    def paused(self):
        """In the block no request is under way."""
        with self.lock:
            self.open.clear()
        while self.under_way:
            time.sleep(0.01)
        yield
        self.open.set()

    def _work(self):
        with suppress(Empty):
            while True:
                self._sign(self.queue.get_nowait())

    def _sign(self, errand):
        status, told = self._answered(errand)
        if status != 200:
            return
        receipt = Receipt(errand.participant, told["receipt"])
        self.journal.receipts[errand.key] = receipt
        if self.examine:
            receipt.digest = self._digest(receipt)
        if errand.again:
            self._send_again(errand, receipt)
        if errand.other:
            status, told = self._answered(errand.other)
            if status != 409:
                self._fault(f"a second device of the same person was answered {status}")

    def _send_again(self, errand, receipt):
        status, told = self._answered(errand)
        if (status, told.get("receipt")) != (200, receipt.code):
            self._fault(f"the same submission was answered {status}, or with another receipt")
        with self.lock:
            self.journal.resent += 1

    def _answered(self, errand):
        """(status, what was told) once there is an answer that is final."""
        headers = {"Content-Type": "application/json"}
        status, body = self._insist("POST", errand.address, errand.envelope, headers)
        told = json.loads(body)
        if status == 409:
            with self.lock:
                self.journal.refused += 1
        elif status != 200:
            self._fault(f"{status}: {told.get('sentence')}")
        return status, told

    def _digest(self, receipt):
        """What the public page of a receipt says the digest is."""
        status, body = self._insist("GET", f"/v/{receipt.code}/")
        found = DIGEST.search(body)
        if status != 200 or not found:
            self._fault(f"the page of an acknowledged receipt was answered {status}")
            return None
        return found.group(1)

    def _insist(self, *request):
        """Ask until somebody answers who does not ask to come again later."""
        while not self.given_up:
            self._set_out()
            try:
                status, body = self._ask(*request)
            except (OSError, HTTPException):
                status, body = None, ""
            finally:
                with self.lock:
                    self.under_way -= 1
            if status is not None and status < 500 and status not in LATER:
                return status, body
            if status is not None:
                self._note_unavailable(request[0], body)
            time.sleep(random.uniform(0.05, 0.3))
        raise SystemExit

    def _set_out(self):
        """Return once a request may be under way, and count it."""
        while True:
            self.open.wait()
            with self.lock:
                if self.open.is_set():
                    self.under_way += 1
                    return

    def _ask(self, *request):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(*request)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def _note_unavailable(self, method, body):
        """A device that could not deliver is told so in a sentence of this server."""
        with self.lock:
            self.journal.unavailable += 1
        if method == "POST" and not body.startswith('{"sentence": "'):
            self._fault(f"an answer without a sentence: {body[:60]!r}")

    def _fault(self, what):
        with self.lock:
            self.journal.faults.append(what)
