"""The list of agencies."""

import django_tables2 as tables
from django.utils.formats import number_format
from django_tables2.utils import A

from ..choices import AgencyLevel
from ..models import Agency
from .cells import NUMERIC


class AgencyTable(tables.Table):
    """Agencies with what stands below each; counts and names of OPD are given by path.

    With `opd_names` each unit says to which OPD it belongs: units of one name are common.
    """

    noun = "instansi"

    name = tables.Column(
        "Instansi", order_by=("name", "path"), linkify=("agency-detail", {"uuid": A("uuid")})
    )
    opd = tables.Column("OPD", accessor="opd_path", orderable=False)
    units = tables.Column("Unit", empty_values=(), orderable=False, attrs=NUMERIC)
    employees = tables.Column("Pegawai", empty_values=(), orderable=False, attrs=NUMERIC)

    class Meta:
        model = Agency
        fields = ("name", "opd", "units", "employees")

    def __init__(self, *args, headcounts, unit_counts, opd_names=None, **kwargs):
        super().__init__(*args, exclude=() if opd_names else ("opd",), **kwargs)
        self.opd_names = opd_names
        self.headcounts = headcounts
        self.unit_counts = unit_counts

    def render_opd(self, record, value):
        return self.opd_names[value] if record.level == AgencyLevel.UNIT else "—"

    def render_units(self, record):
        return number_format(self.unit_counts[record.path], force_grouping=True)

    def render_employees(self, record):
        return number_format(self.headcounts[record.path], force_grouping=True)
