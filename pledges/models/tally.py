from django.db import models


class Tally(models.Model):
    """How many participants of one OPD and wave of a ceremony stand where.

    The database itself keeps these counts (tally_triggers.py), so that they equal the rows after
    any act and a big screen need not count half a million of them. No other code writes it.
    """

    ceremony = models.ForeignKey(
        "pledges.Ceremony", on_delete=models.CASCADE, related_name="tallies"
    )
    opd = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="tallies")
    wave = models.ForeignKey("pledges.Wave", on_delete=models.CASCADE, related_name="tallies")
    invited = models.PositiveIntegerField("diundang", default=0)
    signed = models.PositiveIntegerField("sudah", default=0)
    excused = models.PositiveIntegerField("berhalangan", default=0)
    refused = models.PositiveIntegerField("menolak", default=0)

    class Meta:
        verbose_name = "hitungan"
        verbose_name_plural = "hitungan"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="tally_once", fields=["ceremony", "opd", "wave"]),
        ]

    def __str__(self):
        return f"{self.signed}/{self.invited}"
