from django.conf import settings
from django.db import models

from netralitas.lib.errors import AppendOnlyError

from ..choices import ACTS
from ..querysets import EventQuerySet
from .append_only import AppendOnly


class Event(AppendOnly):
    """One line of the audit trail: who did what to which object, when. Only ever appended.

    `employee` is the one person the act concerned, if it was one. `data` holds counts, states and
    digests, never a number, a name, a PIN or a token (UU 27/2022 on personal data protection).
    """

    at = models.DateTimeField("waktu", auto_now_add=True, db_index=True)
    government = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="events"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="events"
    )
    act = models.CharField("perbuatan", max_length=40)
    employee = models.ForeignKey(
        "agencies.Employee",
        verbose_name="pegawai terkait",
        on_delete=models.PROTECT,
        null=True,
        related_name="events",
    )
    object_type = models.CharField("jenis objek", max_length=40)
    object_id = models.CharField("objek", max_length=64)
    data = models.JSONField("rincian", default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "peristiwa"
        verbose_name_plural = "peristiwa"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="event_by_object"),
            models.Index(fields=["government", "act", "id"], name="event_by_act"),
        ]

    def __str__(self):
        return f"{self.act} {self.object_type}"

    @property
    def label(self):
        """The act in Indonesian, as pages show it."""
        return ACTS.get(self.act, self.act)

    @property
    def why(self):
        """The reason that was given, or nothing; ask for `stated` along with the events."""
        stated = getattr(self, "stated", None)
        return stated.text if stated else ""


class EventReason(models.Model):
    """Why an act was done, in the words of who did it; beside the trail, not in it.

    It is never changed. It may name people or tell of somebody's health, so that one day it may be
    deleted, which the trail outlives.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="stated")
    text = models.CharField("alasan", max_length=255)

    class Meta:
        verbose_name = "alasan peristiwa"
        verbose_name_plural = "alasan peristiwa"
        ordering = ["id"]

    def __str__(self):
        return self.text

    def save(self, **options):
        """Add the reason. Raises AppendOnlyError if it is stored already."""
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        super().save(**{**options, "force_insert": True})
