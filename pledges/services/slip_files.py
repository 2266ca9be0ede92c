"""The sealed sheets of slips in the file store, and the end of those that are needed no more.

Each sweep may run at any time, in several workers at once.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ..choices import BatchState
from ..models import SlipBatch
from . import stored_files

FOLDER = SlipBatch._meta.get_field("content").upload_to
# A sheet waits that long for whoever asked for it, and may be fetched again that long.
WAITS = timedelta(hours=24)
AGAIN = timedelta(hours=1)
# A content is stored a moment before the row that names it.
STORING = timedelta(hours=1)
OVER = (BatchState.FAILED, BatchState.EXPIRED)


def clear_away():
    """Give up sheets that nobody came for, and remove what must not lie about any longer."""
    now = timezone.now()
    lying = SlipBatch.objects.filter(state=BatchState.READY, ready_at__lt=now - WAITS)
    lying.update(state=BatchState.EXPIRED)
    ended = Q(state__in=OVER) | Q(state=BatchState.TAKEN, taken_at__lt=now - AGAIN)
    remove(SlipBatch.objects.filter(ended))
    remove_unknown(now - STORING)


def remove(batches):
    """Remove the contents of `batches`."""
    stored_files.remove(batches)


def remove_unknown(before):
    """Remove contents stored before that moment which belong to no batch."""
    stored_files.remove_unknown(SlipBatch, before)
