import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..choices import PackKind, PackState
from ..querysets import PackQuerySet


class Pack(models.Model):
    """Pacts and papers of a ceremony that somebody asked for as one file ("paket"): of one OPD, or
    of everybody whose pacts that user may read, which `is_whole` says to be everybody.

    `content` is the file, for nobody but who asked; it is removed a day after it was made. `done`
    of `total` pacts are in it so far, `left_out` could not be made. `scope` are the paths on which
    the asker could read pacts when it was made. `reason` is the sentence of a pack that failed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ceremony = models.ForeignKey("pledges.Ceremony", on_delete=models.PROTECT, related_name="packs")
    opd = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="packs"
    )
    is_whole = models.BooleanField("seluruh acara", default=False)
    kind = models.CharField("jenis", max_length=10, choices=PackKind.choices)
    state = models.CharField(
        "status", max_length=10, choices=PackState.choices, default=PackState.QUEUED
    )
    scope = models.JSONField("jangkauan", default=list)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("diminta pada", default=timezone.now, editable=False)
    ready_at = models.DateTimeField("siap pada", null=True)
    fetched_at = models.DateTimeField("pertama diunduh pada", null=True)
    done = models.PositiveIntegerField("selesai", default=0)
    total = models.PositiveIntegerField("seluruhnya", default=0)
    left_out = models.PositiveIntegerField("tidak termasuk", default=0)
    reason = models.CharField("alasan", max_length=255, blank=True)
    content = models.FileField("berkas", upload_to="paket", max_length=200, blank=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = "paket"
        verbose_name_plural = "paket"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="pack_ready_has_time",
                condition=models.Q(ready_at__isnull=False)
                | ~models.Q(state__in=[PackState.READY, PackState.EXPIRED]),
                violation_error_message="Paket yang siap mencatat waktunya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.covers}"

    @property
    def covers(self):
        """Whose pacts are in it, in words for its cover and its name."""
        if self.opd:
            return self.opd.name
        return "seluruh acara" if self.is_whole else "beberapa OPD"

    @property
    def is_working(self):
        """Whether it is the worker's turn."""
        return self.state in {PackState.QUEUED, PackState.MAKING}
