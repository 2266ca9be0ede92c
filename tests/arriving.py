"""A click that leads to another page ends when that page is there, as it does for people.

Playwright ends a click as soon as the browser has taken it. What a test asks next may then still
be answered by the page before, or by none: a test that passes on a quiet machine fails on a busy
one. Pages opened by `open_page` note that they are being left; each act waits for what follows.
"""

import time
from functools import wraps

from playwright.sync_api import Error, Locator

PATIENCE = 30  # seconds

# Bubbling ends at the window: whatever a script of the page wanted to prevent is prevented by then.
NOTE_LEAVING = """
window.addEventListener("click", (event) => {
  const link = event.composedPath().find((node) => node.href && node.matches?.("a"));
  if (!link || event.defaultPrevented || link.target === "_blank" || link.download) return;
  const [here, there] = [location.href, link.href].map((address) => address.split("#")[0]);
  window.isBeingLeft = here !== there || !link.href.includes("#");
});
window.addEventListener("submit", (event) => {
  const method = event.submitter?.getAttribute("formmethod") ?? event.target.method;
  window.isBeingLeft = !event.defaultPrevented && method !== "dialog";
});
"""
IS_HERE = "document.documentElement && document.readyState === 'complete' && !window.isBeingLeft"


def follow_links(patch):
    """Let every click and key on a place in a page end when what it leads to is there."""
    for name in ("click", "press"):
        patch.setattr(Locator, name, followed(getattr(Locator, name)))


def note_leaving(context):
    """Let the pages of this window note that they are being left."""
    context.add_init_script(NOTE_LEAVING)


def follow_keys(page):
    """Let every key pressed in this page end when what it leads to is there."""
    page.keyboard.press = followed(page.keyboard.press, page)


def followed(act, page=None):
    """The act of a place in a page, or of the page given, that waits for what it leads to."""

    @wraps(act)
    def act_and_wait(*arguments, **options):
        window, files = page or arguments[0].page, []

        def note(file):
            files.append(file)

        window.on("download", note)
        try:
            act(*arguments, **options)
            wait_for_arrival(window, files)
        finally:
            window.remove_listener("download", note)

    return act_and_wait


def wait_for_arrival(page, files):
    """Return when the page is whole and stays, also where the click brought a file instead.

    Raises `AssertionError` if nothing arrives for half a minute.
    """
    begun = time.monotonic()
    while not (page.is_closed() or is_here(page)):
        assert time.monotonic() - begun < PATIENCE, f"{page.url} is left, but nothing comes."
        if files:
            page.evaluate("window.isBeingLeft = false")
        else:
            page.wait_for_timeout(10)


def is_here(page):
    """Whether a whole page stands in the window. Between two pages there is none to ask."""
    try:
        return page.evaluate(IS_HERE)
    except Error:
        return False
