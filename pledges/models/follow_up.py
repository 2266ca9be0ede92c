from django.conf import settings
from django.db import models

from ..querysets import FollowUpQuerySet

MOST_WORDS = 500


class FollowUp(models.Model):
    """What is being done about somebody who has not signed ("tindak lanjut").

    `assignee` sees to it; `signs_late` says that the person will sign in a late window. Of a
    refusal, `noted_by` is who noted it and `looked_by` the second person who looked at it, another
    one. The note may tell of somebody's health: it is for those who follow up, and the audit trail
    holds nothing of it.
    """

    participant = models.OneToOneField(
        "pledges.Participant", on_delete=models.PROTECT, related_name="follow_up"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ditangani oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    signs_late = models.BooleanField("akan menandatangani susulan", default=False)
    note = models.CharField("catatan", max_length=MOST_WORDS, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="penolakan dicatat oleh",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="penolakan ditelaah oleh",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    looked_at = models.DateTimeField("ditelaah pada", null=True, editable=False)
    changed_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="follow_up_look_is_whole",
                condition=models.Q(looked_by=None, looked_at=None)
                | models.Q(looked_by__isnull=False, looked_at__isnull=False),
                violation_error_message="Catat siapa yang menelaah dan kapan.",
            ),
            models.CheckConstraint(
                name="follow_up_looked_by_another",
                condition=models.Q(looked_by=None)
                | models.Q(noted_by=None)
                | ~models.Q(looked_by=models.F("noted_by")),
                violation_error_message="Penolakan ditelaah oleh orang lain.",
            ),
        ]

    def __str__(self):
        return str(self.participant)
