"""A city's packs: made by a worker, against a plain script that reads and zips the same files.

`NETRALITAS_BENCH_PEOPLE=500` tries it with fewer.
"""

import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from time import perf_counter

from django.core.files.storage import default_storage
from django.db import transaction

from agencies.choices import RoleName
from benchmarks.field import ceremony_of
from benchmarks.measure import seconds
from pledges.choices import PackKind
from pledges.models import Pack, Pact, Signature
from pledges.services import packs, pact_seals, pacts, register
from tests import factories

PEOPLE, OPDS, UNITS = 8379, 40, 22
AIM_SECONDS, AIM_MEGABYTES = 60, 300
# What runs alone in a process of its own, so that its memory can be told.
WORK = "import django, sys; django.setup(); from pledges.services import pack_work; "


def run():
    """Yield the benchmark's lines."""
    people = int(os.environ.get("NETRALITAS_BENCH_PEOPLE", PEOPLE))
    ceremony = signed(people)
    asker = factories.user_with_role(RoleName.HR, ceremony.organizer)
    plain = seconds(zip_plainly)
    for kind in PackKind:
        took, peak = made(packs.ask(actor=asker, ceremony=ceremony, opd=None, kind=kind))
        pack = Pack.objects.get(kind=kind)
        if (pack.state, pack.left_out) != ("READY", 0):
            raise RuntimeError(f"{kind}: {pack.state} {pack.reason}")
        yield (
            f"packs: {pack.total} pacts as {kind}: {took:.1f} s (aim {AIM_SECONDS} s), "
            f"peak {peak} MB (aim {AIM_MEGABYTES} MB), file {pack.content.size / 2**20:.0f} MB, "
            f"first byte after {first_byte(asker, pack):.0f} ms; "
            f"{took / plain:.1f}x the time of reading and zipping the same files ({plain:.1f} s)"
        )


def signed(people):
    """A ceremony that so many have signed, with their pacts, all in the register."""
    ceremony = ceremony_of(people, OPDS, UNITS)
    with transaction.atomic():
        for participant in ceremony.participants.select_related("ceremony__text"):
            factories.sign(participant)
    pact_seals.begin()
    for signature, reason in pacts.issue_due(Signature.objects.all()):
        if reason:
            raise RuntimeError(f"{signature.pk}: {reason}")
    while register.seal():
        pass
    return ceremony


def zip_plainly():
    """What a script of five lines would do: no checks, no names, no papers."""
    with tempfile.TemporaryFile() as target, zipfile.ZipFile(target, "w") as archive:
        for name in Pact.objects.values_list("file", flat=True):
            with default_storage.open(name) as file:
                archive.writestr(name, file.read())


def made(pack):
    """(seconds, peak megabytes) of a process that makes the pack and does nothing else."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    script = f"{WORK}pack_work.make('{pack.uuid}')"
    took = seconds(lambda: subprocess.run([sys.executable, "-c", script], check=True))
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return took, max(before, after) // 1024


def first_byte(asker, pack):
    """Milliseconds until the first bytes of a finished pack are there."""
    start = perf_counter()
    with packs.fetch(actor=asker, pack=pack, begins=lambda size: True) as file:
        file.read(4096)
    return 1000 * (perf_counter() - start)
