import uuid

from django.db import models

from netralitas.lib.canonical import canonical, sha256_hex
from netralitas.lib.errors import AppendOnlyError

from ..choices import TextState
from ..querysets import PledgeTextQuerySet

CONTENT_FIELDS = (
    "heading",
    "opening",
    "points",
    "closing",
    "sanction",
    "legal_basis",
    "people_word",
)


class PledgeText(models.Model):
    """One version of a pledge ("naskah ikrar"): heading, opening, points, sanction, closing.

    Drafts may change; a published text never does, and its digest is what people sign. National
    texts (without a government) come with the installation; those that are patterns hold
    placeholders and are copied. The placeholders of a draft are filled from its `election` when it
    is published, so that what is signed is literally what was read.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pledge_texts",
    )
    election = models.ForeignKey(
        "pledges.Election",
        verbose_name="untuk pemilu",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pledge_texts",
        help_text="Mengisi {pemilu} dan {tahun} saat naskah diterbitkan.",
    )
    family = models.SlugField("keluarga naskah", max_length=80)
    version = models.PositiveSmallIntegerField("versi", default=1)
    title = models.CharField(
        "nama naskah", max_length=160, help_text="Untuk dikenali di daftar; tidak dicetak."
    )
    heading = models.CharField(
        "judul ikrar",
        max_length=300,
        help_text="Misalnya “Ikrar Netralitas Pegawai ASN pada Pemilu Tahun 2029”.",
    )
    opening = models.TextField("kalimat pembuka", max_length=1000)
    points = models.JSONField("butir ikrar", default=list)
    closing = models.TextField("kalimat penutup", max_length=1500)
    sanction = models.TextField("kalimat sanksi", max_length=1000)
    legal_basis = models.TextField("dasar hukum", max_length=2000, blank=True)
    people_word = models.CharField(
        "sebutan bagi yang berikrar",
        max_length=60,
        default="Pegawai ASN",
        help_text="Misalnya “Pegawai ASN”, “Pegawai”, atau “ASN dan Non-ASN”.",
    )
    state = models.CharField(
        "status", max_length=10, choices=TextState.choices, default=TextState.DRAFT
    )
    digest = models.CharField("sidik digital", max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField("diterbitkan pada", null=True, editable=False)

    objects = PledgeTextQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah"
        verbose_name_plural = "naskah"
        ordering = ["title", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="text_version_unique_in_family",
                fields=["government", "family", "version"],
                violation_error_message="Versi naskah ini sudah ada.",
            ),
            models.UniqueConstraint(
                name="text_version_unique_in_national_family",
                fields=["family", "version"],
                condition=models.Q(government=None),
                violation_error_message="Versi naskah nasional ini sudah ada.",
            ),
            models.CheckConstraint(
                name="text_published_has_digest",
                condition=models.Q(
                    state__in=[TextState.DRAFT, TextState.PATTERN], digest="", published_at=None
                )
                | models.Q(
                    ~models.Q(digest=""), state=TextState.PUBLISHED, published_at__isnull=False
                ),
                violation_error_message="Naskah yang diterbitkan harus memiliki sidik digital.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, versi {self.version}"

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
        """Whether this version may be signed and can no longer change."""
        return self.state == TextState.PUBLISHED

    @property
    def is_pattern(self):
        """Whether it is there to be copied, and never signed."""
        return self.state == TextState.PATTERN

    def compute_digest(self):
        """SHA-256 (hex) of the canonical JSON of everything a signer reads."""
        return sha256_hex(canonical({name: getattr(self, name) for name in CONTENT_FIELDS}))
