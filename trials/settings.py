"""The product's settings; a control weakens them, to show that a trial can see what that loses."""

import os

from netralitas.settings import *  # noqa: F403
from netralitas.settings import DATABASES, STORAGES

# Pages name their static files as they are: nothing needs to be collected before a trial.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WEAKER = os.environ.get("TRIAL_SYNCHRONOUS")
if WEAKER:
    options = DATABASES["default"]["OPTIONS"]
    # Only emptying its log would have SQLite wait for the disk now, and how many signatures fit
    # into the log is not the control's question.
    options["init_command"] = options["init_command"].replace(
        "synchronous=FULL", f"synchronous={WEAKER}; PRAGMA wal_autocheckpoint=0"
    )
