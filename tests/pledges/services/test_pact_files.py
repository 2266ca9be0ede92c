"""Files of pacts that a killed worker has left unfinished: they go, and nothing else does."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from agencies.models.append_only import append_only_tables
from netralitas import housekeeping
from netralitas.lib import triggers
from pledges.models import Pact
from pledges.services import pact_files, pacts
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature():
    return factories.sign(factories.participant_of(factories.open_ceremony()))


def left(name, content=b"%PDF-1.7 ... %%EOF\n endstream"):
    """A file that nothing names, as a process leaves it that is killed while it writes it."""
    return default_storage.save(name, ContentFile(content))


def two_days_pass(times=2 * pact_files.SHARES, clear_away=pact_files.clear_away):
    """The housekeeping of each hour of two days, beginning when what is there now is old enough."""
    begun = timezone.now() + pact_files.STORING
    for hour in range(1, times + 1):
        with time_machine.travel(begun + timedelta(hours=hour), tick=False):
            clear_away()


def test_an_unfinished_file_that_no_row_names_is_gone_within_two_days(signature):
    name = left(pacts.file_name(signature))
    two_days_pass(clear_away=housekeeping.keep_house)
    assert not default_storage.exists(name)
    assert Pact.objects.count() == 0


def test_the_file_that_a_row_names_stays_beside_one_that_came_second(signature):
    pact = pacts.issue(signature)
    second = left(pacts.file_name(signature))
    assert second != pact.file.name
    two_days_pass()
    assert default_storage.exists(pact.file.name)
    assert not default_storage.exists(second)


def test_a_fresh_file_stays_for_its_row_may_come(signature):
    name = left(pacts.file_name(signature))
    now = timezone.now()
    for share in range(pact_files.SHARES):
        with time_machine.travel(now + timedelta(hours=share / 5), tick=False):
            pact_files.clear_away()
    assert default_storage.exists(name)


def test_each_hour_only_a_share_of_the_folders_is_looked_into(signature):
    names = [left(f"pakta/{number:02x}/{signature.digest}.pdf") for number in range(48)]
    two_days_pass(times=1)
    assert sum(map(default_storage.exists, names)) == 46
    two_days_pass()
    assert not any(map(default_storage.exists, names))


def test_a_whole_file_stays_though_its_row_is_gone(signature):
    """After a backup was restored: the signer holds this very file, and its row is yet to come."""
    name = pacts.issue(signature).file.name
    with triggers.lifted(connection, append_only_tables()):
        Pact.objects.all()._raw_delete(using="default")
    pacts.issue(signature)
    two_days_pass()
    assert default_storage.exists(name)


def test_what_is_no_file_of_a_pact_stays():
    stored = left("pakta/aa/catatan.txt")
    two_days_pass()
    assert default_storage.exists(stored)


def test_a_worker_that_rests_at_the_same_hours_reaches_every_folder(signature):
    names = [left(f"pakta/{number:02x}/{signature.digest}.pdf") for number in range(24)]
    begun = timezone.now() + pact_files.STORING
    for day in range(1, pact_files.SHARES + 1):
        with time_machine.travel(begun + timedelta(days=day), tick=False):
            pact_files.clear_away()
    assert not any(map(default_storage.exists, names))


def test_where_nothing_was_ever_stored_there_is_nothing_to_do():
    pact_files.clear_away()
    assert not default_storage.exists("pakta")
