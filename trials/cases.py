"""The trials: on which database, what strikes it, and how often."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from .cluster import UNFLUSHED

PATIENCE = 120
LEAST_ANSWERS = 8


@dataclass(frozen=True)
class Case:
    """One trial. A control has weaker settings, and must find losses.

    `blows` is how often it strikes while people sign. `database` names engine and setting;
    `environment` and `cluster` say how the setting is made.
    `on_disk` has SQLite work on a disk that can be full or without power, and `reader` keeps the
    database open, so that its log is emptied no sooner than it has to be.
    """

    database: str
    strike: Callable
    blow: str
    blows: int = 0
    is_control: bool = False
    environment: tuple = ()
    cluster: tuple = ()
    on_disk: bool = False
    reader: bool = False

    @property
    def on_postgresql(self):
        """Whether it needs a cluster."""
        return self.database.startswith("PostgreSQL")

    @property
    def ends_so(self):
        """Whether that everything is killed at the end is one more of its blows."""
        return self.strike is not fill_disk


def kill_processes(site):
    """SIGKILL for something at random."""
    site.processes.kill_some()
    site.processes.start()


def cut_power(site):
    """SIGKILL for everything, and of the database only what was on the disk is left."""
    site.processes.kill_all()
    site.store.cut_power()
    site.processes.start()


def kill_cluster(site):
    """SIGKILL for every process of PostgreSQL at once; web and worker go on."""
    site.store.kill()
    site.store.start()
    site.processes.start()


def fill_disk(site):
    """Nothing can be written for a while, in which everything is killed as well."""
    journal, clients = site.clients.journal, site.clients
    with clients.paused():
        site.store.fill()
        acknowledged = len(journal.receipts)
    _wait_for_refusals(clients)
    site.processes.kill_all()
    site.processes.start()
    _wait_for_refusals(clients)
    with clients.paused():
        if len(journal.receipts) != acknowledged:
            journal.faults.append("a signature was acknowledged while nothing could be written")
        site.store.free()
    site.processes.start()


def _wait_for_refusals(clients):
    """Until several devices were told to come again; they all want to sign."""
    enough = clients.journal.unavailable + LEAST_ANSWERS
    _wait(clients, lambda: clients.journal.unavailable >= enough)


def await_moment(clients, least):
    """Return at a random moment after `least` more receipts; False once all are answered."""
    enough = len(clients.journal.receipts) + least
    _wait(clients, lambda: len(clients.journal.receipts) >= enough)
    time.sleep(random.uniform(0, 0.1))
    return clients.busy


def _wait(clients, condition):
    until = time.monotonic() + PATIENCE
    while clients.busy and not condition():
        if time.monotonic() > until:
            raise TimeoutError("nobody is answered any more")
        time.sleep(0.005)


CASES = {
    "processes-sqlite": Case("SQLite, synchronous=FULL", kill_processes, "killed", 8),
    "processes-postgresql": Case("PostgreSQL, synchronous_commit=on", kill_processes, "killed", 8),
    "power": Case("SQLite, synchronous=FULL", cut_power, "power cut", 4, on_disk=True, reader=True),
    "disk": Case("SQLite, synchronous=FULL", fill_disk, "disk full", 1, on_disk=True),
    "cluster": Case("PostgreSQL, synchronous_commit=on", kill_cluster, "cluster killed", 8),
    "power-control": Case(
        "SQLite, synchronous=NORMAL",
        cut_power,
        "power cut",
        is_control=True,
        environment=(("TRIAL_SYNCHRONOUS", "NORMAL"),),
        on_disk=True,
        reader=True,
    ),
    "cluster-control": Case(
        "PostgreSQL, synchronous_commit=off",
        kill_cluster,
        "cluster killed",
        is_control=True,
        cluster=UNFLUSHED,
    ),
}
