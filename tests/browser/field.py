"""A phone in the field: what it has kept, what it says, and a network that comes and goes."""

from playwright.sync_api import expect

from pledges.models import Signature

from .hand import draw, tick_all

SENDING = "**/kirim.json"
UNSENT = "Tersimpan di perangkat ini, belum terkirim"


def fill(page):
    """Everything a signature needs but the tap."""
    tick_all(page)
    draw(page)


def tap(page):
    page.locator("[data-send]").click()


def fill_slip(page, participant, pin):
    page.locator("#number").fill(participant.number)
    page.locator("#pin").fill(pin)


def enter(page, participant, pin):
    """Type number and PIN of a slip at the entrance."""
    fill_slip(page, participant, pin)
    page.get_by_role("button", name="Buka naskah ikrar").click()


def says_unsent(page):
    """Wait until the page says, at its top and at the button, that nothing was sent yet."""
    expect(page.locator("[data-status]")).to_contain_text(UNSENT)
    expect(page.locator("[data-outbox-list]")).to_contain_text(UNSENT)


def received(page):
    """Wait for the receipt; the one signature that is stored."""
    page.wait_for_url("**/bukti/**")
    assert page.locator("h1").inner_text() == "Diterima"
    return Signature.objects.get()


def stored(page):
    """All that the device's outbox holds, as text."""
    return page.evaluate(
        """() => new Promise((done) => {
          indexedDB.open("netralitas").onsuccess = ({ target }) => {
            const store = target.result.transaction("submissions").objectStore("submissions");
            store.getAll().onsuccess = (found) => done(JSON.stringify(found.target.result));
          };
        })"""
    )


def wait_until(page, condition, argument=None):
    """Wait until a function of the page returns true; a minute at most."""
    for _ in range(1200):
        if page.evaluate(condition, argument):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"Never true: {condition}")


def wait_until_kept(page, path):
    """Wait until the service worker keeps the page at `path`."""
    wait_until(page, "async (path) => Boolean(await caches.match(path))", path)


def wait_until_forgotten(page, path):
    """Wait until the service worker keeps the page at `path` no longer."""
    wait_until(page, "async (path) => !(await caches.match(path))", path)


def try_again(page):
    """What the page hears when the network comes back; else it would wait some seconds."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def lose_answers(page, count):
    """Let the server take what is sent, and lose its answer on the way back, `count` times."""

    def lose(route):
        taken.append(route.fetch().status)
        route.abort("connectionreset")

    taken = []
    page.route(SENDING, lose, times=count)
    return taken
