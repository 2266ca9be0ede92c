import uuid

from django.conf import settings
from django.db import models

from ..choices import ImportState, LineGroup, RosterFileKind
from ..querysets import RosterImportQuerySet, RosterLineQuerySet
from .employee import NIP_LENGTH

WORKING = (ImportState.READING, ImportState.APPLYING)
# What of its counts a yes would write, or asks for a decision.
OF_PEOPLE = ("new", "changed", "moved", "left", "heads")
OF_UNITS = ("created", "renamed", "moved", "revived", "adopted")


class RosterImport(models.Model):
    """One import of a roster ("impor"): its files, what they would change, whether it was applied.

    It stays after it was applied, so that whoever agreed to it can look at it again. `refusal` is
    the sentence of an import that was refused as a whole. `done` of `total` says how far the
    worker is within `stage`; both 0 where that cannot be told. `plan_digest` is the SHA-256 of the
    previewed plan: an approval holds for that plan and for no other.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="roster_imports"
    )
    state = models.CharField(
        "status", max_length=10, choices=ImportState.choices, default=ImportState.READING
    )
    partial = models.BooleanField("hanya sebagian pegawai", default=False)
    deactivates = models.BooleanField("menonaktifkan yang keluar", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField("diunggah pada", auto_now_add=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    applied_at = models.DateTimeField("diterapkan pada", null=True)
    refusal = models.TextField("alasan penolakan", blank=True)
    counts = models.JSONField("jumlah", default=dict)
    plan_digest = models.CharField("sidik rencana", max_length=64, blank=True)
    stage = models.CharField("tahap", max_length=80, blank=True)
    done = models.PositiveIntegerField("selesai", default=0)
    total = models.PositiveIntegerField("seluruhnya", default=0)
    touched_at = models.DateTimeField("terakhir dikerjakan", null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="roster_import_applied_has_time",
                condition=models.Q(state=ImportState.APPLIED, applied_at__isnull=False)
                | models.Q(~models.Q(state=ImportState.APPLIED), applied_at=None),
                violation_error_message="Impor yang diterapkan mencatat waktunya.",
            )
        ]

    def __str__(self):
        return f"{self.government} {self.created_at:%Y-%m-%d}"

    @property
    def is_working(self):
        """Whether it is the worker's turn: nobody else can do anything about it."""
        return self.state in WORKING

    @property
    def is_waiting(self):
        """Whether the worker is still to take it in hand."""
        return self.is_working and not self.stage

    @property
    def has_nothing_to_do(self):
        """Whether its preview asks for no yes: nothing would be written, and nobody has left."""
        if self.state != ImportState.READY:
            return False
        people, units = self.counts, self.counts["units"]
        return not any(map(people.get, OF_PEOPLE)) and not any(map(units.get, OF_UNITS))


class RosterFile(models.Model):
    """One file of an import. Its content is removed once the import is applied or discarded.

    An export holds far more than is kept (religion, tax number, …): only name, size and digest
    stay. `headings` are the cells of its header row, for whoever assigns them to fields.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField("jenis berkas", max_length=10, choices=RosterFileKind.choices)
    name = models.CharField("nama berkas", max_length=255)
    size = models.PositiveBigIntegerField("ukuran")
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.FileField("isi", upload_to="impor", max_length=200, blank=True)
    headings = models.JSONField("kepala tabel", default=list)
    missing = models.JSONField("kolom yang belum ditemukan", default=list)

    class Meta:
        verbose_name = "berkas impor"
        verbose_name_plural = "berkas impor"
        ordering = ["id"]

    def __str__(self):
        return self.name


class RosterLine(models.Model):
    """One line of a preview: a person and what happens to them, a rejected row, or a warning.

    People who stay as they are have no line. `changes` lists {"field", "old", "new"}; `cells` keeps
    the read columns of a rejected row, so that it can be mended and uploaded again. `employee` is
    whom an applied line concerned.
    """

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="lines")
    group = models.CharField("kelompok", max_length=10, choices=LineGroup.choices)
    file = models.CharField("berkas", max_length=255, blank=True)
    row = models.PositiveIntegerField("baris", null=True)
    column = models.CharField("kolom", max_length=80, blank=True)
    reason = models.TextField("keterangan", blank=True)
    employee = models.ForeignKey(
        "agencies.Employee", on_delete=models.CASCADE, null=True, related_name="roster_lines"
    )
    name = models.CharField("nama", max_length=255, blank=True)
    number = models.CharField("nomor", max_length=NIP_LENGTH, blank=True)
    number_kind = models.CharField("jenis nomor", max_length=10, blank=True)
    agency_name = models.CharField("unit kerja", max_length=255, blank=True)
    origin_name = models.CharField("unit kerja lama", max_length=255, blank=True)
    changes = models.JSONField("perubahan", default=list)
    cells = models.JSONField("isi baris", default=dict)

    objects = RosterLineQuerySet.as_manager()

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["roster_import", "group", "id"], name="roster_line_by_group")
        ]

    def __str__(self):
        return f"{self.file} {self.row or ''}".strip()


class ColumnAlias(models.Model):
    """What HR once said a heading means, remembered for its government's next files.

    `field` is one of the keys of `roster.columns`; empty says that the column is to be ignored.
    """

    government = models.ForeignKey(
        "agencies.Agency", on_delete=models.CASCADE, related_name="column_aliases"
    )
    kind = models.CharField("jenis berkas", max_length=10, choices=RosterFileKind.choices)
    heading = models.CharField("kepala kolom", max_length=120)
    field = models.CharField("isi kolom", max_length=40, blank=True)

    class Meta:
        verbose_name = "arti kolom"
        verbose_name_plural = "arti kolom"
        ordering = ["kind", "heading"]
        constraints = [
            models.UniqueConstraint(
                name="column_alias_once_per_heading",
                fields=["government", "kind", "heading"],
                violation_error_message="Arti kolom ini sudah ditentukan.",
            )
        ]

    def __str__(self):
        return self.heading
