import uuid

from django.conf import settings
from django.db import models

from ..choices import AccountMailKind, MailState


class AccountMail(models.Model):
    """A mail to somebody about their account ("surel akun"), asked for here and sent by the worker.

    `address` is where it goes; it is erased once the mail is sent, given up or dropped. `failures`
    counts the attempts that went wrong. `valid_until` is when an invitation's link expires.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account_mails"
    )
    kind = models.CharField("jenis", max_length=20, choices=AccountMailKind.choices)
    address = models.EmailField("alamat", blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField("diminta pada", auto_now_add=True)
    state = models.CharField(
        "status", max_length=10, choices=MailState.choices, default=MailState.WAITING
    )
    failures = models.PositiveSmallIntegerField("percobaan gagal", default=0)
    sent_at = models.DateTimeField("dikirim pada", null=True)
    valid_until = models.DateTimeField("berlaku sampai", null=True)

    class Meta:
        verbose_name = "surel akun"
        verbose_name_plural = "surel akun"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="account_mail_sent_has_time",
                condition=models.Q(state=MailState.SENT, sent_at__isnull=False)
                | models.Q(~models.Q(state=MailState.SENT), sent_at=None),
                violation_error_message="Surel yang terkirim mencatat waktunya.",
            ),
            models.CheckConstraint(
                name="account_mail_has_address_while_waiting",
                condition=models.Q(~models.Q(address=""), state=MailState.WAITING)
                | models.Q(~models.Q(state=MailState.WAITING), address=""),
                violation_error_message="Hanya surel yang menunggu menyimpan alamat.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.get_state_display()}"
