"""The commands are safe to repeat and to interrupt, and say in one sentence what is wrong."""

import json
import os
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

COMMON = settings.BASE_DIR / "scripts" / "common.sh"


def bash(script, **variables):
    """Runs a script that has sourced scripts/common.sh, which goes to the top of the tree."""
    return subprocess.run(
        ["bash", "-c", f"source {COMMON}; {script}"],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def once(tmp_path):
    """Runs `once` on one input file, with a command that leaves a line in a log."""
    source, log = tmp_path / "input", tmp_path / "log"
    source.write_text("first")
    log.write_text("")

    def run(then="true"):
        command = f"work() {{ echo ran >>{log}; {then}; }}; once {tmp_path}/stamp {source} -- work"
        return bash(command).returncode, log.read_text().count("ran")

    run.source = source
    return run


def test_work_done_is_not_done_again(once):
    assert once() == (0, 1)
    assert once() == (0, 1)


def test_a_newer_date_alone_brings_no_work(once):
    once()
    once.source.touch()
    assert once() == (0, 1)


def test_changed_input_brings_the_work_again(once):
    once()
    once.source.write_text("second")
    assert once() == (0, 2)


@pytest.mark.parametrize("then", ["false", "exit 3", "kill -KILL $$"])
def test_work_that_failed_or_was_killed_is_done_again(once, then):
    code, _ = once(then)
    assert code != 0
    assert once() == (0, 2)


def test_without_the_right_to_install_the_packages_to_install_are_named(tmp_path):
    refused = tmp_path / "sudo"
    refused.write_text("#!/bin/sh\nexit 1\n")
    refused.chmod(0o755)
    result = bash(f"PATH={tmp_path}:$PATH; id() {{ echo 1000; }}; apt_install libfoo fonts-bar")
    assert result.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y libfoo fonts-bar" in result.stderr


def test_missing_packages_are_told_from_installed_ones():
    result = bash("missing_packages base-files no-such-package")
    assert result.stdout.split() == ["no-such-package"]


def test_a_taken_port_is_said_before_anything_is_done():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = bash("scripts/run", PORT=str(port))
    assert result.returncode == 1
    assert result.stderr.startswith(f"Error: cannot serve on 127.0.0.1, port {port}: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["http", "0", "99999", "-1", "8000 "])
def test_a_port_that_is_none_is_refused(port):
    result = bash("scripts/run", PORT=port)
    assert result.returncode == 1
    assert result.stderr == f"Error: PORT must be a whole number from 1 to 65535, not {port!r}.\n"


def test_the_lock_file_names_every_package_and_no_registry():
    lock = json.loads(Path(settings.BASE_DIR / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert set(lock["packages"][""]["dependencies"]) == {
        "bootstrap",
        "bootstrap-icons",
        "htmx.org",
        "idb",
        "signature_pad",
    }
    assert set(lock["packages"][""]["devDependencies"]) == {"axe-core"}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
