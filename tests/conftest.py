"""Fixtures for every test: the database, files, tasks, and a browser as people have it.

Nothing is mocked: tasks stay in the database until `run_tasks` runs them as the worker would.
"""

import os
import shutil
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import sync_playwright

from agencies.models.append_only import append_only_tables
from netralitas.lib import triggers
from pledges.models import PledgeText

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=id-ID",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"

hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


def pytest_sessionfinish(session):
    """With REQUIRE_ALL=1 a skipped test fails the run: nothing may go untested unnoticed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRE_ALL and reporter and reporter.stats.get("skipped") and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    """Says why a run without a failing test failed."""
    if REQUIRE_ALL and terminalreporter.stats.get("skipped"):
        terminalreporter.section("REQUIRE_ALL=1 lets no test be skipped", red=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as in production: in memory, threads would share one connection."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = tmp_path_factory.mktemp("database")
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Emptying the database after a test is the one thing that may delete append-only rows."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_everything(self, statements):
        with transaction.atomic(), triggers.lifted(self.connection, append_only_tables()):
            flush(self, statements)

    operations.execute_sql_flush = flush_everything


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Each test keeps its files in a folder of its own."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def run_tasks():
    """A function that runs all queued tasks now, and fails the test if one of them failed.

    It takes the tasks as the worker does, but leaves the test's connection and transaction open.
    """

    def run():
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name="default",
            interval=0,
            batch=True,
            startup_delay=False,
            max_tasks=None,
            worker_id="tests",
        )
        while (task := DBTaskResult.objects.ready().first()) is not None:
            task.claim(worker.worker_id)
            worker.run_task(task)
            if task.traceback:
                pytest.fail(f"{task.task_path} failed:\n{task.traceback}")

    return run


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, started once for each test process."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        (pytest.fail if REQUIRE_ALL else pytest.skip)("No Chromium on this machine.")
    arguments = BROWSER_ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    # Playwright's loop lives in this thread, where the tests use the database too.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def national_texts(transactional_db):
    """The texts that come with the installation, which an earlier test's flush has taken away."""
    if not PledgeText.objects.filter(government=None).exists():
        import_module("pledges.migrations.0002_national_texts").publish(apps, None)


@pytest.fixture
def site(live_server, national_texts, settings):
    """The address of a running server, whose links lead to itself."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server.url


@pytest.fixture
def open_page(chromium, site):
    """A function that opens a window: `open_page(PHONE)`.

    The test fails at its end if a script of ours raised an error or broke the content policy, or
    if the server did (5xx).
    """
    contexts, faults = [], []

    def note_console(message):
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def note_response(response):
        if response.status >= 500:
            faults.append(f"{response.status} {response.url}")

    def open_window(screen):
        context = chromium.new_context(
            base_url=site, locale="id-ID", timezone_id="Asia/Jakarta", **screen
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", note_console)
        context.on("response", note_response)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def phone(open_page):
    """A page on a phone: 390 × 844, touch, two device pixels a point. Addresses are relative."""
    return open_page(PHONE)


@pytest.fixture
def desktop(open_page):
    """A page on a wide screen: 1440 × 900. Addresses are relative."""
    return open_page(DESKTOP)
