import uuid

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from netralitas.lib.names import full_name

from ..choices import EmployeeKind, NumberKind
from ..querysets import EmployeeQuerySet

NIP_LENGTH = 18
NIK_LENGTH = 16


class Employee(models.Model):
    """A person employed by a government ("pegawai"), with the number valid today.

    Numbers change (a new PPPK contract brings a new NI PPPK), so an employee has a key of its own;
    `IdentityNumber` keeps every number the person has had. Never deleted: `active` says whether the
    person is still in the roster.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="government_employees"
    )
    agency = models.ForeignKey(
        "agencies.Agency",
        verbose_name="unit kerja",
        on_delete=models.PROTECT,
        related_name="employees",
    )
    siasn_id = models.CharField("PNS ID", max_length=64, blank=True)
    kind = models.CharField("jenis pegawai", max_length=20, choices=EmployeeKind.choices)
    number_kind = models.CharField("jenis nomor", max_length=10, choices=NumberKind.choices)
    number = models.CharField("NIP / NI PPPK / NIK", max_length=NIP_LENGTH)
    name = models.CharField("nama", max_length=200)
    title_prefix = models.CharField("gelar depan", max_length=60, blank=True)
    title_suffix = models.CharField("gelar belakang", max_length=100, blank=True)
    grade = models.CharField("golongan", max_length=10, blank=True)
    position = models.CharField("jabatan", max_length=255, blank=True)
    echelon = models.CharField("eselon", max_length=10, blank=True)
    email = models.EmailField("surel", blank=True)
    phone = models.CharField("nomor ponsel", max_length=30, blank=True)
    active = models.BooleanField("aktif", default=True)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        verbose_name = "pegawai"
        verbose_name_plural = "pegawai"
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["government", "name"], name="employee_by_name")]
        constraints = [
            models.UniqueConstraint(
                name="employee_number_unique_in_government",
                fields=["government", "number"],
                violation_error_message="Nomor ini sudah dipakai pegawai lain.",
            ),
            models.CheckConstraint(
                name="employee_number_has_its_length",
                condition=models.Q(
                    Exact(Length("number"), NIP_LENGTH),
                    number_kind__in=[NumberKind.NIP, NumberKind.NI_PPPK],
                )
                | models.Q(Exact(Length("number"), NIK_LENGTH), number_kind=NumberKind.NIK),
                violation_error_message="NIP dan NI PPPK 18 angka, NIK 16 angka.",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        """Name with academic and honorary titles as printed on paper."""
        return full_name(self.title_prefix, self.name, self.title_suffix)


class IdentityNumber(models.Model):
    """A number an employee has or had; the newest row is the one on `Employee`."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="numbers")
    kind = models.CharField("jenis", max_length=10, choices=NumberKind.choices)
    number = models.CharField("nomor", max_length=NIP_LENGTH)
    since = models.DateTimeField("dicatat sejak")

    class Meta:
        verbose_name = "nomor identitas"
        verbose_name_plural = "nomor identitas"
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="identity_number_once_per_employee", fields=["employee", "number"]
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class Placement(models.Model):
    """An agency an employee works or worked in; the newest row is the one on `Employee`."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="placements")
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="placements"
    )
    since = models.DateTimeField("dicatat sejak")

    class Meta:
        verbose_name = "penempatan"
        verbose_name_plural = "penempatan"
        ordering = ["-since", "-id"]

    def __str__(self):
        return f"{self.agency}"
