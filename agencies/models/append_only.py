from django.apps import apps
from django.db import connections, models

from netralitas.lib import triggers
from netralitas.lib.errors import AppendOnlyError


class AppendOnly(models.Model):
    """A row that is added once and never changed or deleted.

    Sets of such rows need an `AppendOnlyQuerySet` as well. The database refuses what goes past
    both: `protect_tables` runs after every migration, because SQLite loses a table's triggers when
    a migration builds the table anew.
    """

    class Meta:
        abstract = True

    def save(self, **options):
        """Add the row. Raises AppendOnlyError if it is stored already."""
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        super().save(**{**options, "force_insert": True})

    def delete(self, **options):
        """Always raises AppendOnlyError."""
        raise AppendOnlyError(type(self))


def append_only_tables():
    """The tables of all models whose rows are only ever added."""
    return [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]


def protect_tables(using, **signal):
    """Have the database refuse changes to the append-only tables it has; after `migrate`."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    for table in append_only_tables():
        if table in there:
            triggers.protect(connection, table)
