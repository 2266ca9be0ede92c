from django.db import models


class Logo(models.Model):
    """The picture in an agency's letterhead ("logo kop"), re-encoded by us; PNG, bounded in size.

    It lies in the database: small, one for few agencies, and saved in the same transaction. An
    agency without one uses that of the next agency above it.
    """

    agency = models.OneToOneField("agencies.Agency", on_delete=models.CASCADE, related_name="logo")
    png = models.BinaryField("gambar")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "logo"
        verbose_name_plural = "logo"

    def __str__(self):
        return self.sha256[:12]
