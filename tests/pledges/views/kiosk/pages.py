"""A device in kiosk mode, as its operator and those who sign use it."""

from django.urls import reverse

from tests.pledges import visitor

from ..pages import text_of

PIN = "482915"


def address(name, ceremony, *arguments):
    return reverse(f"kiosk-{name}", args=[ceremony.uuid, *arguments])


def start(client, ceremony, pin=PIN):
    """Make the logged-in client's device a kiosk."""
    return client.post(address("start", ceremony), {"pin": pin, "again": pin})


def hand(client, participant, check="CARD"):
    """Choose a person from the open list, check who it is, hand the device over."""
    return client.post(
        address("hand", participant.ceremony, participant.uuid), {"identity_check": check}
    )


def unlock(client, ceremony, pin=PIN):
    return client.post(address("locked", ceremony), {"pin": pin})


def leave(client, ceremony, pin=PIN):
    return client.post(address("leave", ceremony), {"pin": pin})


def named(ceremony, name):
    return ceremony.participants.select_related("ceremony").get(bare_name=name)


def search(client, ceremony, words):
    return text_of(client.get(address("people", ceremony), {"q": words}))


def sign_on(client, participant):
    """Sign on the page of the device; the answer to what it sends."""
    page = client.get(address("sign", participant.ceremony, participant.uuid))
    return visitor.send(client, page, participant)


def unlock_and_look(client, ceremony):
    response = unlock(client, ceremony)
    assert response.url == address("people", ceremony)
    return client.get(response.url)
