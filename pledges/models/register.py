from django.db import models

from agencies.models import AppendOnly

from ..querysets import RegisterEntryQuerySet, RegisterNodeQuerySet, TreeHeadQuerySet


class RegisterEntry(AppendOnly):
    """One leaf of the register: the digest of one record, at the place it got for ever.

    `digest` repeats what it stands for, so that a later change of the record shows.
    """

    index = models.PositiveBigIntegerField("nomor urut", unique=True)
    digest = models.CharField("sidik digital", max_length=64, unique=True)
    signature = models.OneToOneField(
        "pledges.Signature", on_delete=models.PROTECT, null=True, related_name="entry"
    )
    annulment = models.OneToOneField(
        "pledges.Annulment", on_delete=models.PROTECT, null=True, related_name="entry"
    )
    countersignature = models.OneToOneField(
        "pledges.Countersignature", on_delete=models.PROTECT, null=True, related_name="entry"
    )

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "isi register"
        verbose_name_plural = "isi register"
        ordering = ["index"]
        constraints = [
            models.CheckConstraint(
                name="register_entry_of_one_record",
                condition=models.Q(signature__isnull=False, annulment=None, countersignature=None)
                | models.Q(signature=None, annulment__isnull=False, countersignature=None)
                | models.Q(signature=None, annulment=None, countersignature__isnull=False),
                violation_error_message="Setiap isi register mencatat tepat satu hal.",
            )
        ]

    def __str__(self):
        return f"{self.index} {self.digest[:12]}"


class RegisterNode(AppendOnly):
    """The hash over a full subtree of 2**`level` leaves (level 1 and up): netralitas.lib.merkle."""

    level = models.PositiveSmallIntegerField("tingkat")
    index = models.PositiveBigIntegerField("urutan")
    digest = models.CharField("sidik digital", max_length=64)

    objects = RegisterNodeQuerySet.as_manager()

    class Meta:
        verbose_name = "simpul register"
        verbose_name_plural = "simpul register"
        ordering = ["level", "index"]
        constraints = [
            models.UniqueConstraint(name="register_node_once", fields=["level", "index"]),
            models.CheckConstraint(
                name="register_node_above_entries", condition=models.Q(level__gte=1)
            ),
        ]

    def __str__(self):
        return f"{self.level}/{self.index} {self.digest[:12]}"


class TreeHead(AppendOnly):
    """A signed head ("kepala register"): the root over the first `size` entries at a moment.

    `body` is the canonical JSON that `signature` (Ed25519, hex) is made over; `key_id` is the
    public key in hex.
    """

    size = models.PositiveBigIntegerField("jumlah isi", unique=True)
    root = models.CharField("akar", max_length=64)
    made_at = models.DateTimeField("dibuat pada")
    key_id = models.CharField("kunci", max_length=64)
    signature = models.CharField("tanda tangan kepala", max_length=128)
    body = models.TextField("isi yang ditandatangani")

    objects = TreeHeadQuerySet.as_manager()

    class Meta:
        verbose_name = "kepala register"
        verbose_name_plural = "kepala register"
        ordering = ["-size"]

    def __str__(self):
        return f"{self.size} {self.root[:12]}"
