"""`make bench [ARGS="pacts signing"]`: set up a throwaway installation and run the benchmarks."""

import os
import secrets
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

NAMES = ("pacts", "packs", "signing", "crowd", "slow", "board", "dashboard", "roster", "slips")


def main(chosen):
    """Run the chosen benchmarks and print one line for each."""
    unknown = set(chosen) - set(NAMES)
    if unknown:
        sys.exit(f"Unknown benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.")
    with tempfile.TemporaryDirectory(prefix="netralitas-bench-") as folder:
        Path(folder, "static").mkdir()
        os.environ.update(
            DATA_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
            SECRET_KEY=secrets.token_urlsafe(48),
            DEBUG="off",
            LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="benchmarks.settings",
        )
        django.setup()
        call_command("migrate", verbosity=0)
        for name in chosen or NAMES:
            # Only now: the benchmarks import models, which need the settings above.
            for line in import_module(f"benchmarks.{name}").run():
                print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
