import uuid
from datetime import time

from django.conf import settings
from django.db import models
from django.utils import timezone

from netralitas.lib.dates import zone_label

from ..choices import MailingKind, MailingState, ParticipantMailState
from ..querysets import MailingQuerySet, ParticipantMailQuerySet

MOST_WORDS = 1000


class Mailing(models.Model):
    """A mail to all who are to sign at a ceremony, or to those of one OPD ("kiriman surel").

    Its recipients are found when its time (`send_at`) has come: whoever has not signed by then.
    Between `latest` and `earliest`, by the clock of the ceremony, nothing is sent (quiet hours).
    `reason` is why it was cancelled by itself.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ceremony = models.ForeignKey(
        "pledges.Ceremony", on_delete=models.PROTECT, related_name="mailings"
    )
    kind = models.CharField("jenis", max_length=10, choices=MailingKind.choices)
    opd = models.ForeignKey(
        "agencies.Agency",
        verbose_name="OPD",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mailings",
    )
    note = models.TextField("pesan tambahan", max_length=MOST_WORDS, blank=True)
    send_at = models.DateTimeField("waktu kirim", default=timezone.now)
    earliest = models.TimeField("paling pagi", default=time(7))
    latest = models.TimeField("paling malam", default=time(20))
    state = models.CharField(
        "status", max_length=10, choices=MailingState.choices, default=MailingState.PLANNED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("diminta pada", default=timezone.now, editable=False)
    done_at = models.DateTimeField("selesai pada", null=True, editable=False)
    reason = models.CharField("keterangan", max_length=255, blank=True, editable=False)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = "kiriman surel"
        verbose_name_plural = "kiriman surel"
        ordering = ["-send_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="mailing_has_hours",
                condition=models.Q(earliest__lt=models.F("latest")),
                violation_error_message="Jam paling pagi harus sebelum jam paling malam.",
            ),
            models.CheckConstraint(
                name="mailing_done_has_time",
                condition=models.Q(state=MailingState.DONE, done_at__isnull=False)
                | models.Q(~models.Q(state=MailingState.DONE), done_at=None),
                violation_error_message="Kiriman yang selesai mencatat waktunya.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.ceremony}"

    @property
    def is_unfinished(self):
        """Whether something of it may still be sent."""
        return self.state in {MailingState.PLANNED, MailingState.SENDING}

    @property
    def hours(self):
        """When it may be sent, in words with the zone."""
        zone = zone_label(self.ceremony.time_zone)
        return f"{self.earliest:%H.%M} sampai {self.latest:%H.%M} {zone}"


class ParticipantMail(models.Model):
    """One mail to one participant ("surel peserta"); at most one for each mailing.

    SENDING is written down before it is handed over, so that nothing is handed over twice:
    a worker that dies in between leaves it to be told as UNSURE. `reason` is what the receiving
    server said, in our words. `message_id` is how a bounce finds it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="mails")
    participant = models.ForeignKey(
        "pledges.Participant", on_delete=models.PROTECT, related_name="mails"
    )
    invitation = models.OneToOneField(
        "pledges.Invitation", on_delete=models.PROTECT, null=True, related_name="mail"
    )
    address = models.EmailField("alamat")
    message_id = models.CharField("nomor surel", max_length=200, unique=True)
    state = models.CharField(
        "status",
        max_length=10,
        choices=ParticipantMailState.choices,
        default=ParticipantMailState.WAITING,
    )
    failures = models.PositiveSmallIntegerField("percobaan gagal", default=0)
    next_at = models.DateTimeField("dicoba lagi", default=timezone.now)
    handed_at = models.DateTimeField("diserahkan pada", null=True)
    sent_at = models.DateTimeField("dikirim pada", null=True)
    reason = models.CharField("keterangan", max_length=255, blank=True)

    objects = ParticipantMailQuerySet.as_manager()

    class Meta:
        verbose_name = "surel peserta"
        verbose_name_plural = "surel peserta"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "next_at"], name="participant_mail_due"),
            # How many were handed over in the last minute, of all mailings.
            models.Index(fields=["handed_at"], name="participant_mail_handed"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_mail_per_person_and_mailing",
                fields=["mailing", "participant"],
                violation_error_message="Peserta ini sudah termasuk dalam kiriman.",
            ),
            models.CheckConstraint(
                name="participant_mail_sent_has_time",
                condition=~models.Q(state=ParticipantMailState.SENT)
                | models.Q(sent_at__isnull=False),
                violation_error_message="Surel yang terkirim mencatat waktunya.",
            ),
        ]

    def __str__(self):
        return self.get_state_display()
