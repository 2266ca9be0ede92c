import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from ..choices import ElectionKind, PhaseKind
from ..querysets import ElectionQuerySet


class Election(models.Model):
    """An election before which a government's employees pledge neutrality."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey(
        "agencies.Agency",
        verbose_name="pemerintah daerah",
        on_delete=models.PROTECT,
        related_name="elections",
    )
    kind = models.CharField("jenis", max_length=30, choices=ElectionKind.choices)
    name = models.CharField(
        "nama",
        max_length=160,
        help_text="Seperti dicetak pada pakta, misalnya “Pemilu dan Pemilihan Tahun 2024”.",
    )
    year = models.PositiveSmallIntegerField(
        "tahun",
        validators=[
            MinValueValidator(1999, "Tahun paling awal 1999."),
            MaxValueValidator(2100, "Tahun paling akhir 2100."),
        ],
    )

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = "pemilu"
        verbose_name_plural = "pemilu"
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(
                name="election_name_unique_in_government",
                fields=["government", "name"],
                violation_error_message="Pemilu dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                name="election_year_plausible",
                condition=models.Q(year__gte=1999, year__lte=2100),
                violation_error_message="Tahun harus antara 1999 dan 2100.",
            ),
        ]

    def __str__(self):
        return self.name


class ElectionPhase(models.Model):
    """One phase of an election, first and last day included."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField("tahapan", max_length=20, choices=PhaseKind.choices)
    starts = models.DateField("mulai")
    ends = models.DateField("selesai")

    class Meta:
        verbose_name = "tahapan"
        verbose_name_plural = "tahapan"
        ordering = ["starts", "id"]
        constraints = [
            models.UniqueConstraint(
                name="phase_once_per_election",
                fields=["election", "kind"],
                violation_error_message="Tahapan ini sudah ada.",
            ),
            models.CheckConstraint(
                name="phase_ends_after_start",
                condition=models.Q(ends__gte=models.F("starts")),
                violation_error_message="Tanggal selesai tidak boleh sebelum tanggal mulai.",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
