"""/acara/…/unduhan/paket/: asking for a pack, how far it is, and fetching it in parts."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.models import Pack
from tests import factories

from .pages import log_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    """One of an OPD, which one of two has signed."""
    ceremony = factories.open_ceremony(factories.OpdFactory(), employees=2)
    factories.sign(factories.participant_of(ceremony))
    return ceremony


@pytest.fixture
def head(client, ceremony):
    return log_in(client, RoleName.HEAD, ceremony.organizer)


def address_of(name, pack):
    return reverse(name, args=[pack.ceremony.uuid, pack.uuid])


def test_a_pack_is_asked_for_made_and_fetched_in_two_parts(client, ceremony, head, run_tasks):
    answer = client.post(reverse("pack-ask", args=[ceremony.uuid]), {"kind": "ARCHIVE"})
    pack = Pack.objects.get()
    assert answer["Location"] == address_of("pack", pack)
    assert "Menunggu giliran" in text_of(client.get(address_of("pack", pack)))
    run_tasks()
    page = client.get(address_of("pack", pack))
    assert "Paket siap diunduh 1 pakta" in text_of(page)
    address = address_of("pack-file", pack)
    whole = client.get(address)
    content = whole.getvalue()
    assert ZipFile(BytesIO(content)).testzip() is None
    first = client.get(address, headers={"Range": "bytes=0-999"}).getvalue()
    rest = client.get(address, headers={"Range": "bytes=1000-", "If-Range": whole["ETag"]})
    assert (rest.status_code, first + rest.getvalue()) == (206, content)


def test_whatever_sends_most_of_it_leaves_an_event_and_asking_about_it_none(client, ceremony, head):
    pack = factories.pack(ceremony, head)
    address = address_of("pack-file", pack)
    told = Event.objects.of(ceremony).filter(act="pack.downloaded")
    assert client.head(address).status_code == 200
    last = f"bytes={pack.content.size - 9}-"
    client.get(address, headers={"Range": last}).getvalue()
    assert told.count() == 0
    client.get(address, headers={"Range": "bytes=1-"}).getvalue()
    client.get(address, headers={"Range": last, "If-Range": '"lain"'}).getvalue()
    assert told.count() == 2


def test_the_page_follows_a_pack_to_its_end(client, ceremony, head):
    pack = factories.pack(ceremony, head, made=False)
    page, piece = address_of("pack", pack), address_of("pack-progress", pack)
    Pack.objects.update(state="MAKING", done=1, total=4)
    assert "1 dari 4 (25%)" in text_of(client.get(piece, {"state": "QUEUED"}))
    Pack.objects.update(state="FAILED", reason="Tidak ada tempat.")
    assert client.get(piece, {"state": "MAKING"}).headers["HX-Refresh"] == "true"
    assert "Paket tidak dapat disiapkan Tidak ada tempat." in text_of(client.get(page))


def test_the_print_says_that_its_seal_is_gone(client, ceremony, head):
    pack = factories.pack(ceremony, head, kind="PRINT")
    assert "Segel elektronik tidak ikut" in text_of(client.get(address_of("pack", pack)))
    assert client.get(address_of("pack-file", pack))["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("data", [{}, {"kind": "LAIN"}, {"kind": "PRINT", "opd": "x"}])
def test_what_is_no_pack_is_refused(client, ceremony, head, data):
    response = client.post(reverse("pack-ask", args=[ceremony.uuid]), data)
    assert (response.status_code, Pack.objects.count()) == (400, 0)


def test_the_opd_of_others_cannot_be_asked_for(client, ceremony, head):
    other = factories.OpdFactory(parent=ceremony.organizer.government)
    data = {"kind": "PRINT", "opd": other.uuid}
    response = client.post(reverse("pack-ask", args=[ceremony.uuid]), data)
    assert (response.status_code, Pack.objects.count()) == (404, 0)


def test_the_downloads_list_only_the_own_packs(client, ceremony, head):
    factories.pack(ceremony, made=False)
    page = client.get(reverse("download-list", args=[ceremony.uuid]))
    assert "Menunggu giliran" not in text_of(page)
    factories.pack(ceremony, head, made=False)
    page = client.get(reverse("download-list", args=[ceremony.uuid]))
    assert "Menunggu giliran" in text_of(page)
