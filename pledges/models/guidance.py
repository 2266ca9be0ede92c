import uuid

from django.conf import settings
from django.db import models

from netralitas.lib.errors import AppendOnlyError

from ..choices import ReportKind, ReportRecipient, TextState
from ..querysets import GuidanceQuerySet, ReportCountQuerySet

MOST_REPORTS = 10_000


class Guidance(models.Model):
    """One version of the page that says what neutrality asks ("panduan").

    National versions (without a government) come with the installation; a government's own are
    drafts until they are published, and never change from then on. The latest published one of the
    government holds, else the latest national one. What `content` looks like is in
    `pledges/services/guidance.py`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="guidance",
    )
    version = models.PositiveSmallIntegerField("versi", default=1)
    content = models.JSONField("isi", default=dict)
    state = models.CharField(
        "status", max_length=10, choices=TextState.choices, default=TextState.DRAFT
    )
    published_at = models.DateTimeField("diterbitkan pada", null=True, editable=False)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = "panduan"
        verbose_name_plural = "panduan"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                name="guidance_version_unique",
                fields=["government", "version"],
                violation_error_message="Versi panduan ini sudah ada.",
            ),
            models.UniqueConstraint(
                name="guidance_version_unique_national",
                fields=["version"],
                condition=models.Q(government=None),
                violation_error_message="Versi panduan nasional ini sudah ada.",
            ),
            models.CheckConstraint(
                name="guidance_published_has_time",
                condition=models.Q(state=TextState.DRAFT, published_at=None)
                | models.Q(state=TextState.PUBLISHED, published_at__isnull=False),
                violation_error_message="Panduan yang diterbitkan mencatat waktunya.",
            ),
        ]

    def __str__(self):
        return f"Panduan netralitas, versi {self.version}"

    def save(self, **options):
        """Store a draft. Raises AppendOnlyError if this version is published in the database."""
        self._refuse_published()
        super().save(**options)

    def delete(self, **options):
        """Delete a draft. Raises AppendOnlyError if this version is published in the database."""
        self._refuse_published()
        return super().delete(**options)

    def _refuse_published(self):
        if self.pk and type(self).objects.published().filter(pk=self.pk).exists():
            raise AppendOnlyError(type(self))

    @property
    def is_published(self):
        """Whether everybody may read this version, which can no longer change."""
        return self.state == TextState.PUBLISHED


class ReportWatch(models.Model):
    """That HR records the reports about one election ("pencatatan laporan"), and since when.

    Only where this stands can anybody say that there was no report: until `checked_on`.
    """

    election = models.OneToOneField(
        "pledges.Election", on_delete=models.PROTECT, related_name="report_watch"
    )
    since = models.DateField("dicatat sejak")
    checked_on = models.DateField("keadaan per")

    class Meta:
        verbose_name = "pencatatan laporan"
        verbose_name_plural = "pencatatan laporan"
        constraints = [
            models.CheckConstraint(
                name="report_watch_checked_after_start",
                condition=models.Q(checked_on__gte=models.F("since")),
                violation_error_message="Keadaan tidak mungkin per tanggal sebelum pencatatan.",
            )
        ]

    def __str__(self):
        return f"Pencatatan laporan sejak {self.since}"


class ReportCount(models.Model):
    """How many reports of one kind came in on a day ("laporan diterima"): numbers, never names."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        "pledges.Election", on_delete=models.PROTECT, related_name="report_counts"
    )
    received_on = models.DateField("tanggal diterima")
    kind = models.CharField("jenis", max_length=20, choices=ReportKind.choices)
    forwarded_to = models.CharField("diteruskan ke", max_length=20, choices=ReportRecipient.choices)
    count = models.PositiveIntegerField("jumlah")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField("dicatat pada", auto_now_add=True)

    objects = ReportCountQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan diterima"
        verbose_name_plural = "laporan diterima"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="report_count_bounded",
                condition=models.Q(count__gte=1, count__lte=MOST_REPORTS),
                violation_error_message="Jumlah laporan antara 1 dan 10.000.",
            )
        ]

    def __str__(self):
        return f"{self.count} {self.get_kind_display()}"
