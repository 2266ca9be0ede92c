from django.conf import settings
from django.db import models

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
