"""The end of files of pacts that were never finished: their maker was killed while it wrote them.

A whole file that no row names stays, whatever its reason: after a backup was restored, or a row was
deleted, it may be the only proof that this very file was issued. A sweep may run at any time, in
several workers at once.
"""

import logging
import os
import re
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from ..models import CountersignedPact, Pact
from . import stored_files

FOLDER = Pact._meta.get_field("file").upload_to
# A file is stored a moment before the row that names it.
STORING = timedelta(hours=6)
# Each hour one of so many shares of the folders is looked into.
SHARES = 24
# As `pacts.file_name` has it, and as the store calls a second one.
NAME = re.compile(r"[0-9a-f]{64}(?:_\w+)?\.pdf", re.ASCII)
END = b"%%EOF"

logger = logging.getLogger(__name__)


def clear_away():
    """Remove what lies unfinished and unnamed in this hour's share of the folders.

    The shares move on by one each day: a worker that rests at the same hours reaches them all.
    """
    now = timezone.now()
    hour = int(now.timestamp()) // 3600
    try:
        folders = sorted(default_storage.listdir(FOLDER)[0])
    except FileNotFoundError:
        return
    for folder in folders[(hour + hour // SHARES) % SHARES :: SHARES]:
        _clear_away(f"{FOLDER}/{folder}", now - STORING)


def _clear_away(folder, before):
    files = filter(NAME.fullmatch, default_storage.listdir(folder)[1])
    found = {f"{folder}/{file}" for file in files}
    for model in (Pact, CountersignedPact):
        named = model.objects.filter(file__startswith=f"{folder}/")
        found.difference_update(named.values_list("file", flat=True))
    kept = 0
    for name in found:
        try:
            if default_storage.get_modified_time(name) >= before:
                continue
            whole = _is_whole(name)
        except FileNotFoundError:  # another sweep, or its maker, was faster
            continue
        kept += whole
        if not whole:
            stored_files.remove_file(default_storage, name)
    if kept:
        logger.warning("%s whole files in %s are named by no pact.", kept, folder)


def _is_whole(name):
    """Whether a file ends as a PDF does; one that was cut off while it was written does not."""
    with default_storage.open(name, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - 32))
        return file.read().rstrip().endswith(END)
