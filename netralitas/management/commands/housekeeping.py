"""`manage.py housekeeping`: clears away what is no longer needed, as the workers do hourly."""

from django.core.management.base import BaseCommand

from netralitas.housekeeping import keep_house


class Command(BaseCommand):
    """Discards imports that lie untouched, removes leftover files, old sessions and old tasks."""

    help = "Buang impor yang telantar, berkas sisa, sesi kedaluwarsa, dan catatan tugas lama."

    def handle(self, *args, **options):
        keep_house()
