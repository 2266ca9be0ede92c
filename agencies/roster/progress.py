"""How far the worker is, told to whoever waits; never inside the transaction that writes."""

import time

from django.utils import timezone

from ..models import RosterImport

INTERVAL = 0.5


class Progress:
    """Writes stage and count of an import in work, at most about twice a second."""

    def __init__(self, roster_import, clock=time.monotonic):
        self._rows = RosterImport.objects.filter(pk=roster_import.pk, state=roster_import.state)
        self._clock = clock
        self._written = clock()
        self._done = self._total = 0

    def begin(self, stage, total=0):
        """A new stage of `total` steps (0 if that cannot be told); written at once."""
        self._done, self._total = 0, total
        self._write(stage=stage)

    def advance(self):
        """One step more."""
        self._done += 1
        if self._clock() - self._written >= INTERVAL:
            self._write()

    def _write(self, **fields):
        self._written = self._clock()
        done = min(self._done, self._total)
        self._rows.update(done=done, total=self._total, touched_at=timezone.now(), **fields)


class Silent:
    """Tells nobody: for the command line and for tests."""

    def begin(self, stage, total=0):
        """Nothing."""

    def advance(self):
        """Nothing."""


SILENT = Silent()
