"""Signatures per second, with everything on, against a bare one-row insert on the same server.

Everything is: a sealed delivery as devices send it, half with the ticket of a personal link's page,
half with number and PIN of a slip and a start ticket; validation, record, event, pact to be made.
"""

from statistics import median

from django.db import connection
from django.urls import reverse

from benchmarks.clients import load, request
from benchmarks.field import ceremony_of, deliveries
from benchmarks.measure import percentile
from benchmarks.server import server
from pledges.models import Signature

CONNECTIONS = 64
ROUNDS = 5
REQUESTS = 512
BARE = [request("POST", "/bench/")] * REQUESTS


def run():
    """Yield the benchmark's lines."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (id INTEGER PRIMARY KEY, note TEXT)")
    rounds = [signatures(REQUESTS) for _ in range(ROUNDS + 1)]
    before = Signature.objects.count()
    with server() as port:
        turns = [
            (load(port, requests, 200, CONNECTIONS), load(port, BARE, 200, CONNECTIONS))
            for requests in rounds
        ][1:]  # the first warms up
    if Signature.objects.count() - before != REQUESTS * (ROUNDS + 1):
        raise RuntimeError("not every acknowledged signature is stored")
    yield from told(*([turn[at] for turn in turns] for at in range(2)))


def signatures(count):
    """A request for each of so many people of a new open ceremony, by turns by link and by slip."""
    ceremony = ceremony_of(count)
    path = reverse("send", args=[ceremony.code])
    return [request("POST", path, body) for body in deliveries(ceremony)]


def told(ours, bare):
    """The lines about the rounds of each, every one (seconds in all, seconds of each)."""
    rate, bare_rate = (median(REQUESTS / seconds for seconds, _ in each) for each in (ours, bare))
    times, bare_times = (sum((times for _, times in each), []) for each in (ours, bare))
    slowest, bare_slowest = percentile(times, 99), percentile(bare_times, 99)
    yield (
        f"signing: {rate:.0f}/s, bare insert {bare_rate:.0f}/s; ratio {rate / bare_rate:.2f}x "
        f"(aim 0.5x; {CONNECTIONS} connections, half by link, half by slip)"
    )
    yield (
        f"signing: p99 {slowest:.0f} ms, bare insert {bare_slowest:.0f} ms; "
        f"ratio {slowest / bare_slowest:.2f}x (aim 3x)"
    )
    by_link, by_slip = (median(times[at::2]) for at in range(2))
    yield f"signing: by slip takes {by_slip / by_link:.2f}x the median time of by link"
