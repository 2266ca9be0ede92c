"""`make pictures [ARGS="bkpsdm-beranda"]`: build a throwaway demo and take the pictures of it."""

import os
import secrets
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.server import free_port


def main(names):
    """Take all pictures, or those named, and print a line for each."""
    with tempfile.TemporaryDirectory(prefix="netralitas-pictures-") as folder:
        port = free_port()
        os.environ.update(
            DATA_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/pictures.sqlite3",
            SECRET_KEY=secrets.token_urlsafe(48),
            SITE_URL=f"http://127.0.0.1:{port}",
            DEBUG="on",
            DJANGO_ALLOW_ASYNC_UNSAFE="true",  # Playwright keeps a loop in this thread
            DJANGO_SETTINGS_MODULE="netralitas.settings",
        )
        django.setup()
        with Path(os.devnull).open("w") as silence:
            call_command("demo", stdout=silence)
        # Only now: what they show is found in the database of the demo.
        import_module("pictures.taking").take(names, port)


if __name__ == "__main__":
    main(sys.argv[1:])
