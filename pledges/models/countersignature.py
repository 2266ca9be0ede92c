import uuid

from django.conf import settings
from django.db import models

from agencies.models import AppendOnly

from ..choices import Confirmation
from ..querysets import CountersignatureQuerySet, CountersignedPactQuerySet


class Countersignature(AppendOnly):
    """That a head countersigned a batch of pacts ("Mengetahui"). Appended once, for ever.

    `record` is the canonical JSON of who countersigned which signatures (by receipt and digest),
    when, how the head was confirmed, and the digest of the drawing; `digest` its leaf in the
    register. `agency` is where the role is held. Name, position and number are as they are printed.
    A drawing is kept as that of a `Signature`; whoever cannot draw types the own name.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ceremony = models.ForeignKey(
        "pledges.Ceremony", on_delete=models.PROTECT, related_name="countersignatures"
    )
    agency = models.ForeignKey(
        "agencies.Agency",
        verbose_name="instansi",
        on_delete=models.PROTECT,
        related_name="countersignatures",
    )
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nama dengan gelar", max_length=370)
    position = models.CharField("jabatan", max_length=255)
    number = models.CharField("nomor dengan jenisnya", max_length=40, blank=True)
    strokes = models.JSONField("goresan", default=list)
    typed_name = models.CharField("nama yang diketik", max_length=370, blank=True)
    confirmation = models.CharField("konfirmasi", max_length=20, choices=Confirmation.choices)
    confirmed_at = models.DateTimeField("dikonfirmasi pada", null=True)
    signed_at = models.DateTimeField("ditandatangani pada")
    record = models.TextField("catatan kanonik")
    digest = models.CharField("sidik digital", max_length=64, unique=True)

    objects = CountersignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "tanda tangan mengetahui"
        verbose_name_plural = "tanda tangan mengetahui"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="countersignature_drawn_or_typed",
                condition=(~models.Q(strokes=[]) & models.Q(typed_name=""))
                | (models.Q(strokes=[]) & ~models.Q(typed_name="")),
                violation_error_message="Tanda tangan digoreskan atau nama diketik.",
            ),
            # One confirmation serves one act.
            models.UniqueConstraint(
                name="countersignature_confirmed_for_itself",
                fields=["signer", "confirmed_at"],
                violation_error_message="Konfirmasi ini sudah dipakai.",
            ),
        ]

    def __str__(self):
        return self.name


class CountersignedPact(models.Model):
    """One pact under a countersignature; one for each signature ("pakta yang diketahui").

    Its file is the pact's with a second revision after it, made by the worker: empty until then.
    `sha256` is that of the whole file, `earlier` lists those of files that were lost. What failed
    has a `reason`, and is tried again at `next_at`.
    """

    signature = models.OneToOneField(
        "pledges.Signature", on_delete=models.PROTECT, related_name="countersigned"
    )
    countersignature = models.ForeignKey(
        Countersignature, on_delete=models.PROTECT, related_name="pacts"
    )
    file = models.FileField("berkas", upload_to="pakta", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256 berkas", max_length=64, blank=True)
    made_at = models.DateTimeField("dibuat pada", null=True)
    earlier = models.JSONField("SHA-256 berkas yang hilang", default=list)
    attempts = models.PositiveIntegerField("percobaan", default=0)
    reason = models.CharField("alasan", max_length=255, blank=True)
    next_at = models.DateTimeField("dicoba lagi", null=True, db_index=True)

    objects = CountersignedPactQuerySet.as_manager()

    class Meta:
        verbose_name = "pakta yang diketahui"
        verbose_name_plural = "pakta yang diketahui"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="countersigned_pact_made_whole",
                condition=models.Q(file="", sha256="", made_at=None)
                | (~models.Q(file="") & ~models.Q(sha256="") & models.Q(made_at__isnull=False)),
                violation_error_message="Pakta yang dibuat mencatat sidik dan waktunya.",
            )
        ]

    def __str__(self):
        return self.sha256[:12]

    @property
    def is_made(self):
        """Whether its file is there."""
        return bool(self.file)
