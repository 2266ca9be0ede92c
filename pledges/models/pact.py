from django.db import models

from netralitas.lib.canonical import sha256_hex

from ..choices import SealLevel
from ..querysets import PactFailureQuerySet, SealCertificateQuerySet


class SealCertificate(models.Model):
    """A certificate ("sertifikat segel") with which this installation has sealed, and its chain.

    No private key is here: machines without the key tell from these rows whose seals are ours, and
    when the certificate ends. A row stays for ever, so that old seals can be told later as well;
    `digest` is that of `pem`, `fingerprint` that of the certificate alone.
    """

    digest = models.CharField("SHA-256 rantai", max_length=64, unique=True)
    pem = models.TextField("rantai sertifikat")
    fingerprint = models.CharField("sidik sertifikat", max_length=64, db_index=True)
    subject = models.CharField("pemilik", max_length=255)
    not_before = models.DateTimeField("berlaku sejak")
    not_after = models.DateTimeField("berlaku sampai")
    is_demo = models.BooleanField("kunci demo", default=False)
    used_at = models.DateTimeField("terakhir dipakai")

    objects = SealCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "sertifikat segel"
        verbose_name_plural = "sertifikat segel"
        ordering = ["id"]

    def __str__(self):
        return self.subject

    def is_intact(self):
        """Whether the certificates are those whose digest was recorded."""
        return sha256_hex(self.pem.encode()) == self.digest


class Pact(models.Model):
    """The integrity pact ("pakta integritas") of a signature, as a PDF; one for each.

    `sha256` is that of the file as it is stored, with its seal; `unsealed_sha256` that of what was
    sealed, which can be made again. `earlier` lists the digests of files that were lost: their
    copies are as genuine. Pacts from before there were seals have no level and no certificate.
    `of_head` is whether whoever signed headed the own OPD when it was made: then the one above
    takes note of it, whoever heads the OPD later.
    """

    signature = models.OneToOneField(
        "pledges.Signature", on_delete=models.PROTECT, related_name="pact"
    )
    file = models.FileField("berkas", upload_to="pakta", max_length=200)
    sha256 = models.CharField("SHA-256 berkas", max_length=64)
    unsealed_sha256 = models.CharField("SHA-256 sebelum disegel", max_length=64, blank=True)
    seal_level = models.CharField(
        "tingkat segel", max_length=5, choices=SealLevel.choices, blank=True
    )
    certificate = models.ForeignKey(
        SealCertificate, on_delete=models.PROTECT, null=True, related_name="pacts"
    )
    earlier = models.JSONField("SHA-256 berkas yang hilang", default=list)
    of_head = models.BooleanField("pakta kepala perangkat daerah", null=True)
    issued_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    class Meta:
        verbose_name = "pakta"
        verbose_name_plural = "pakta"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="pact_sealed_whole_or_not",
                condition=models.Q(seal_level="", certificate=None, unsealed_sha256="")
                | (
                    models.Q(certificate__isnull=False)
                    & ~models.Q(seal_level="")
                    & ~models.Q(unsealed_sha256="")
                ),
                violation_error_message="Pakta bersegel mencatat tingkat dan sertifikat segelnya.",
            )
        ]

    def __str__(self):
        return self.sha256[:12]

    @property
    def is_sealed(self):
        """Whether it was made since there are seals."""
        return bool(self.seal_level)


class PactFailure(models.Model):
    """A pact that could not be made yet: how often it was tried, why not, when it is tried again.

    Gone once the pact is there.
    """

    signature = models.OneToOneField(
        "pledges.Signature", on_delete=models.PROTECT, related_name="pact_failure"
    )
    attempts = models.PositiveIntegerField("percobaan", default=0)
    reason = models.CharField("alasan", max_length=255)
    failed_at = models.DateTimeField("terakhir gagal")
    next_at = models.DateTimeField("dicoba lagi", db_index=True)

    objects = PactFailureQuerySet.as_manager()

    class Meta:
        verbose_name = "pakta tertunda"
        verbose_name_plural = "pakta tertunda"
        ordering = ["id"]

    def __str__(self):
        return self.reason
