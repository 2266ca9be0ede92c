"""How often a wrong PIN may be tried, also for numbers that hold no slip.

If only the numbers of real slips were locked after five tries, the lock would tell who is on the
roster. Tries are kept in the cache that all machines share, under a keyed hash, so that not even
there a number can be read. Those for the number of a slip are counted here too, although its own
count is what holds: else the time it takes would tell.
"""

from datetime import timedelta
from math import ceil

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..errors import Locked

MAX_FAILURES = 5
LOCK = timedelta(minutes=15)
KEPT = timedelta(days=30)  # longer than people are let in to sign at one ceremony


def is_ahead(until):
    """Whether the moment `until` is still to come; None is no moment."""
    return until is not None and until > timezone.now()


def check_lock(until):
    """Raises Locked, with the minutes left, before the moment `until`; None is no lock."""
    if is_ahead(until):
        raise Locked(ceil((until - timezone.now()).total_seconds() / 60))


def locked_until(ceremony, number):
    """When the pause ends for a number that holds no slip; None if there is none."""
    return cache.get(f"{_key(ceremony, number)}:lock")


def count(ceremony, number):
    """Count a wrong PIN for a number that holds no slip; the fifth starts the pause.

    Each try takes a place of its own: adding is atomic in every cache, counting up is not.
    """
    key = _key(ceremony, number)
    places = [f"{key}:{n}" for n in range(MAX_FAILURES)]
    taken = cache.get_many(places)
    free = (place for place in places if place not in taken)
    if next((at for at in free if cache.add(at, 1, KEPT.total_seconds())), None) in places[:-1]:
        return
    cache.set(f"{key}:lock", timezone.now() + LOCK, LOCK.total_seconds())
    cache.delete_many(places)


def _key(ceremony, number):
    """Keyed hash of ceremony and number, bound to this use."""
    hashed = salted_hmac("pledges.guess", f"{ceremony.uuid}:{number}", algorithm="sha256")
    return f"guess:{hashed.hexdigest()}"
