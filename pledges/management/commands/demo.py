"""`manage.py demo`: the ceremonies of five news articles, with synthetic employees."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from netralitas.lib.errors import Refusal
from pledges.demo import summary
from pledges.demo.build import build, is_built
from pledges.demo.reset import erase

REFUSED = (
    "Data demo memakai kata sandi yang diketahui umum, sehingga perintah ini hanya berjalan "
    "dengan DEBUG=on dan SITE_URL pada komputer ini sendiri, tidak pada sistem sungguhan."
)


class Command(BaseCommand):
    """Migrates, builds the demo unless it is there, and prints addresses and logins."""

    help = "Buat data demo (bila belum ada), lalu cetak alamat dan akun untuk mencobanya."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset",
            action="store_true",
            help="hapus SELURUH isi basis data dan berkas pakta, lalu buat demo dari awal",
        )

    def handle(self, *args, reset, **options):
        if not settings.DEBUG or settings.SECURE:  # https: a site that others can reach
            raise CommandError(REFUSED)
        call_command("migrate", verbosity=0, interactive=False)
        try:
            self._make(reset)
        except Refusal as error:
            raise CommandError(error.message) from error
        self.stdout.write("\n".join(summary.lines()))

    @transaction.atomic
    def _make(self, reset):
        """Empty and build as needed, whole or not at all."""
        if reset:
            erase()
        elif is_built():
            return
        self.stdout.write("Membuat data demo …")
        build(timezone.now())
