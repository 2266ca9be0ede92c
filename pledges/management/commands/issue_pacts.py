"""`manage.py issue_pacts [CEREMONY]`: make every pact that is due."""

from django.core.management.base import BaseCommand, CommandError

from netralitas.lib.codes import normalise_ceremony_code
from pledges.models import Ceremony, Signature
from pledges.services import pact_seals, pacts


class Command(BaseCommand):
    """A sweep behind the worker: what it left, or never got, is made now. Safe to repeat.

    One signature that cannot be printed does not keep the others from it; it is named by its
    receipt and the command fails at its end.
    """

    help = "Membuat pakta PDF bagi tanda tangan yang belum memilikinya."

    def add_arguments(self, parser):
        parser.add_argument("ceremony", nargs="?", help="kode acara; tanpa kode: semua acara")

    def handle(self, *args, ceremony=None, **options):
        pact_seals.begin()
        signatures = Signature.objects.all()
        if ceremony:
            signatures = signatures.filter(participant__ceremony=self._ceremony(ceremony))
        made = failed = 0
        for signature, reason in pacts.issue_due(signatures):
            if reason:
                failed += 1
                self.stderr.write(f"{signature.receipt}: {reason}")
            else:
                made += 1
        self.stdout.write(f"{made} pakta dibuat.")
        if failed:
            raise CommandError(f"{failed} pakta gagal dibuat.")

    def _ceremony(self, typed):
        found = Ceremony.objects.filter(code=normalise_ceremony_code(typed) or "").first()
        if found is None:
            raise CommandError(f"Tidak ada acara dengan kode {typed}.")
        return found
