"""How things are timed: in turns, so that a noisy neighbour hits both alike."""

import time
from statistics import median, quantiles

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def seconds(work):
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(ours, baseline, rounds):
    """The median seconds of each, measured alternately `rounds` times."""
    pairs = [(seconds(ours), seconds(baseline)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def percentile(times, n):
    """The time that `n` of a hundred are not above, in milliseconds."""
    return 1000 * quantiles(times, n=100)[n - 1]


def queries_of(address):
    """How many queries the answer to a GET takes."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client(SERVER_NAME="127.0.0.1").get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return len(captured)
