"""A visitor who signs, as a browser without scripts would: open, fill in, send."""

from django.urls import reverse

from tests import factories as make

from .pages import fields_of

TYPED = {"method": "TYPED", "consent": "on", "points": ["1", "2", "3", "4"]}


def open_link(client, participant):
    """The signing page behind a new personal link."""
    return client.get(reverse("personal-link", args=[make.link_of(participant)]))


def enter(client, ceremony, number, pin):
    """The answer to a number and a PIN at the entrance."""
    return client.post(
        reverse("ceremony-entrance", args=[ceremony.code]), {"number": number, "pin": pin}
    )


def send(client, page, participant, **changes):
    """Send the page's form with a typed name, complete unless `changes` says otherwise."""
    data = {**fields_of(page), **TYPED, "typed_name": participant.bare_name, **changes}
    return client.post(reverse("sign", args=[participant.ceremony.code]), data)


def says(response, sentence):
    """Whether the page says this."""
    return sentence in response.content.decode()
