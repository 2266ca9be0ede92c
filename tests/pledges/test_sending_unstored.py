"""What a device is told when the database cannot take its signature now."""

from uuid import uuid4

import pytest
from django.db import connection

from pledges.models import Signature
from tests import factories as make

from .test_sending import by_ticket, send

pytestmark = pytest.mark.django_db
DISK_FULL = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER refuse BEFORE UPDATE ON pledges_participant EXECUTE FUNCTION refuse();
"""
DISK_FREE = "DROP TRIGGER refuse ON pledges_participant"


@pytest.fixture
def writable():
    """A function that has the database refuse what is written, or take it again."""

    def switch(on):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA query_only = {'OFF' if on else 'ON'}")
            else:
                cursor.execute(DISK_FREE if on else DISK_FULL)

    yield switch
    if connection.vendor == "sqlite":
        switch(True)


def test_what_cannot_be_stored_now_is_to_be_sent_again_and_counts_then(client, writable):
    participant = make.participant_of(make.open_ceremony())
    credential, key = by_ticket(participant), str(uuid4())
    writable(False)
    refused = send(client, participant, credential, key=key)
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert refused.json()["sentence"].startswith("Server sedang tidak dapat menyimpan.")
    writable(True)
    taken = send(client, participant, credential, key=key)
    assert taken.json()["receipt"] == Signature.objects.get().receipt
