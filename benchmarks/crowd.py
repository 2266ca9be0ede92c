"""A field of three thousand people, from loading the page to the receipt, on this machine.

Each comes on a connection of their own and does all that their browser asks for but the static
files, which it keeps; half come by a personal link, half with number and PIN of a slip. The worker
makes pacts meanwhile, as it does on the day.
"""

import json
import re
from statistics import median
from urllib.parse import urlencode

from django.core.management import call_command
from django.urls import reverse

from benchmarks.clients import Connection, at_once, check, request
from benchmarks.field import ceremony_of, delivery, links, pins
from benchmarks.measure import percentile, queries_of
from benchmarks.server import server
from pledges.models import Signature

PEOPLE = 3000
PHONES = 64
AIM = 60
FEW, MANY = 10, 1000
TICKET = re.compile(rb'name="ticket" value="([^"]+)"')


def run():
    """Yield the benchmark's lines."""
    call_command("collectstatic", verbosity=0, interactive=False)  # the pages name its files
    ceremony = ceremony_of(PEOPLE)
    path, digest = reverse("send", args=[ceremony.code]), ceremony.text.digest
    comers, pages, sendings = list(comers_to(ceremony)), [], []
    with server("worker") as port:

        async def phone(work):
            for steps in work:
                connection = Connection(port)
                page, sending = await signed(connection, path, digest, steps)
                connection.close()
                pages.append(page)
                sendings.append(sending)

        seconds = at_once(phone, comers, PHONES)
    if Signature.objects.filter(participant__ceremony=ceremony).count() != PEOPLE:
        raise RuntimeError("not everybody has signed")
    yield (
        f"crowd: {PEOPLE} people from page to receipt in {seconds:.1f} s (aim {AIM} s), "
        f"{PEOPLE / seconds:.0f}/s; {PHONES} at once, half by link, half by slip, worker running"
    )
    for name, times in (("page", pages), ("sending", sendings)):
        yield f"crowd: {name} p50 {1000 * median(times):.0f} ms, p99 {percentile(times, 99):.0f} ms"
    yield from queries_told()


def comers_to(ceremony):
    """What the browser of each asks for until the signing page is there, by link and slip in turn.

    At the entrance it asks whether there is network before it sends number and PIN.
    """
    people = list(ceremony.participants.order_by("id"))
    by_link, by_slip = people[::2], people[1::2]
    entrance = reverse("ceremony-entrance", args=[ceremony.code])
    for token, person, pin in zip(links(by_link), by_slip, pins(ceremony, by_slip), strict=True):
        yield [request("GET", reverse("personal-link", args=[token]))]
        typed = urlencode({"number": person.number, "pin": pin})
        yield [
            request("GET", entrance),
            request("GET", reverse("health")),
            request("POST", entrance, typed, "form"),
        ]


async def signed(connection, path, digest, steps):
    """One person goes all the way; seconds of the first page, and of sending the signature."""
    answers = [await connection.ask(step) for step in steps]
    for answer in answers:
        check(answer, 200)
    ticket = TICKET.search(answers[-1].body)[1].decode()
    sent = await connection.ask(request("POST", path, delivery(digest, {"ticket": ticket})))
    check(sent, 200)
    receipt = json.loads(sent.body)["address"]
    for method in ("HEAD", "GET"):
        check(await connection.ask(request(method, receipt)), 200)
    return answers[0].seconds, sent.seconds


def queries_told():
    """A line for each page that people load before they sign: its queries for few and for many."""
    few, many = ceremony_of(FEW, opds=2), ceremony_of(MANY, opds=2)
    for name in ("ceremony-entrance", "offline", "personal-link"):
        counts = [queries_of(reverse(name, args=[opening(name, each)])) for each in (few, many)]
        yield f"crowd: {name}: {counts[0]} queries at {FEW} participants, {counts[1]} at {MANY}"


def opening(name, ceremony):
    """What opens a page: the ceremony's code, or a new personal link."""
    return links(ceremony.participants.all()[:1])[0] if name == "personal-link" else ceremony.code
