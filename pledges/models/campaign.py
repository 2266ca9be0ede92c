import uuid

from django.db import models

from agencies.choices import TimeZone

from ..choices import CeremonyKind
from ..querysets import CampaignQuerySet


class Campaign(models.Model):
    """One election and one text, pledged at many ceremonies ("rangkaian acara").

    First comes the government's own event (`lead`), at which heads of OPD sign; then each OPD holds
    its own, made from what stands here. Somebody who takes part in several of them is a participant
    of the first that was frozen, and counts once. `proposed_at` is when OPD are asked to hold
    theirs, `deadline` the day until which all should have signed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey(
        "agencies.Agency",
        verbose_name="pemerintah daerah",
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    election = models.ForeignKey(
        "pledges.Election",
        verbose_name="pemilu",
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    text = models.ForeignKey(
        "pledges.PledgeText",
        verbose_name="naskah",
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    name = models.CharField("nama rangkaian", max_length=160)
    lead = models.OneToOneField(
        "pledges.Ceremony",
        verbose_name="acara induk",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
    )
    kind = models.CharField("bentuk acara OPD", max_length=20, choices=CeremonyKind.choices)
    title = models.CharField("nama acara OPD", max_length=120)
    proposed_at = models.DateTimeField("usulan waktu acara OPD")
    time_zone = models.CharField(
        "zona waktu", max_length=32, choices=TimeZone.choices, default=TimeZone.WIB
    )
    deadline = models.DateField("target selesai")
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "rangkaian acara"
        verbose_name_plural = "rangkaian acara"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="campaign_name_unique_in_government",
                fields=["government", "name"],
                violation_error_message="Rangkaian acara dengan nama ini sudah ada.",
            )
        ]

    def __str__(self):
        return self.name
