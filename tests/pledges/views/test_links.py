"""Personal links for e-mail and WhatsApp: a message ready to send, its address on the record."""

from html import unescape
from urllib.parse import quote, unquote

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.choices import Channel
from pledges.models import Invitation
from pledges.services import invitations
from tests import factories

from .pages import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def participant():
    return factories.participant_of(factories.open_ceremony())


@pytest.fixture
def operator(client, participant):
    return log_in(client, RoleName.OPERATOR, participant.opd)


def page_of(name, participant):
    return reverse(name, args=[participant.ceremony.uuid, participant.uuid])


def ask(client, participant, channel, sent_to):
    data = {"channel": channel, "sent_to": sent_to}
    return client.post(page_of("link-send", participant), data, follow=True)


def link_in(text):
    return next(word for word in text.split() if "/t/" in word)


@pytest.mark.parametrize(
    ("channel", "given", "kept", "start"),
    [
        ("EMAIL", " siti@dumai.example ", "siti@dumai.example", "mailto:siti@dumai.example?"),
        ("WHATSAPP", "0812-3456-7890", "+6281234567890", "https://wa.me/6281234567890?text="),
        ("WHATSAPP", "+62 (812) 3456.7890", "+6281234567890", "https://wa.me/6281234567890?"),
    ],
)
def test_the_message_is_ready_and_its_link_signs(
    client, operator, participant, channel, given, kept, start
):
    page = unescape(ask(client, participant, channel, given).content.decode())
    address = page[page.index(start) :].split('"', 1)[0]
    token = link_in(unquote(address)).rstrip("/").rsplit("/", 1)[1]
    invitation = invitations.find_by_token(token)
    assert (invitation.participant, invitation.channel) == (participant, Channel(channel))
    assert (invitation.sent_to, invitation.issued_by) == (kept, operator)
    assert client.get(f"/t/{token}/").status_code == 200


def test_where_it_went_is_shown_and_the_trail_names_only_the_way(client, operator, participant):
    ask(client, participant, "EMAIL", "siti@dumai.example")
    page = client.get(page_of("participant-detail", participant)).content.decode()
    assert "Dikirim ke siti@dumai.example" in page
    event = Event.objects.get(act="invitation.issued")
    assert event.data["channel"] == "EMAIL"
    assert "siti@dumai.example" not in str(event.data)


def test_each_way_ends_its_own_older_link_alone(client, operator, participant):
    for _ in range(2):
        ask(client, participant, "EMAIL", "siti@dumai.example")
    ask(client, participant, "WHATSAPP", "081234567890")
    standing = Invitation.objects.filter(revoked_at=None).values_list("channel", flat=True)
    assert sorted(standing) == ["EMAIL", "WHATSAPP"]


@pytest.mark.parametrize(
    ("channel", "sent_to"),
    [
        ("EMAIL", "081234567890"),
        ("EMAIL", "a@b.example, c@d.example"),
        ("EMAIL", "a@b.example?bcc=c@d.example"),
        ("WHATSAPP", "siti@dumai.example"),
        ("WHATSAPP", "0761 12345"),
        ("WHATSAPP", ""),
        ("LINK", "081234567890"),
        ("", ""),
    ],
)
def test_an_address_that_cannot_be_right_issues_nothing(
    client, operator, participant, channel, sent_to
):
    assert ask(client, participant, channel, sent_to).status_code == 400
    assert not Invitation.objects.exists()


def test_who_has_signed_gets_no_link(client, operator, participant):
    factories.sign(participant)
    before = Invitation.objects.count()
    answer = ask(client, participant, "EMAIL", "siti@dumai.example")
    assert answer.status_code == 400
    assert Invitation.objects.count() == before


def test_a_message_needs_no_escape_from_its_address(client, operator, participant):
    """A title with signs of its own meaning in an address stays text."""
    ceremony = participant.ceremony
    ceremony.title = "Apel & Ikrar? 100%"
    type(ceremony).objects.filter(pk=ceremony.pk).update(title=ceremony.title)
    page = unescape(ask(client, participant, "WHATSAPP", "081234567890").content.decode())
    assert quote(ceremony.title) in page
