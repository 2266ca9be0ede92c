"""What a device is allowed to keep, so that it opens without network."""

import pytest
from django.urls import reverse

from netralitas.lib import tickets
from pledges.choices import CeremonyState
from tests import factories as make

from .pages import fields_of
from .visitor import enter, open_link, says, send

pytestmark = pytest.mark.django_db
KEPT = "X-Keep"


def offline_address(ceremony):
    return reverse("offline", args=[ceremony.code])


def test_the_page_for_slips_names_nobody_and_carries_the_start(client):
    ceremony = make.open_ceremony()
    participant = make.participant_of(ceremony)
    page = client.get(offline_address(ceremony))
    assert (page.status_code, page.has_header(KEPT)) == (200, True)
    assert not client.cookies
    assert not says(page, participant.name)
    assert not says(page, participant.number)
    fields = fields_of(page)
    assert (fields["number"], fields["pin"]) == ("", "")
    assert {"ticket", "key"} & fields.keys() == set()
    assert tickets.read(fields["start"], tickets.START).subject == ceremony.code


def test_before_the_opening_the_page_for_slips_may_be_kept_and_tells_no_start(client):
    page = client.get(offline_address(make.ceremony_in(CeremonyState.READY)))
    assert (page.status_code, page.has_header(KEPT)) == (200, True)
    assert fields_of(page)["start"] == ""


@pytest.mark.parametrize("state", [CeremonyState.CLOSED, CeremonyState.ARCHIVED])
def test_the_page_for_slips_of_a_ceremony_that_is_over_is_kept_no_longer(client, state):
    page = client.get(offline_address(make.ceremony_in(state)))
    assert (page.status_code, page.has_header(KEPT)) == (403, False)


def test_a_page_to_sign_may_be_kept_and_its_receipt_may_not(client):
    participant = make.participant_of(make.open_ceremony())
    address = reverse("personal-link", args=[make.link_of(participant)])
    page = client.get(address)
    assert page.has_header(KEPT)
    receipt = client.get(send(client, page, participant)["Location"])
    again = client.get(address)
    assert (again.status_code, again.has_header(KEPT)) == (200, False)
    assert (receipt.status_code, receipt.has_header(KEPT)) == (200, False)


def test_a_refused_link_and_a_closed_entrance_may_not_be_kept(client):
    closed = make.ceremony_in(CeremonyState.CLOSED)
    for address in (f"/i/{closed.code}/", "/t/tidak-ada/", "/i/"):
        assert not client.get(address).has_header(KEPT)


@pytest.mark.parametrize("state", [CeremonyState.READY, CeremonyState.OPEN, CeremonyState.CLOSED])
def test_every_entrance_has_the_device_look_at_the_page_for_slips(client, state):
    """To keep it before the ceremony, to forget it afterwards."""
    ceremony = make.ceremony_in(state)
    page = client.get(reverse("ceremony-entrance", args=[ceremony.code]))
    assert says(page, f'data-offline="{offline_address(ceremony)}"')


def test_the_page_behind_a_pin_and_behind_a_link_say_whose_they_are(client):
    """So that what waits for one person is not taken for another's at the same address."""
    participant = make.participant_of(make.open_ceremony())
    pin = make.pin_of(participant)
    for page in (
        open_link(client, participant),
        enter(client, participant.ceremony, participant.number, pin),
    ):
        assert says(page, f'data-draft="{participant.uuid}"')


def test_a_personal_page_is_kept_under_an_opaque_name_and_not_under_its_secret(client):
    participant = make.participant_of(make.open_ceremony())
    assert open_link(client, participant)[KEPT] == str(participant.uuid)


def test_every_page_says_by_when_a_signature_has_to_arrive(client):
    """What was begun before the opening has no start that would give it time (choices.GRACE)."""
    ceremony = make.open_ceremony()
    for page in (
        open_link(client, make.participant_of(ceremony)),
        client.get(offline_address(ceremony)),
        client.get(reverse("ceremony-entrance", args=[ceremony.code])),
    ):
        assert says(page, "harus terkirim paling lambat 24 jam sesudah acara ditutup")
    waiting = make.ceremony_in(CeremonyState.READY)
    for page in (
        client.get(offline_address(waiting)),
        client.get(reverse("ceremony-entrance", args=[waiting.code])),
    ):
        assert says(page, "harus terkirim sebelum acara ditutup")
        assert not says(page, "paling lambat")


def test_the_service_worker_is_served_at_the_root_and_kept_by_no_cache(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer["Cache-Control"]
