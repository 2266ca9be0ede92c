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
    options["init_command"] = options["init_command"].replace(
        "synchronous=FULL", f"synchronous={WEAKER}"
    )
