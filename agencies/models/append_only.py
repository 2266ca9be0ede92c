from django.db import models

from netralitas.lib.errors import AppendOnlyError


class AppendOnly(models.Model):
    """A row that is added once and never changed or deleted.

    Sets of such rows need an `AppendOnlyQuerySet` as well.
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
