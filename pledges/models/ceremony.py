import uuid

from django.db import models

from agencies.choices import TimeZone
from netralitas.lib.codes import new_ceremony_code

from ..choices import GRACE, CeremonyKind, CeremonyState, OfficialRole, Scope
from ..querysets import CeremonyQuerySet


class Ceremony(models.Model):
    """An event ("acara ikrar") at which employees pledge and sign.

    From READY on the roster is frozen and what is signed can no longer change. `closed_at` is the
    first closing: whoever signs after it, in a reopened window, signs late. `last_closed_at` is the
    latest: what was begun before it may still arrive for a while (`choices.GRACE`). Screens name
    the latest signers only with `names_on_board`, which may change at any time.

    One of a campaign is first a proposal: until its OPD has set time and place it is not
    `is_scheduled`, and cannot be frozen. `reason` is why it was last rescheduled or cancelled.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(
        "kode acara", max_length=8, unique=True, default=new_ceremony_code, editable=False
    )
    state = models.CharField(
        "status", max_length=10, choices=CeremonyState.choices, default=CeremonyState.DRAFT
    )
    organizer = models.ForeignKey(
        "agencies.Agency",
        verbose_name="penyelenggara",
        on_delete=models.PROTECT,
        related_name="ceremonies",
    )
    election = models.ForeignKey(
        "pledges.Election",
        verbose_name="pemilu",
        on_delete=models.PROTECT,
        related_name="ceremonies",
    )
    text = models.ForeignKey(
        "pledges.PledgeText",
        verbose_name="naskah",
        on_delete=models.PROTECT,
        related_name="ceremonies",
    )
    kind = models.CharField("bentuk acara", max_length=20, choices=CeremonyKind.choices)
    title = models.CharField("nama acara", max_length=200)
    place = models.CharField("tempat", max_length=200)
    starts_at = models.DateTimeField("waktu")
    time_zone = models.CharField(
        "zona waktu", max_length=32, choices=TimeZone.choices, default=TimeZone.WIB
    )
    scope = models.CharField("peserta", max_length=10, choices=Scope.choices, default=Scope.SUBTREE)
    agencies = models.ManyToManyField(
        "agencies.Agency",
        verbose_name="instansi peserta",
        blank=True,
        related_name="chosen_for_ceremonies",
    )
    official_echelons = models.JSONField("eselon", default=list, blank=True)
    official_positions = models.JSONField("jabatan", default=list, blank=True)
    frozen_at = models.DateTimeField("daftar peserta dibekukan pada", null=True, editable=False)
    opened_at = models.DateTimeField("pertama dibuka pada", null=True, editable=False)
    closed_at = models.DateTimeField("pertama ditutup pada", null=True, editable=False)
    last_closed_at = models.DateTimeField("terakhir ditutup pada", null=True, editable=False)
    campaign = models.ForeignKey(
        "pledges.Campaign",
        verbose_name="rangkaian",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="ceremonies",
    )
    is_scheduled = models.BooleanField("jadwal sudah ditetapkan", default=True, editable=False)
    reason = models.CharField(
        "alasan perubahan jadwal atau pembatalan", max_length=255, blank=True, editable=False
    )
    names_on_board = models.BooleanField("nama di layar besar", default=False, editable=False)

    objects = CeremonyQuerySet.as_manager()

    class Meta:
        verbose_name = "acara"
        verbose_name_plural = "acara"
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="ceremony_scheduled_before_frozen",
                condition=models.Q(is_scheduled=True)
                | models.Q(state__in=[CeremonyState.DRAFT, CeremonyState.CANCELLED]),
                violation_error_message="Tetapkan waktu dan tempat acara lebih dahulu.",
            ),
            models.CheckConstraint(
                name="ceremony_frozen_before_open",
                condition=models.Q(state__in=[CeremonyState.DRAFT, CeremonyState.CANCELLED])
                | models.Q(frozen_at__isnull=False),
                violation_error_message="Daftar peserta harus dibekukan lebih dahulu.",
            ),
            models.CheckConstraint(
                name="ceremony_opened_before_closed",
                condition=models.Q(closed_at=None) | models.Q(opened_at__isnull=False),
                violation_error_message="Acara yang belum dibuka tidak dapat ditutup.",
            ),
            models.CheckConstraint(
                name="ceremony_open_has_moment",
                condition=models.Q(
                    state__in=[CeremonyState.DRAFT, CeremonyState.READY, CeremonyState.CANCELLED]
                )
                | models.Q(opened_at__isnull=False),
                violation_error_message="Waktu pembukaan acara harus tercatat.",
            ),
            models.CheckConstraint(
                name="ceremony_closed_has_moment",
                condition=~models.Q(state__in=[CeremonyState.CLOSED, CeremonyState.ARCHIVED])
                | models.Q(closed_at__isnull=False),
                violation_error_message="Waktu penutupan acara harus tercatat.",
            ),
            models.CheckConstraint(
                name="ceremony_last_closed_after_closed",
                condition=models.Q(closed_at=None, last_closed_at=None)
                | models.Q(last_closed_at__gte=models.F("closed_at")),
                violation_error_message="Penutupan terakhir tidak mendahului yang pertama.",
            ),
            models.CheckConstraint(
                name="ceremony_cancelled_has_reason",
                condition=~models.Q(state=CeremonyState.CANCELLED) | ~models.Q(reason=""),
                violation_error_message="Alasan pembatalan wajib diisi.",
            ),
            models.UniqueConstraint(
                name="ceremony_once_per_campaign_and_organizer",
                fields=["campaign", "organizer"],
                condition=~models.Q(state=CeremonyState.CANCELLED),
                violation_error_message="Instansi ini sudah mempunyai acara dalam rangkaian ini.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self):
        return self.state == CeremonyState.DRAFT

    @property
    def is_proposed(self):
        """Whether it is a draft whose time and place nobody has set yet."""
        return self.is_draft and not self.is_scheduled

    @property
    def is_cancelled(self):
        return self.state == CeremonyState.CANCELLED

    @property
    def notice(self):
        """What participants are told of a change: that it is cancelled or was rescheduled, and why.

        Nothing once people can sign; `reason` then tells those who run it.
        """
        if self.is_cancelled:
            return f"Acara ini dibatalkan. Alasan: {self.reason}"
        if self.state == CeremonyState.READY and self.reason:
            return f"Jadwal acara ini diubah. Alasan: {self.reason}"
        return ""

    @property
    def is_open(self):
        return self.state == CeremonyState.OPEN

    @property
    def is_late(self):
        """Whether a signature begun now counts as late: the ceremony was closed once."""
        return self.closed_at is not None

    @property
    def standing(self):
        """The words of its state; open once more, it says that this is for those who are late."""
        late = self.is_open and self.is_late
        return "Dibuka untuk susulan" if late else self.get_state_display()

    @property
    def awaits_signers(self):
        """Whether people can, or soon will, come in to sign: frozen and not closed."""
        return self.state in {CeremonyState.READY, CeremonyState.OPEN}

    def takes_deliveries(self, now):
        """Whether what a device has kept may still count: open, or closed not long ago."""
        return self.is_open or self.grace_until(now) is not None

    def grace_until(self, now):
        """When the grace period of the last closing ends; None unless it runs now."""
        if self.state not in {CeremonyState.CLOSED, CeremonyState.ARCHIVED}:
            return None
        ends = self.last_closed_at + GRACE
        return ends if now <= ends else None


class CeremonyOfficial(models.Model):
    """Somebody with a part in the ceremony: its leader, the reader, or a witness from outside."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="officials")
    role = models.CharField("peran", max_length=10, choices=OfficialRole.choices)
    name = models.CharField("nama", max_length=160)
    position = models.CharField("jabatan", max_length=160, blank=True)
    institution = models.CharField("lembaga", max_length=160, blank=True)

    class Meta:
        verbose_name = "petugas acara"
        verbose_name_plural = "petugas acara"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="one_leader_and_one_reader",
                fields=["ceremony", "role"],
                condition=~models.Q(role=OfficialRole.WITNESS),
                violation_error_message="Hanya satu pemimpin dan satu pembaca ikrar.",
            )
        ]

    def __str__(self):
        return self.name
