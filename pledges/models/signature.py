from django.db import models

from agencies.models import AppendOnly
from netralitas.lib.codes import new_receipt

from ..choices import Channel, SigningMethod, timing_note
from ..querysets import SignatureQuerySet


class Signature(AppendOnly):
    """A participant's signature under the pledge. Appended once, never updated or deleted.

    `record` is the canonical JSON of what was signed, by whom, how identified and when; `digest`
    is SHA-256(0x00 ‖ record) in hex (the leaf hash of RFC 9162). `key` is the submission's nonce:
    the same key again is the same signature. `begun_at` is when this server made the page, if it
    says so; `in_grace` that it was begun while signing was open and arrived after the closing.
    Strokes are integers in a unit box, never pressure or timing (UU 27/2022: biometric data is
    specific data).
    """

    participant = models.OneToOneField(
        "pledges.Participant", on_delete=models.PROTECT, related_name="signature"
    )
    key = models.UUIDField("nonce pengiriman", unique=True)
    receipt = models.CharField("kode bukti", max_length=26, unique=True, default=new_receipt)
    record = models.TextField("catatan kanonik")
    digest = models.CharField("sidik digital", max_length=64, unique=True)
    text_digest = models.CharField("sidik naskah", max_length=64)
    method = models.CharField("cara", max_length=10, choices=SigningMethod.choices)
    strokes = models.JSONField("goresan", default=list)
    typed_name = models.CharField("nama yang diketik", max_length=370, blank=True)
    channel = models.CharField("jalan masuk", max_length=10, choices=Channel.choices)
    invitation = models.ForeignKey(
        "pledges.Invitation", on_delete=models.PROTECT, related_name="signatures"
    )
    signed_at = models.DateTimeField("waktu server")
    device_time = models.DateTimeField("waktu menurut perangkat", null=True)
    begun_at = models.DateTimeField("halaman dibuka", null=True)
    late = models.BooleanField("susulan", default=False)
    in_grace = models.BooleanField("tiba dalam masa tenggang", default=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "tanda tangan"
        verbose_name_plural = "tanda tangan"
        ordering = ["id"]
        indexes = [
            # Dashboards count by the hour without reading the records.
            models.Index(fields=["participant", "signed_at"], name="signature_by_hour")
        ]
        constraints = [
            models.CheckConstraint(
                name="signature_drawn_or_typed",
                condition=models.Q(~models.Q(strokes=[]), method=SigningMethod.DRAWN, typed_name="")
                | models.Q(~models.Q(typed_name=""), method=SigningMethod.TYPED, strokes=[]),
                violation_error_message="Tanda tangan digoreskan atau nama diketik.",
            )
        ]

    def __str__(self):
        return self.receipt

    @property
    def timing(self):
        """What is said of when it came, where it did not simply come in time."""
        return timing_note(late=self.late, in_grace=self.in_grace)
