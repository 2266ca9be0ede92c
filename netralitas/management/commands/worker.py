"""`manage.py worker`: runs what is queued, and takes up what a killed worker left."""

import logging
import time
from datetime import timedelta
from threading import Event, Thread

from django.db import (
    Error,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connections,
)
from django_tasks_db.management.commands import db_worker

from agencies.services import import_sweeps
from netralitas import housekeeping, register_watch, workers
from pledges.services import packs, pact_queue, pact_seals, slips
from pledges.services.countersigning import queue as countersigning
from pledges.services.mailings import queue as mailings

BEATS_A_LEASE = 4
PAUSE = 5  # seconds until a database that was away is asked again

logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    """The worker of django-tasks-db with a thread that shows it is alive, and one for the register.

    A database that is full or away ends it not: it waits, and goes on with what it had in hand.
    """

    help = "Menjalankan tugas latar belakang."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--lease",
            type=float,
            default=workers.LEASE.total_seconds(),
            help="detik tanpa tanda hidup sampai tugas sebuah worker diambil alih",
        )

    def handle(self, *args, lease, worker_id, **options):
        lease, stopped = timedelta(seconds=lease), Event()
        Thread(target=watch, args=(worker_id, lease, stopped), daemon=True).start()
        Thread(target=register_watch.keep_sealing, args=(stopped,), daemon=True).start()
        try:
            while self.is_cut_off(lease, worker_id=worker_id, **options):
                connections.close_all()
                time.sleep(PAUSE)
        finally:
            stopped.set()

    def is_cut_off(self, lease, *, worker_id, **options):
        """Work until there is no more to do; whether it ended because the database was away."""
        try:
            workers.show_alive(worker_id, lease)
            workers.put_back_lost_tasks(lease)
            workers.put_back_own_tasks(worker_id)
            pact_seals.begin()
            super().handle(worker_id=worker_id, **options)
        except (OperationalError, InterfaceError) as error:
            logger.error("The database is away, and will be asked again: %s", error)
            return True
        return False


def watch(worker_id, lease, stopped):
    """Show this worker alive and look after lost tasks and what waits for them, until `stopped`
    is set."""
    while not stopped.wait(lease.total_seconds() / BEATS_A_LEASE):
        try:
            workers.show_alive(worker_id, lease)
            workers.put_back_lost_tasks(lease)
            import_sweeps.refuse_abandoned()
            slips.fail_abandoned()
            packs.fail_abandoned()
            pact_seals.note_current()
            pact_queue.enqueue_due()
            countersigning.enqueue_due()
            mailings.enqueue_due()
            housekeeping.enqueue_when_due()
        except Error:
            # The database is away or locked: the next beat comes soon enough.
            continue
        finally:
            close_old_connections()
