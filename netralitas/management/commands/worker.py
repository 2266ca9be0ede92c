"""`manage.py worker`: runs what is queued, and takes up what a killed worker left."""

from datetime import timedelta
from threading import Event, Thread

from django.db import Error, close_old_connections
from django_tasks_db.management.commands import db_worker

from netralitas import workers

BEATS_A_LEASE = 4


class Command(db_worker.Command):
    """The worker of django-tasks-db with a second thread that shows it is alive."""

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
        workers.show_alive(worker_id, lease)
        workers.put_back_lost_tasks(lease)
        Thread(target=watch, args=(worker_id, lease, stopped), daemon=True).start()
        try:
            super().handle(worker_id=worker_id, **options)
        finally:
            stopped.set()


def watch(worker_id, lease, stopped):
    """Show this worker alive and look after lost tasks, until `stopped` is set."""
    while not stopped.wait(lease.total_seconds() / BEATS_A_LEASE):
        try:
            workers.show_alive(worker_id, lease)
            workers.put_back_lost_tasks(lease)
        except Error:
            # The database is away or locked: the next beat comes soon enough.
            continue
        finally:
            close_old_connections()
