"""Migrations are complete, and named by whoever wrote them."""

import re

import pytest
from django.core.management import call_command

from .repository import files_in, shown

AUTO_NAMED = re.compile(r"_auto_\d|_and_more\.py$")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_no_migration_has_a_name_that_was_made_up_for_it():
    migrations = [path for path in files_in("agencies", "pledges") if "migrations" in path.parts]
    assert [shown(path) for path in migrations if AUTO_NAMED.search(path.name)] == []
