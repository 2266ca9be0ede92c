"""A city's roster: preview and first apply, as the worker does them, against merely reading it."""

import csv
import io
import os
import subprocess
import sys
from statistics import median

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.choices import AgencyLevel, ImportState
from agencies.models import Agency, RosterImport
from agencies.services import import_work, imports
from benchmarks.measure import seconds
from benchmarks.rosters import rosters

ROUNDS = 3
PEOPLE = 8379


def run():
    """Yield the benchmark's lines."""
    times = [_round(f"Kota{n}") for n in range(ROUNDS + 1)][1:]
    reading, preview, apply = (median(one[at] for one in times) for at in range(3))
    told = f"{PEOPLE} people in 3 files, 898 units"
    yield f"roster: merely reading {told}: {reading:.2f} s"
    yield f"roster: preview {preview:.2f} s; ratio {preview / reading:.1f}x (aim 4x)"
    yield f"roster: first apply {apply:.2f} s; ratio {apply / reading:.1f}x (aim 8x)"
    yield f"roster: peak memory of a worker {_peak('Puncak')} MB (aim 300 MB)"
    few, many = _queries("Sedikit", 0.1), _queries("Banyak", 1)
    yield (
        f"roster: queries for {PEOPLE // 10} / {PEOPLE} people: preview {few[0]} / {many[0]}, "
        f"first apply {few[1]} / {many[1]}"
    )


def _round(city):
    """Seconds of (merely reading, preview, first apply) of a city not known before."""
    files = rosters(city)
    reading = seconds(lambda: _merely_read(files))
    roster_import = _received(city, files)
    preview = seconds(lambda: import_work.read(str(roster_import.uuid)))
    _approve(roster_import)
    apply = seconds(lambda: import_work.apply(str(roster_import.uuid)))
    _expect(roster_import, ImportState.APPLIED)
    return reading, preview, apply


def _queries(city, share):
    """How many queries (preview, first apply) make for `share` of a city."""
    roster_import = _received(city, rosters(city, share))
    with CaptureQueriesContext(connection) as preview:
        import_work.read(str(roster_import.uuid))
    _approve(roster_import)
    with CaptureQueriesContext(connection) as apply:
        import_work.apply(str(roster_import.uuid))
    _expect(roster_import, ImportState.APPLIED)
    return len(preview), len(apply)


def _peak(city):
    """The most memory in megabytes of the worker's process, which does nothing else."""
    roster_import = _received(city, rosters(city))
    read = _work()
    _approve(roster_import)
    return max(read, _work())


def _work():
    """Run all that is queued as `make run` would; the most memory in megabytes it used."""
    command = [sys.executable, "manage.py", "worker", "--batch", "--no-startup-delay"]
    worker = subprocess.Popen([*command, "--no-reload", "--verbosity", "0"])
    _, status, usage = os.wait4(worker.pid, 0)
    if status:
        raise RuntimeError(f"the worker ended with {status}")
    return usage.ru_maxrss // 1024


def _merely_read(files):
    """Every row of the files, with openpyxl (`read_only`) and csv, as anybody would read them."""
    rows = []
    for _, name, data in files:
        if name.endswith(".xlsx"):
            sheet = load_workbook(io.BytesIO(data), read_only=True).active
            rows += list(sheet.iter_rows(values_only=True))
        else:
            text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
            rows += list(csv.reader(text, delimiter="|" if name.startswith("paruh") else ";"))
    return rows


def _received(city, files):
    """An import of the files into a government that has nothing yet."""
    government = Agency.objects.add_root(
        instance=Agency(
            level=AgencyLevel.GOVERNMENT, slug=f"kota-{city.lower()}", name=f"Kota {city}"
        )
    )
    uploads = [(kind, SimpleUploadedFile(name, data)) for kind, name, data in files]
    return imports.receive(actor=None, government=government, files=uploads, partial=False)


def _approve(roster_import):
    _expect(roster_import, ImportState.READY)
    imports.approve(
        actor=None,
        roster_import=roster_import,
        plan_digest=roster_import.plan_digest,
        deactivate=True,
    )


def _expect(roster_import, state):
    stored = RosterImport.objects.get(pk=roster_import.pk)
    if (stored.state, stored.counts.get("rejected")) != (state, 0):
        raise RuntimeError(f"{stored.state}: {stored.refusal} {stored.counts}")
    roster_import.refresh_from_db()
