"""`make crash [ARGS="--short power disk"]`: the crash trials, a line for each; 1 if one failed."""

import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .cases import CASES
from .cluster import Cluster
from .disk import Disk
from .site import Site


def main(arguments):
    """The exit code of the trials named, or of all. Each database has a process of its own."""
    short = "--short" in arguments
    chosen = [name for name in arguments if name != "--short"] or list(CASES)
    unknown = set(chosen) - set(CASES)
    if unknown:
        sys.exit(f"Unknown trial: {', '.join(sorted(unknown))}. There are: {', '.join(CASES)}.")
    parts = [[name for name in chosen if CASES[name].on_postgresql == side] for side in (0, 1)]
    if not all(parts):
        return run([*parts[0], *parts[1]], short)
    command = [sys.executable, "-m", "trials", *(["--short"] if short else [])]
    return max(subprocess.run([*command, *part], check=False).returncode for part in parts)


def run(names, short):
    """Set up an installation, run trials of one database on it; 1 if one found a fault."""
    is_faulty = False
    with tempfile.TemporaryDirectory(prefix="netralitas-crash-") as temporary:
        folder = Path(temporary)
        with store(folder, CASES[names[0]].on_postgresql) as database:
            configure(folder, database.url)
            site = Site(folder, database)
            for name in names:
                verdict = site.undergo(CASES[name], short)
                print(f"{name}: {verdict.line}", flush=True)
                for fault in verdict.faults:
                    print(f"  FAULT: {fault}", flush=True)
                is_faulty |= bool(verdict.faults)
    return int(is_faulty)


@contextmanager
def store(folder, on_postgresql):
    """A disk for SQLite, or a running cluster."""
    if not on_postgresql:
        yield Disk(folder)
        return
    cluster = Cluster(folder)
    cluster.create()
    try:
        yield cluster
    finally:
        cluster.kill()


def configure(folder, url):
    """An environment that no .env or shell can bend."""
    os.environ.update(
        DATA_DIR=str(folder / "data"),
        DATABASE_URL=url,
        SECRET_KEY=secrets.token_urlsafe(48),
        SITE_URL="http://127.0.0.1:8000",
        EMAIL_URL="",
        DEBUG="off",
        LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="trials.settings",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
