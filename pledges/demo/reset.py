"""Emptying the database for a new demo: the one place where signatures and events are deleted."""

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import QuerySet

from agencies.models import RosterFile
from agencies.models.append_only import append_only_tables
from netralitas.lib import triggers

from ..models import CountersignedPact, Guidance, Pact, PledgeText

WRITTEN_BY_MIGRATIONS = {"contenttypes", "auth"}
# Of these the national rows came by migration, the governments' own did not.
PARTLY_NATIONAL = (Guidance, PledgeText)


def erase():
    """Delete every row but those that migrations write; files go once that is committed.

    Call it inside a transaction. It deletes table by table, past the models that refuse it; foreign
    keys are checked at the end of the transaction, so the order of the tables does not matter.
    """
    uploads = RosterFile.objects.exclude(content="").values_list("content", flat=True)
    noted = CountersignedPact.objects.exclude(file="").values_list("file", flat=True)
    files = [*Pact.objects.values_list("file", flat=True), *noted, *uploads]
    with triggers.lifted(connection, append_only_tables()):
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label not in WRITTEN_BY_MIGRATIONS:
                _rows_to_erase(model)._raw_delete(DEFAULT_DB_ALIAS)
    transaction.on_commit(lambda: _remove(files))


def _rows_to_erase(model):
    """All rows; of texts and guidance only the governments' own."""
    rows = QuerySet(model)
    return rows.exclude(government=None) if model in PARTLY_NATIONAL else rows


def _remove(names):
    for name in names:
        default_storage.delete(name)
