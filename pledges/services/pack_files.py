"""The end of packs in the file store: a sweep may run at any time, in several workers at once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..choices import PackState
from ..models import Pack
from . import stored_files

FOLDER = Pack._meta.get_field("content").upload_to
# A pack holds nothing that is not stored elsewhere, and much room.
WAITS = timedelta(hours=24)
# A content is stored a moment before the row that names it.
STORING = timedelta(hours=1)
CHANGED = "Sebuah pakta dibatalkan sewaktu paket ini disiapkan. Minta lagi."
COUNTERSIGNED = (
    "Pakta di acara ini mendapat tanda tangan “Mengetahui” sesudah paket disiapkan. Minta paket "
    "yang baru."
)
VOID = (
    "Sebuah pakta di acara ini dibatalkan sesudah paket disiapkan. Minta paket yang baru; salinan "
    "yang terlanjur diunduh tidak sesuai lagi."
)


def clear_away():
    """Remove the packs of yesterday, and what a killed worker has left."""
    now = timezone.now()
    expire(Pack.objects.filter(ready_at__lt=now - WAITS))
    stored_files.remove(Pack.objects.filter(state=PackState.EXPIRED))
    stored_files.remove_unknown(Pack, now - STORING)


def void(ceremony):
    """What the packs of a ceremony hold is not so any more: none can be fetched, nor become READY.

    Call it inside the transaction that changes it; the files go when that holds.
    """
    packs = Pack.objects.filter(ceremony=ceremony)
    keys = list(packs.filter(state=PackState.READY).values_list("pk", flat=True))
    packs.filter(pk__in=keys).update(state=PackState.EXPIRED, reason=VOID)
    packs.unfinished().update(state=PackState.FAILED, reason=CHANGED)
    transaction.on_commit(lambda: stored_files.remove(Pack.objects.filter(pk__in=keys)))


def outdate(ceremony):
    """Pacts of a ceremony got their countersignature: packs without it cannot be fetched any more.

    What is being made says itself which of its pacts have it.
    """
    packs = Pack.objects.filter(ceremony=ceremony, state=PackState.READY)
    keys = list(packs.values_list("pk", flat=True))
    packs.filter(pk__in=keys).update(state=PackState.EXPIRED, reason=COUNTERSIGNED)
    transaction.on_commit(lambda: stored_files.remove(Pack.objects.filter(pk__in=keys)))


def expire(packs):
    """EXPIRED for those that are READY: nobody can fetch them any more."""
    packs.filter(state=PackState.READY).update(state=PackState.EXPIRED)
