"""Signing requests per second against a bare one-row insert on the same server, same run."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median, quantiles
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.urls import reverse

from netralitas.lib.tickets import issue
from pledges.models import Signature
from pledges.services import invitations
from tests.factories import STROKES, open_ceremony

CLIENTS = 16
ROUNDS = 4
REQUESTS = 300
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def server():
    """gunicorn with two workers of four threads, as `make run` has; on a free port, yielded."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "netralitas.wsgi", "--workers=2", "--threads=4"]
    process = subprocess.Popen(
        [*command, f"--bind=127.0.0.1:{port}", "--keep-alive=30", "--log-level=error"],
        env=dict(os.environ),
    )
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port):
    """Return once the server answers. Raises TimeoutError after 30 seconds."""
    for _ in range(300):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=2).request("GET", "/sehat/")
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def load(port, requests, expected):
    """Send (path, body) pairs over CLIENTS connections; seconds in all, and of each request."""
    shares = [requests[at::CLIENTS] for at in range(CLIENTS)]

    def client(share):
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        times = []
        for path, body in share:
            start = time.perf_counter()
            kept.request("POST", path, body, FORM)
            response = kept.getresponse()
            response.read()
            times.append(time.perf_counter() - start)
            if response.status != expected:
                raise RuntimeError(f"{path}: {response.status} instead of {expected}")
        return times

    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        times = [one for times in pool.map(client, shares) for one in times]
    return time.perf_counter() - start, times


def submissions(count):
    """`count` complete signing requests, each of another participant of one open ceremony."""
    ceremony = open_ceremony(employees=count)
    path = reverse("sign", args=[ceremony.code])
    digest = ceremony.text.digest
    for participant in ceremony.participants.all():
        token = invitations.issue_link(actor=None, participant=participant)
        fields = {
            "ticket": issue(invitations.find_by_token(token).pk),
            "key": str(uuid4()),
            "text_digest": digest,
            "points": ["1", "2", "3", "4"],
            "consent": "on",
            "method": "DRAWN",
            "strokes": json.dumps(STROKES),
        }
        yield path, urlencode(fields, doseq=True)


def run():
    """Yield the benchmark's lines."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (id INTEGER PRIMARY KEY, note TEXT)")
    rounds = [list(submissions(REQUESTS)) for _ in range(ROUNDS)]
    ours, baseline = [], []
    before = Signature.objects.count()
    with server() as port:
        load(port, [("/bench/", "")] * REQUESTS, 200)
        for requests in rounds:
            ours.append(load(port, requests, 303))
            baseline.append(load(port, [("/bench/", "")] * REQUESTS, 200))
    if Signature.objects.count() - before != ROUNDS * REQUESTS:
        raise RuntimeError("not every acknowledged signature is stored")
    rate, bare = rate_of(ours), rate_of(baseline)
    yield (
        f"signing: {rate:.0f}/s, p99 {p99(ours):.0f} ms; bare insert: {bare:.0f}/s, "
        f"p99 {p99(baseline):.0f} ms; ratio {rate / bare:.2f}x ({CLIENTS} connections)"
    )


def rate_of(results):
    """Median requests per second over the rounds."""
    return median(REQUESTS / seconds for seconds, _ in results)


def p99(results):
    """The 99th percentile of single requests, in milliseconds."""
    return 1000 * quantiles([one for _, times in results for one in times], n=100)[98]
