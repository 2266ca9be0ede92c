"""What nobody asked for and has to be done: imports that nobody works on or looks at any more.

Each sweep may run at any time, in several workers at once: an import is held while it is looked at,
and left to whoever holds it.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from netralitas.lib.task_queue import still_to_do

from .. import tasks
from ..choices import ImportState
from ..models import RosterFile, RosterImport
from ..models.roster_import import WORKING
from . import import_files
from .import_work import refuse
from .imports import discard

# How long an import may lie untouched before it is discarded: its files hold data of thousands.
UNTOUCHED = timedelta(days=30)
LYING = (ImportState.COLUMNS, ImportState.READY, ImportState.REFUSED)
OVER = (ImportState.APPLIED, ImportState.DISCARDED)
GIVEN_UP = (
    "Pekerjaan ini berhenti karena galat pada sistem dan tidak dicoba lagi. Tidak ada data pegawai "
    "yang ditulis. Baca ulang berkasnya; bila terjadi lagi, hubungi pengelola sistem."
)


def refuse_abandoned():
    """Refuse the imports that wait for a task there is none of any more; returns how many.

    Whatever ended the task: an error nobody expected, files or database away for too long, or
    workers that died of it. Without this the import would wait for ever.
    """
    working = RosterImport.objects.filter(state__in=WORKING)
    return sum(_refuse_if_abandoned(found.pk) for found in working if _is_abandoned(found))


def _is_abandoned(roster_import):
    queued = still_to_do(tasks.read_import, tasks.apply_import)
    return not queued.filter(args_kwargs__args__0=str(roster_import.uuid)).exists()


@transaction.atomic
def _refuse_if_abandoned(pk):
    """Whether it was refused: while it is held, no task of it can begin or be added."""
    working = RosterImport.objects.filter(pk=pk, state__in=WORKING)
    held = working.select_for_update(skip_locked=True, of=("self",)).first()
    if held is None or not _is_abandoned(held):
        return False
    refuse(held, held.state, GIVEN_UP)
    return True


def discard_untouched():
    """Discard the imports with which nobody has gone on for the time of `UNTOUCHED`; how many."""
    return sum(_discard_if_untouched(found.pk) for found in _untouched())


def _untouched():
    lying = RosterImport.objects.filter(state__in=LYING)
    touched = Coalesce("touched_at", "created_at")
    return lying.alias(touched=touched).filter(touched__lt=timezone.now() - UNTOUCHED)


@transaction.atomic
def _discard_if_untouched(pk):
    held = _untouched().filter(pk=pk).select_for_update(skip_locked=True, of=("self",)).first()
    if held is not None:
        discard(actor=None, roster_import=held)
    return held is not None


def remove_leftovers():
    """Remove contents that a process which was killed left behind: of imports that are over, and
    of uploads that never became one.
    """
    left = RosterFile.objects.exclude(content="").filter(roster_import__state__in=OVER)
    for roster_import in RosterImport.objects.filter(files__in=left).distinct():
        with transaction.atomic():
            import_files.remove_contents(roster_import)
    import_files.remove_unknown()
