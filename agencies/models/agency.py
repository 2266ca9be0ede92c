import uuid

from django.db import models
from django.db.models.functions import Substr
from django.utils.functional import cached_property
from treebeard.mp_tree import MP_Node

from ..choices import AgencyLevel, TimeZone
from ..querysets import AgencyManager


def top_path(path, tops):
    """The path of what the agency at `path` belongs to: itself or the nearest above it in `tops`.

    `tops` holds at least the path of its government, as `AgencyQuerySet.tops` finds them.
    """
    ends = range(len(path), 0, -MP_Node.steplen)
    return next(path[:end] for end in ends if path[:end] in tops)


class Agency(MP_Node):
    """One node of a government's tree: the government itself, an OPD, or a unit below one.

    The tree's root is the government (*pemerintah daerah*), its children are the OPD. Time zone,
    slug and seat belong to the root; every agency may have its own address and head. After a
    reorganisation an agency is retired, never deleted: what was signed there keeps pointing to it;
    `merged_into` is the agency that took it over.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    level = models.CharField("tingkat", max_length=10, choices=AgencyLevel.choices)
    name = models.CharField("nama", max_length=255)
    siasn_id = models.CharField("ID UNOR SIASN", max_length=64, blank=True)
    slug = models.SlugField("nama singkat", max_length=80, blank=True)
    time_zone = models.CharField(
        "zona waktu", max_length=32, choices=TimeZone.choices, default=TimeZone.WIB
    )
    address = models.CharField(
        "alamat pada kop surat",
        max_length=255,
        blank=True,
        help_text="Jalan, kota, kode pos, telepon, laman. Dicetak di bawah nama pada kop surat.",
    )
    seat = models.CharField(
        "tempat kedudukan",
        max_length=80,
        blank=True,
        help_text="Nama kota yang dicetak di depan tanggal, misalnya “Dumai”.",
    )
    head = models.ForeignKey(
        "agencies.Employee",
        verbose_name="kepala",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="heads",
    )
    retired_at = models.DateTimeField("tidak dipakai sejak", null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="digabung ke",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged_from",
    )

    objects = AgencyManager()

    class Meta:
        verbose_name = "instansi"
        verbose_name_plural = "instansi"
        constraints = [
            models.CheckConstraint(
                name="agency_level_matches_depth",
                condition=models.Q(level=AgencyLevel.GOVERNMENT, depth=1)
                | models.Q(level=AgencyLevel.OPD, depth=2)
                | models.Q(level=AgencyLevel.UNIT, depth__gte=3),
                violation_error_message="Tingkat instansi tidak sesuai dengan letaknya.",
            ),
            models.CheckConstraint(
                name="agency_slug_only_for_government",
                condition=models.Q(models.Q(slug=""), ~models.Q(level=AgencyLevel.GOVERNMENT))
                | models.Q(~models.Q(slug=""), level=AgencyLevel.GOVERNMENT),
                violation_error_message="Nama singkat hanya untuk pemerintah daerah.",
            ),
            models.UniqueConstraint(
                name="agency_slug_unique",
                fields=["slug"],
                condition=~models.Q(slug=""),
                violation_error_message="Nama singkat ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                # Per government, as the first step of the path says: nobody's slip of the pen
                # stands in the way of another's import.
                Substr("path", 1, MP_Node.steplen),
                "siasn_id",
                name="agency_siasn_id_unique_in_government",
                condition=~models.Q(siasn_id=""),
                violation_error_message="ID UNOR ini sudah dipakai unit lain.",
            ),
            models.CheckConstraint(
                name="agency_merged_is_retired",
                condition=models.Q(merged_into=None) | models.Q(retired_at__isnull=False),
                violation_error_message="Instansi yang digabung tidak dipakai lagi.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def government_path(self):
        """The materialised path of the government this agency belongs to."""
        return self.path[: self.steplen]

    @property
    def opd_path(self):
        """The path of the OPD this agency is or belongs to; the government's own for the root."""
        return self.path[: 2 * self.steplen]

    @cached_property
    def government(self):
        """The root of the tree this agency stands in; itself for a government."""
        if self.level == AgencyLevel.GOVERNMENT:
            return self
        return Agency.objects.get(path=self.government_path)

    @property
    def is_top(self):
        """Whether units are said to belong to it, and itself to no other: a government, an OPD, and
        a merged agency, which stands below its successor and never was its unit.
        """
        return self.depth <= 2 or self.merged_into_id is not None

    @property
    def title(self):
        """The name, and that of the OPD for a unit: many OPD have a "Sekretariat". One query."""
        if self.is_top:
            return self.name
        tops = Agency.objects.order_by().tops().at_or_above([self.path])
        names = dict(tops.values_list("path", "name"))
        return f"{self.name}, {names[top_path(self.path, names)]}"

    def covers(self, agency):
        """Whether `agency` is this one or stands below it."""
        return agency.path.startswith(self.path)

    def loses_head(self, origin, destination):
        """Whether whoever heads this agency leaves that post by moving between those two."""
        return self == origin or not self.covers(destination)
