import uuid

from django.db import models

from agencies.choices import EmployeeKind, NumberKind

from ..choices import UNCOUNTED, ParticipantState
from ..querysets import ParticipantQuerySet

FROZEN_FIELDS = ("number", "number_kind", "kind", "grade", "position", "echelon")


class Participant(models.Model):
    """An employee's place in a ceremony, with the identity as it was when the roster was frozen.

    Whoever is renamed, promoted or moved afterwards has still signed as who they were; the OPD of
    that day keeps the pact, also when the unit has gone to another OPD since. One whose signature
    was annulled stays as it is, and another with the same identity takes its place (`replaces`).

    `campaign` is that of the ceremony: one person counts once in all its ceremonies. Whoever came
    after the freezing has an `added_reason`; whoever was taken off is DEPARTED, with a `reason`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ceremony = models.ForeignKey(
        "pledges.Ceremony", on_delete=models.PROTECT, related_name="participants"
    )
    employee = models.ForeignKey(
        "agencies.Employee", on_delete=models.PROTECT, related_name="participations"
    )
    wave = models.ForeignKey("pledges.Wave", on_delete=models.PROTECT, related_name="participants")
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="participants"
    )
    opd = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="opd_participants"
    )
    name = models.CharField("nama dengan gelar", max_length=370)
    bare_name = models.CharField("nama tanpa gelar", max_length=200)
    number_kind = models.CharField("jenis nomor", max_length=10, choices=NumberKind.choices)
    number = models.CharField("nomor", max_length=18)
    kind = models.CharField("jenis pegawai", max_length=20, choices=EmployeeKind.choices)
    grade = models.CharField("golongan", max_length=10, blank=True)
    position = models.CharField("jabatan", max_length=255, blank=True)
    echelon = models.CharField("eselon", max_length=10, blank=True)
    agency_name = models.CharField("unit kerja", max_length=255)
    opd_name = models.CharField("OPD", max_length=255)
    state = models.CharField(
        "status",
        max_length=10,
        choices=ParticipantState.choices,
        default=ParticipantState.PENDING,
    )
    reason = models.CharField("alasan", max_length=255, blank=True)
    campaign = models.ForeignKey(
        "pledges.Campaign",
        verbose_name="rangkaian",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,  # participant_in_campaign serves it
        related_name="participants",
    )
    added_reason = models.CharField("alasan ditambahkan", max_length=255, blank=True)
    replaces = models.OneToOneField(
        "self",
        verbose_name="menggantikan",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="replacement",
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering = ["bare_name", "id"]
        indexes = [
            models.Index(fields=["ceremony", "opd", "state"], name="participant_progress"),
            models.Index(fields=["ceremony", "bare_name"], name="participant_by_name"),
            models.Index(fields=["campaign", "employee"], name="participant_in_campaign"),
            # Dashboards count by all of these at once, from the index alone.
            models.Index(
                fields=["ceremony", "opd", "wave", "kind", "grade", "state"],
                name="participant_figures",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="participant_once_per_ceremony",
                fields=["ceremony", "employee"],
                condition=~models.Q(state__in=UNCOUNTED),
                violation_error_message="Pegawai ini sudah menjadi peserta.",
            ),
            models.UniqueConstraint(
                name="participant_number_once_per_ceremony",
                fields=["ceremony", "number"],
                condition=~models.Q(state__in=UNCOUNTED),
                violation_error_message="Nomor ini sudah ada dalam daftar peserta.",
            ),
            models.UniqueConstraint(
                name="participant_once_per_campaign",
                fields=["campaign", "employee"],
                condition=~models.Q(state__in=UNCOUNTED),
                violation_error_message="Pegawai ini sudah menjadi peserta acara lain rangkaian.",
            ),
            models.CheckConstraint(
                name="participant_absence_has_reason",
                condition=models.Q(state__in=[ParticipantState.PENDING, ParticipantState.SIGNED])
                | ~models.Q(reason=""),
                violation_error_message="Alasan wajib diisi.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_pending(self):
        """Whether a signature is still expected."""
        return self.state == ParticipantState.PENDING

    @property
    def is_signed(self):
        """Whether there is a signature that counts."""
        return self.state == ParticipantState.SIGNED

    @property
    def is_absent(self):
        """Whether somebody noted that no signature will come."""
        return self.state in {ParticipantState.EXCUSED, ParticipantState.REFUSED}

    @property
    def is_annulled(self):
        """Whether there was a signature that counts no longer."""
        return self.state == ParticipantState.ANNULLED

    @property
    def is_departed(self):
        """Whether they were taken off the roster before signing."""
        return self.state == ParticipantState.DEPARTED

    @property
    def keeper(self):
        """The agency a role must be held on or above to reach this participant.

        It is the unit while that stands in the frozen OPD, else the OPD; the same rule for sets of
        participants is `ParticipantQuerySet.within`.
        """
        return self.agency if self.opd.covers(self.agency) else self.opd

    @property
    def unit_with_opd(self):
        """The unit and its OPD, or the OPD alone: many OPD have a "Sekretariat" of their own."""
        if self.agency_name == self.opd_name:
            return self.opd_name
        return f"{self.agency_name}, {self.opd_name}"
