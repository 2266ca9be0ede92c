from django.db import models


class PublicPage(models.Model):
    """What anybody may read of a ceremony ("halaman publik"), while HR shows it.

    Its address is of its `slug`, which never goes to another ceremony.
    """

    ceremony = models.OneToOneField(
        "pledges.Ceremony", on_delete=models.PROTECT, related_name="public_page"
    )
    slug = models.SlugField("alamat", max_length=80, unique=True)
    is_shown = models.BooleanField("ditampilkan", default=False)
    shown_at = models.DateTimeField("pertama ditampilkan pada", null=True, editable=False)

    class Meta:
        verbose_name = "halaman publik"
        verbose_name_plural = "halaman publik"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="public_page_shown_has_time",
                condition=models.Q(is_shown=False) | models.Q(shown_at__isnull=False),
                violation_error_message="Halaman yang ditampilkan mencatat waktunya.",
            )
        ]

    def __str__(self):
        return self.slug
