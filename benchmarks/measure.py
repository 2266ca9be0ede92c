"""How things are timed: in turns, so that a noisy neighbour hits both alike."""

import time
from statistics import median


def seconds(work):
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(ours, baseline, rounds):
    """The median seconds of each, measured alternately `rounds` times."""
    pairs = [(seconds(ours), seconds(baseline)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
