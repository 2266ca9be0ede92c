"""The list of personal links is written when nobody waits for it any more."""

import pytest
from django.db import connection

from agencies.choices import RoleName
from pledges.models import Invitation
from pledges.services import link_lists
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_the_workbook_is_written_after_the_links_are(monkeypatch):
    ceremony = factories.open_ceremony(employees=2)
    operator = factories.user_with_role(RoleName.OPERATOR, ceremony.organizer)
    written = []

    def workbook(title, headings, rows, **options):
        written.append((connection.in_atomic_block, Invitation.objects.count(), len(list(rows))))

    monkeypatch.setattr(link_lists, "workbook", workbook)
    link_lists.issue(actor=operator, ceremony=ceremony)
    assert written == [(False, 2, 2)]
