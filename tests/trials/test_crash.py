"""The crash trials in their short form; `make crash` runs them whole."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import REQUIRE_ALL
from trials.cluster import programs

# They bring databases of their own; the mark has them run with both.
pytestmark = pytest.mark.django_db
TRIALS = {"sqlite": ("power", "power-control"), "postgresql": ("cluster", "cluster-control")}


@pytest.fixture
def trials():
    """The lines of the trials on the database under test, by their names; and the exit code."""
    there = {"sqlite": shutil.which("cc"), "postgresql": programs()}
    if not there[connection.vendor]:
        (pytest.fail if REQUIRE_ALL else pytest.skip)("No C compiler, or no server programs.")
    result = subprocess.run(
        [sys.executable, "-m", "trials", "--short", *TRIALS[connection.vendor]],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return result, dict(line.split(": ", 1) for line in result.stdout.splitlines())


def test_what_was_acknowledged_is_kept_and_the_control_sees_what_is_lost(trials):
    result, lines = trials
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    trial, control = TRIALS[connection.vendor]
    assert "60 acknowledged, 60 stored, 0 lost, 0 doubled;" in lines[trial]
    assert " 0 lost" not in lines[control]
