"""Serves the demo and photographs it."""

import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from io import BytesIO
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from PIL import Image
from playwright.sync_api import sync_playwright

from pledges.demo.accounts import PASSWORD

from .subjects import SUBJECTS

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
DESKTOP = {"viewport": {"width": 1200, "height": 800}}
PHONE = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
# A screen has few colours: a fourth of the bytes.
COLOURS = 96
PATIENCE = 60  # seconds


def take(names, port):
    """Write the picture of each subject of these names, or of all."""
    with served(port), chromium() as browser:
        for subject in SUBJECTS:
            if not names or subject.name in names:
                path = subject.folder / f"{subject.name}.png"
                path.write_bytes(compact(taken(browser, subject)))
                print(f"{path}: {path.stat().st_size // 1000} kB", flush=True)


@contextmanager
def served(port):
    """The demo answers on `port` while the block runs. Raises TimeoutError."""
    command = [sys.executable, "manage.py", "runserver", "--noreload", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as server:
        try:
            wait_for_answer(settings.SITE_URL + "/sehat/")
            yield
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def wait_for_answer(address):
    """Return once it answers. Raises TimeoutError."""
    for _ in range(PATIENCE * 5):
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


@contextmanager
def chromium():
    """Whichever Chromium this machine has."""
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def taken(browser, subject):
    """The PNG of one subject, seen by its user."""
    device = PHONE if subject.phone else DESKTOP
    context = browser.new_context(base_url=settings.SITE_URL, locale="id-ID", **device)
    page = context.new_page()
    if subject.user:
        log_in(page, subject.user)
    subject.visit(page)
    height = min(page.evaluate("document.documentElement.scrollHeight"), subject.height)
    clip = {"x": 0, "y": 0, "width": device["viewport"]["width"], "height": height}
    content = page.screenshot(full_page=True, clip=clip, animations="disabled")
    context.close()
    return content


def log_in(page, user):
    """As that person does."""
    page.goto("/masuk/")
    page.locator("[name=login]").fill(user)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("heading", level=1, name="Beranda").wait_for()


def compact(content):
    """The same picture in fewer bytes."""
    target = BytesIO()
    with Image.open(BytesIO(content)) as picture:
        reduced = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        reduced.save(target, format="PNG", optimize=True)
    return target.getvalue()
