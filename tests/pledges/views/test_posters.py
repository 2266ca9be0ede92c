"""/acara/…/poster/: the poster as a file."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from tests import factories

from .pages import log_in, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["READY", "OPEN"])
def test_the_page_of_a_ceremony_leads_to_both_posters(client, state):
    ceremony = factories.ceremony_in(state)
    log_in(client, RoleName.OPERATOR, ceremony.organizer)
    page = client.get(reverse("ceremony-detail", args=[ceremony.uuid])).content.decode()
    for size in ("a4", "a3"):
        address = reverse(f"poster-{size}", args=[ceremony.uuid])
        assert address in page
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "application/pdf"
        disposition = f'attachment; filename="Poster {size.upper()} {ceremony.title}.pdf"'
        assert answer.headers["Content-Disposition"] == disposition


@pytest.mark.parametrize("state", ["DRAFT", "CLOSED", "ARCHIVED", "CANCELLED"])
def test_where_nobody_can_come_in_by_it_there_is_none(client, state):
    ceremony = factories.ceremony_in(state)
    log_in(client, RoleName.HR, ceremony.organizer)
    address = reverse("poster-a4", args=[ceremony.uuid])
    answer = client.get(address)
    assert answer.status_code == 409
    assert "Poster tersedia setelah daftar peserta dibekukan" in text_of(answer)
    detail = client.get(reverse("ceremony-detail", args=[ceremony.uuid]))
    assert address not in detail.content.decode()
