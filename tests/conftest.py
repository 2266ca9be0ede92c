"""Fixtures for every test: the database, files, tasks, and a browser as people have it.

Nothing is mocked: tasks stay in the database until `run_tasks` runs them as the worker would.
"""

import faulthandler
import gc
import os
import shutil
from importlib import import_module

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.db.models.signals import post_save
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Error, expect, sync_playwright

from agencies.models import Event
from agencies.models.append_only import append_only_tables
from netralitas.lib import triggers
from pledges.models import PledgeText
from tests import seal_pki
from tests.arriving import follow_keys, follow_links, note_leaving
from tests.event_words import without_words

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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

# Milliseconds: two cores may be busy with anything else.
PATIENCE = 30_000

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"

# Seconds after which a test hangs: far longer than the slowest takes on the busiest machine.
HANGS_AFTER = 480

WINDOWS = pytest.StashKey()

hypothesis_settings.register_profile("suite", deadline=None)
hypothesis_settings.load_profile("suite")


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what says nothing new on a second database: tests that use none, and tests "
        "of how a page behaves (marked `page`)",
    )


def pytest_collection_modifyitems(config, items):
    """What a test uses is known from its marks and fixtures.

    A browser on a busy machine misses a moment now and then: its tests are tried once more, and the
    summary names those that were, for whoever looks for the race behind it.
    """
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=1))
    if not config.getoption("--database-only"):
        return
    blind = {item for item in items if not uses_database(item) or item.get_closest_marker("page")}
    config.hook.pytest_deselected(items=list(blind))
    items[:] = [item for item in items if item not in blind]


def pytest_collection_finish(session):
    """What collecting has made stays to the end: garbage is looked for among the rest alone."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def uses_database(item):
    """Whether a test is marked for the database, or a fixture of it asks for one."""
    asked = {"db", "transactional_db", "django_db_reset_sequences"} & set(item.fixturenames)
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A test that hangs ends its process, which the run names and replaces.

    Pytest's own `faulthandler_timeout` does not watch the second try of a test.
    """
    standard_error = item.config.stash[fault_handler_stderr_fd_key]
    faulthandler.dump_traceback_later(HANGS_AFTER, exit=True, file=standard_error)


def pytest_runtest_logfinish():
    """Nothing is watched between two tests."""
    faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """What stood in the windows of a failed test is part of its report."""
    report = yield
    if report.failed and call.when == "call":
        pages = [page for context in item.stash.get(WINDOWS, ()) for page in context.pages]
        report.sections += [(f"Window at {page.url}", text_of(page)) for page in pages]
    return report


def text_of(page):
    """What can be read in a window, also if it is between two pages."""
    try:
        return page.locator("body").inner_text(timeout=2_000)
    except Error as error:
        return str(error)


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


@pytest.fixture(scope="session")
def seal_key(tmp_path_factory):
    """The PKCS#12 file with which pacts are sealed."""
    path = tmp_path_factory.mktemp("kunci") / "segel.p12"
    path.write_bytes(seal_pki.own_pkcs12())
    return path


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path, seal_key):
    """Each test keeps its files in a folder of its own; the key that seals pacts is there."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SEAL_PKCS12, settings.SEAL_PKCS12_PASSWORD = str(seal_key), seal_pki.PASSWORD


@pytest.fixture(scope="session", autouse=True)
def readable_trail():
    """Nothing is recorded, by whichever test, for which the audit trail has no words."""

    def read(instance, **signal):
        assert list(without_words(instance)) == [], f"agencies/trail.py lacks words: {instance.act}"

    post_save.connect(read, sender=Event)
    yield
    post_save.disconnect(read, sender=Event)


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
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        follow_links(patch)
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def national_texts(transactional_db):
    """The texts and the guidance that come with the installation, which an earlier test's flush has
    taken away.
    """
    if not PledgeText.objects.filter(government=None).exists():
        import_module("pledges.migrations.0002_national_texts").publish(apps, None)
        import_module("pledges.migrations.0015_text_patterns").add(apps, None)
        import_module("pledges.migrations.0020_guidance").publish(apps, None)


@pytest.fixture
def site(live_server, national_texts, settings):
    """The address of a running server, whose links lead to itself."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server.url


@pytest.fixture
def open_page(chromium, site, request):
    """A function that opens a window: `open_page(PHONE)`.

    The test fails at its end if a script of ours raised an error or broke the content policy, or
    if the server did (5xx).
    """
    faults = []
    contexts = request.node.stash.setdefault(WINDOWS, [])

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
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", note_console)
        context.on("response", note_response)
        note_leaving(context)
        page = context.new_page()
        follow_keys(page)
        return page

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
