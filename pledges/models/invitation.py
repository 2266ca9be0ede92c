from django.conf import settings
from django.db import models
from django.utils import timezone

from ..choices import Channel, IdentityCheck
from ..querysets import InvitationQuerySet


class Invitation(models.Model):
    """What lets one participant sign: a personal link, the PIN of a printed slip, the own account,
    an operator's help.

    Only a keyed hash of the secret is kept; that of an account's or an operator's invitation nobody
    ever knows. With help, `issued_by` is who helped and `identity_check` how they made sure of who
    signs. A new one of the same channel revokes the old one. `failures` counts wrong PINs since the
    last right one; `locked_until` ends the pause after five.
    """

    participant = models.ForeignKey(
        "pledges.Participant", on_delete=models.PROTECT, related_name="invitations"
    )
    channel = models.CharField("saluran", max_length=10, choices=Channel.choices)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField("diterbitkan pada", default=timezone.now, editable=False)
    sent_to = models.CharField("dikirim ke", max_length=254, blank=True)
    identity_check = models.CharField(
        "pemeriksaan identitas", max_length=10, choices=IdentityCheck.choices, blank=True
    )
    revoked_at = models.DateTimeField("dicabut pada", null=True)
    failures = models.PositiveSmallIntegerField("PIN salah", default=0)
    locked_until = models.DateTimeField("terkunci sampai", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "undangan"
        verbose_name_plural = "undangan"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_valid_invitation_per_channel",
                fields=["participant", "channel"],
                condition=models.Q(revoked_at=None),
                violation_error_message="Undangan yang berlaku untuk saluran ini sudah ada.",
            ),
            models.CheckConstraint(
                name="invitation_assisted_says_how",
                condition=models.Q(
                    ~models.Q(identity_check=""),
                    channel=Channel.ASSISTED,
                    issued_by__isnull=False,
                )
                | models.Q(~models.Q(channel=Channel.ASSISTED), identity_check=""),
                violation_error_message="Catat siapa mendampingi dan cara identitas diperiksa.",
            ),
        ]

    def __str__(self):
        return self.get_channel_display()

    @property
    def stands(self):
        """Whether it lets somebody sign now: not revoked; of an account, that it is still valid."""
        if self.revoked_at:
            return False
        if self.channel != Channel.ACCOUNT:
            return True
        account = self.issued_by
        return account.is_active and account.employee_id == self.participant.employee_id

    def helped_at(self, moment):
        """Whether an operator had made sure of this person by it, and handed over, at that moment.

        That the same person was handed another device later takes nothing from it.
        """
        if self.channel != Channel.ASSISTED or moment is None:
            return False
        return self.revoked_at is None or moment < self.revoked_at
