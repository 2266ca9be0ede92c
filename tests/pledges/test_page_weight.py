"""What a phone loads before somebody can sign, on a field where one cell serves thousands."""

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests import factories as make

from .visitor import enter, open_link

pytestmark = pytest.mark.django_db
MOST_BYTES = 100_000
MOST_REQUESTS = 32
NAMED = re.compile(r'(?:src|href)="(/static/[^"]+)"')
IMPORTED = re.compile(r'(?:from|import)\s*\(?"([^"]+)"')
# A browser asks for these only when it needs them: paper, a bookmark on an iPhone.
LATER = re.compile(r"print\.css|apple-touch-icon")


def weigh(response):
    """Bytes of the page and of everything it names, by address, heaviest first.

    Static files count as whitenoise's gzip copies, which every browser takes; the page as it is
    sent, uncompressed.
    """
    weights = {"page": len(response.content)}
    pending = NAMED.findall(response.content.decode())
    while pending:
        address = pending.pop()
        if address in weights or LATER.search(address):
            continue
        content = Path(finders.find(address.removeprefix("/static/"))).read_bytes()
        weights[address] = min(len(gzip.compress(content, 9)), len(content))
        if address.endswith(".js"):
            pending += [urljoin(address, name) for name in IMPORTED.findall(content.decode())]
    return dict(sorted(weights.items(), key=lambda item: -item[1]))


def by_link(client, participant):
    return open_link(client, participant)


def by_slip(client, participant):
    return enter(client, participant.ceremony, participant.number, make.pin_of(participant))


def without_network(client, participant):
    return client.get(reverse("offline", args=[participant.ceremony.code]))


def entrance(client, participant):
    return client.get(reverse("ceremony-entrance", args=[participant.ceremony.code]))


@pytest.mark.parametrize("page", [by_link, by_slip, without_network, entrance])
def test_all_of_a_signing_page_weighs_less_than_a_hundred_kilobytes(client, page):
    weights = weigh(page(client, make.participant_of(make.open_ceremony())))
    listed = "\n".join(f"{weight:7} {address}" for address, weight in weights.items())
    assert sum(weights.values()) <= MOST_BYTES, listed
    assert len(weights) <= MOST_REQUESTS, listed
