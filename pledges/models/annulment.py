import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.models import AppendOnly

from ..choices import AnnulmentCause, AnnulmentState
from ..querysets import AnnulmentQuerySet, AnnulmentRequestQuerySet

MOST_WORDS = 500
HELD_BEFORE = "Yang menyetujui harus petugas yang sudah bertugas sebelum pengajuan."
BY_ANOTHER = "Pembatalan disetujui atau ditolak oleh petugas lain daripada yang mengajukannya."


class AnnulmentRequest(models.Model):
    """That an officer asks for a signature to be annulled ("pengajuan pembatalan").

    One is open at a time for each signature; a second officer decides it, or whoever asked takes
    it back. `decided_by` and `decided_at` are of whichever ended it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    signature = models.ForeignKey(
        "pledges.Signature", on_delete=models.PROTECT, related_name="annulment_requests"
    )
    cause = models.CharField("alasan", max_length=20, choices=AnnulmentCause.choices)
    explanation = models.CharField("penjelasan", max_length=MOST_WORDS)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("diajukan pada", default=timezone.now, editable=False)
    state = models.CharField(
        "status", max_length=10, choices=AnnulmentState.choices, default=AnnulmentState.ASKED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField("diputuskan pada", null=True)

    objects = AnnulmentRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "pengajuan pembatalan"
        verbose_name_plural = "pengajuan pembatalan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_annulment_request_at_a_time",
                fields=["signature"],
                condition=models.Q(state=AnnulmentState.ASKED),
                violation_error_message="Pembatalan pakta ini sudah diajukan.",
            ),
            models.CheckConstraint(
                name="annulment_request_says_who_decided",
                condition=models.Q(
                    state=AnnulmentState.ASKED, decided_by__isnull=True, decided_at__isnull=True
                )
                | (
                    ~models.Q(state=AnnulmentState.ASKED)
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                violation_error_message="Catat siapa yang memutuskan dan kapan.",
            ),
            models.CheckConstraint(
                name="annulment_request_decided_by_another",
                condition=models.Q(state=AnnulmentState.ASKED)
                | models.Q(state=AnnulmentState.WITHDRAWN, decided_by=models.F("asked_by"))
                | (
                    models.Q(state__in=[AnnulmentState.CONSENTED, AnnulmentState.DECLINED])
                    & ~models.Q(decided_by=models.F("asked_by"))
                ),
                violation_error_message=BY_ANOTHER,
            ),
        ]

    def __str__(self):
        return self.get_cause_display()


class Annulment(AppendOnly):
    """That a signature counts no longer ("pembatalan"). Appended once; the signature stays.

    `record` is the canonical JSON of what was annulled, why, by which two officers and when;
    `consenter_since` since when the second one was HR; `digest` its leaf in the register. The
    explanation, in free words, may name people: it is shown to officers alone, and the record holds
    its digest only.
    """

    signature = models.OneToOneField(
        "pledges.Signature", on_delete=models.PROTECT, related_name="annulment"
    )
    cause = models.CharField("alasan", max_length=20, choices=AnnulmentCause.choices)
    explanation = models.CharField("penjelasan", max_length=MOST_WORDS)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("diajukan pada")
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    consenter_since = models.DateTimeField("penyetuju bertugas sejak")
    annulled_at = models.DateTimeField("dibatalkan pada")
    record = models.TextField("catatan kanonik")
    digest = models.CharField("sidik digital", max_length=64, unique=True)

    objects = AnnulmentQuerySet.as_manager()

    class Meta:
        verbose_name = "pembatalan"
        verbose_name_plural = "pembatalan"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="annulment_by_two_officers",
                condition=~models.Q(consented_by=models.F("requested_by")),
                violation_error_message=BY_ANOTHER,
            ),
            models.CheckConstraint(
                name="annulment_second_officer_before",
                condition=models.Q(consenter_since__lt=models.F("requested_at")),
                violation_error_message=HELD_BEFORE,
            ),
        ]

    def __str__(self):
        return self.get_cause_display()
