"""`manage.py note_bounces < message`: notes that a mail came back (docs/operations.md)."""

import sys

from django.core.management.base import BaseCommand

from netralitas.lib.bounces import MOST_BYTES, read_bounce
from pledges.services.mailings import bounces


class Command(BaseCommand):
    """Reads one message, as a mail server pipes it. It always ends well: what is no bounce of ours
    is passed over, so that the mail server never bounces a bounce.
    """

    help = "Mencatat satu surel yang kembali (RFC 3464), dibaca dari masukan standar."

    def handle(self, *args, **options):
        bounce = read_bounce(sys.stdin.buffer.read(MOST_BYTES + 1))
        if bounce and bounces.note(bounce):
            self.stdout.write("Surel yang kembali dicatat.")
        else:
            self.stdout.write("Bukan surel kembali dari kiriman kami; dilewati.")
