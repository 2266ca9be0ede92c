"""Takes the pictures of docs/guides/ from a fresh demo, and of the README, all or those named.

Each is what somebody sees who follows the guide: the demo is built into a folder that is thrown
away, a server of its own serves it, and a browser goes where `PICTURES` says.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from benchmarks.server import PATIENCE, free_port
from benchmarks.slow import chromium
from pledges.demo.accounts import PASSWORD
from tests.conftest import DESKTOP, PHONE

FOLDER = Path("static/img/guides")
# Of a screen there are few colours; a fourth of the bytes.
COLOURS = 128
TALLEST = 1100  # pixels of the page, not of the device


@dataclass(frozen=True)
class Picture:
    """What to show: who looks, at which address, and what of the page."""

    name: str
    user: str
    address: str
    follow: tuple = ()
    part: str = "body"
    phone: bool = False


PICTURES = (
    Picture("bkpsdm-beranda", "bkpsdm", "/"),
    Picture("bkpsdm-impor", "bkpsdm", "/impor/baru/"),
)


def main(names):
    """Take all pictures, or those of these names."""
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as site, chromium() as browser:
        for picture in wanted:
            path = FOLDER / f"{picture.name}.png"
            path.write_bytes(compact(taken(browser, site, picture)))
            sys.stdout.write(f"{path}: {path.stat().st_size // 1000} kB\n")


@contextmanager
def demo():
    """The address of a server with a fresh demo, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        site = f"http://127.0.0.1:{(port := free_port())}"
        environment = {
            **os.environ,
            "DATA_DIR": folder,
            "DEBUG": "on",
            "SECRET_KEY": secrets.token_urlsafe(40),
            "SITE_URL": site,
        }
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        command = [*manage, "runserver", "--noreload", "--verbosity", "0", str(port)]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
            try:
                yield site
            finally:
                server.terminate()
                server.wait(timeout=PATIENCE)


def taken(browser, site, picture):
    """The PNG of one picture."""
    context = browser.new_context(
        base_url=site, locale="id-ID", **(PHONE if picture.phone else DESKTOP)
    )
    page = context.new_page()
    if picture.user:
        log_in(page, picture.user)
    page.goto(picture.address)
    for label in picture.follow:
        page.get_by_role("link", name=label).first.click()
        page.wait_for_load_state()
    box = page.locator(picture.part).first.bounding_box()
    content = page.screenshot(
        full_page=True, clip={**box, "height": min(box["height"], TALLEST)}, animations="disabled"
    )
    context.close()
    return content


def log_in(page, user):
    """As anybody does, as soon as the server answers."""
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


if __name__ == "__main__":
    main(sys.argv[1:])
