"""The lists of agencies and employees."""

import django_tables2 as tables
from django.utils.formats import number_format
from django.utils.html import format_html
from django_tables2.utils import A

from netralitas.lib.numbers import printed

from .choices import AgencyLevel
from .models import Agency, Employee

NUMERIC = {"th": {"class": "num"}, "td": {"class": "num"}}


def with_note(text, note):
    """A cell of two lines, the second in small print; one line if there is nothing more to say."""
    if not note or note == text:
        return text
    return format_html('<span>{}<small class="d-block muted">{}</small></span>', text, note)


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


class EmployeeTable(tables.Table):
    """Employees with where they work; the names of OPD are given by path."""

    noun = "pegawai"

    name = tables.Column(
        "Nama",
        accessor="full_name",
        order_by=("name", "pk"),
        linkify=("employee-detail", {"uuid": A("uuid")}),
    )
    number = tables.Column(
        "Nomor", order_by=("number", "pk"), attrs={"td": {"class": "text-nowrap"}}
    )
    kind = tables.Column("Jenis", order_by=("kind", "name", "pk"))
    grade = tables.Column("Golongan", order_by=("grade", "name", "pk"))
    position = tables.Column("Jabatan", order_by=("position", "name", "pk"))
    agency = tables.Column(
        "Unit kerja", accessor="agency__name", order_by=("agency__path", "name", "pk")
    )

    class Meta:
        model = Employee
        fields = ("name", "number", "kind", "grade", "position", "agency")
        order_by = "name"

    def __init__(self, *args, opd_names, **kwargs):
        super().__init__(*args, **kwargs)
        self.opd_names = opd_names

    def render_number(self, record):
        number = printed(record.number, record.number_kind)
        return with_note(number, record.get_number_kind_display())

    def render_agency(self, record, value):
        return with_note(value, self.opd_names[record.agency.opd_path])
