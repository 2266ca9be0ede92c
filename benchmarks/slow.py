"""The pages to sign on a phone with slow 3G, as Chromium emulates it, nothing kept from before."""

import shutil
from contextlib import contextmanager
from statistics import median

from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import sync_playwright

from benchmarks.field import ceremony_of, links
from benchmarks.server import server
from tests.conftest import BROWSER_ARGUMENTS, BROWSERS, PHONE

# Lighthouse's "slow 3G": https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
ROUND_TRIP = 400
KILOBITS = 400
NETWORK = {
    "offline": False,
    "latency": ROUND_TRIP,
    "downloadThroughput": KILOBITS * 1000 / 8,
    "uploadThroughput": KILOBITS * 1000 / 8,
}
AIM = 5
ROUNDS = 3


def run():
    """Yield the benchmark's lines."""
    call_command("collectstatic", verbosity=0, interactive=False)
    ceremony = ceremony_of(1, opds=1)
    (token,) = links(ceremony.participants.all())
    pages = {
        "personal-link": reverse("personal-link", args=[token]),
        "ceremony-entrance": reverse("ceremony-entrance", args=[ceremony.code]),
        "offline": reverse("offline", args=[ceremony.code]),
    }
    with server() as port, chromium() as browser:
        for name, address in pages.items():
            loads = [load(browser, f"http://127.0.0.1:{port}{address}") for _ in range(ROUNDS)]
            seconds, size, requests = map(median, zip(*loads, strict=True))
            yield (
                f"slow: {name} usable after {seconds:.1f} s (aim {AIM} s): {size / 1000:.0f} kB "
                f"in {requests:.0f} requests at {KILOBITS} kbit/s and {ROUND_TRIP} ms"
            )


@contextmanager
def chromium():
    """The browser of the tests."""
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*BROWSER_ARGUMENTS, "--no-sandbox"]
        )
        yield browser
        browser.close()


def load(browser, address):
    """Seconds until the page can be used, bytes it took by then, and requests."""
    context = browser.new_context(**PHONE, service_workers="block")
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes = []
    session.on("Network.loadingFinished", lambda found: sizes.append(found["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    # By then its scripts have run, which is what makes it usable.
    page.goto(address, wait_until="domcontentloaded")
    timing = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    seconds = page.evaluate(timing) / 1000
    found = seconds, sum(sizes), len(sizes)
    context.close()
    return found
