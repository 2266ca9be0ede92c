from django.db import models

from ..querysets import WaveQuerySet


class Wave(models.Model):
    """A group of participants whose turn to sign comes together ("gelombang"): heads first, say.

    Every ceremony has at least one. A wave without criteria takes whoever no earlier one takes. Its
    turn begins when HR opens it (`opened_at`), or by itself at `opens_at`, and lasts until the
    ceremony closes.
    """

    ceremony = models.ForeignKey("pledges.Ceremony", on_delete=models.CASCADE, related_name="waves")
    order = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("nama gelombang", max_length=80)
    echelons = models.JSONField("eselon", default=list, blank=True)
    positions = models.JSONField("jabatan", default=list, blank=True)
    opens_at = models.DateTimeField("dibuka otomatis pada", null=True, blank=True)
    opened_at = models.DateTimeField("dibuka pada", null=True, editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = "gelombang"
        verbose_name_plural = "gelombang"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="wave_order_once_per_ceremony",
                fields=["ceremony", "order"],
                violation_error_message="Urutan gelombang ini sudah ada.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def takes_the_rest(self):
        """Whether it takes whoever no earlier wave takes."""
        return not (self.echelons or self.positions)

    def has_begun(self, now):
        """Whether its turn has come, if the ceremony is open."""
        return self.opened_at is not None or (self.opens_at is not None and self.opens_at <= now)
