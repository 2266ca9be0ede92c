import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..choices import BatchState, SlipOrder, SlipScope
from ..querysets import SlipBatchQuerySet


class SlipBatch(models.Model):
    """A sheet of PIN slips that somebody asked for ("lembar slip PIN"): of one OPD, or of everybody
    whom that user may invite; by `scope` only for those who hold no slip, or to replace slips.

    `content` is the sheet with its PINs, sealed, for nobody but who asked; it exists between the
    making and a little after the handing out. `done` of `total` slips are drawn. `reason` is the
    sentence of a sheet that could not be made.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ceremony = models.ForeignKey(
        "pledges.Ceremony", on_delete=models.PROTECT, related_name="slip_batches"
    )
    opd = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="slip_batches"
    )
    order = models.CharField(
        "urutan", max_length=10, choices=SlipOrder.choices, default=SlipOrder.UNIT
    )
    scope = models.CharField("bagi", max_length=10, choices=SlipScope.choices)
    state = models.CharField(
        "status", max_length=10, choices=BatchState.choices, default=BatchState.QUEUED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("diminta pada", default=timezone.now, editable=False)
    ready_at = models.DateTimeField("siap pada", null=True)
    taken_at = models.DateTimeField("diambil pada", null=True)
    done = models.PositiveIntegerField("selesai", default=0)
    total = models.PositiveIntegerField("seluruhnya", default=0)
    reason = models.CharField("alasan", max_length=255, blank=True)
    content = models.FileField("isi tersegel", upload_to="slip", max_length=200, blank=True)

    objects = SlipBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lembar slip PIN"
        verbose_name_plural = "lembar slip PIN"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="slip_batch_taken_has_time",
                condition=models.Q(state=BatchState.TAKEN, taken_at__isnull=False)
                | models.Q(~models.Q(state=BatchState.TAKEN), taken_at=None),
                violation_error_message="Lembar yang diambil mencatat waktunya.",
            )
        ]

    def __str__(self):
        return self.opd.name if self.opd else "Semua OPD"

    @property
    def is_working(self):
        """Whether it is the worker's turn."""
        return self.state in {BatchState.QUEUED, BatchState.MAKING}
