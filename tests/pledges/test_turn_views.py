"""For whoever came before their turn: asking whether it has come, and coming in without the PIN."""

import pytest
from django.urls import reverse

from netralitas.lib import tickets
from pledges.models import Signature
from pledges.services import ceremonies
from tests import factories as make

from .pages import fields_of
from .visitor import enter, open_link, says, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """Somebody of the second wave, which is not open yet."""
    return make.participant_of(make.ceremony_in_waves(), 1)


def told(client, ceremony):
    return client.get(reverse("turns", args=[ceremony.code])).json()


def come_again(client, participant, ticket):
    return client.post(reverse("come-again", args=[participant.ceremony.code]), {"ticket": ticket})


def open_second_wave(participant):
    ceremonies.open_wave(actor=None, wave=participant.wave)


def test_it_tells_whose_turn_it_is(client, waiting):
    assert told(client, waiting.ceremony) == {"open": True, "over": False, "waves": [1]}
    open_second_wave(waiting)
    assert told(client, waiting.ceremony) == {"open": True, "over": False, "waves": [1, 2]}
    ceremonies.close_signing(actor=None, ceremony=waiting.ceremony)
    assert told(client, waiting.ceremony) == {"open": False, "over": True, "waves": []}


def test_before_the_opening_it_is_nobodys_turn(client):
    assert told(client, make.ceremony_in("READY")) == {"open": False, "over": False, "waves": []}
    assert client.get(reverse("turns", args=["XXXX9999"])).status_code == 404


def test_who_came_by_slip_comes_in_again_without_the_pin(client, waiting):
    page = enter(client, waiting.ceremony, waiting.number, make.pin_of(waiting))
    ticket = fields_of(page)["ticket"]
    early = come_again(client, waiting, ticket)
    assert (early.status_code, says(early, "Giliran Anda belum dibuka")) == (403, True)
    open_second_wave(waiting)
    opened = come_again(client, waiting, ticket)
    assert (opened.status_code, says(opened, waiting.name)) == (200, True)
    assert send(client, opened, waiting).status_code == 303
    assert Signature.objects.get().participant == waiting


def test_who_waits_has_begun_no_signature(client, waiting):
    """Else whoever never had a turn could sign after the closing, as if begun in time."""
    page = enter(client, waiting.ceremony, waiting.number, make.pin_of(waiting))
    ticket = fields_of(page)["ticket"]
    open_second_wave(waiting)
    assert send(client, page, waiting, ticket=ticket).status_code == 400
    assert not Signature.objects.exists()
    begun = tickets.issue(make.invitation_of(waiting).pk)
    assert come_again(client, waiting, begun).status_code == 400


def test_a_slip_that_was_replaced_meanwhile_opens_nothing(client, waiting):
    page = enter(client, waiting.ceremony, waiting.number, make.pin_of(waiting))
    make.pin_of(waiting)
    open_second_wave(waiting)
    refused = come_again(client, waiting, fields_of(page)["ticket"])
    assert (refused.status_code, says(refused, waiting.name)) == (403, False)


def test_who_came_by_link_opens_the_same_address_again(client, waiting):
    page = open_link(client, waiting)
    assert "ticket" not in fields_of(page)
    assert says(page, f'href="{page.wsgi_request.path}">Coba lagi</a>')
