"""A task that takes its time, for a worker that is killed in the middle of it."""

import time
from pathlib import Path

from django_tasks import task


@task()
def write_twice(path):
    """Writes "began", and half a second later "done"."""
    with Path(path).open("a", encoding="utf-8") as notes:
        notes.write("began\n")
        notes.flush()
        time.sleep(0.5)
        notes.write("done\n")
