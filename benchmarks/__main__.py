"""`make bench [ARGS="pacts signing"]`: set up a throwaway installation and run the benchmarks."""

import os
import secrets
import sys
import tempfile

NAMES = ("pacts", "signing")


def main(chosen):
    """Run the chosen benchmarks and print one line for each."""
    unknown = set(chosen) - set(NAMES)
    if unknown:
        sys.exit(f"Unknown benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.")
    with tempfile.TemporaryDirectory(prefix="netralitas-bench-") as folder:
        os.environ.update(
            DATA_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
            SECRET_KEY=secrets.token_urlsafe(48),
            DEBUG="off",
            LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="benchmarks.settings",
        )
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from . import pacts, signing

        modules = {"pacts": pacts, "signing": signing}
        for name in chosen or NAMES:
            for line in modules[name].run():
                print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
