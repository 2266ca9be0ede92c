"""The lists of agencies and employees."""

import django_tables2 as tables
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
    """Agencies with what stands below each; counts are given by path, for the whole tree."""

    noun = "instansi"

    name = tables.Column("Instansi", linkify=("agency-detail", {"uuid": A("uuid")}))
    level = tables.Column("Tingkat", orderable=False)
    units = tables.Column("Unit di bawahnya", empty_values=(), orderable=False, attrs=NUMERIC)
    employees = tables.Column("Pegawai aktif", empty_values=(), orderable=False, attrs=NUMERIC)

    class Meta:
        model = Agency
        fields = ("name", "level", "units", "employees")

    def __init__(self, *args, headcounts, unit_counts, **kwargs):
        super().__init__(*args, **kwargs)
        self.headcounts = headcounts
        self.unit_counts = unit_counts

    def render_name(self, record, value):
        """A unit found by search says which OPD it belongs to: many are named alike."""
        note = getattr(record, "opd", "") if record.level == AgencyLevel.UNIT else ""
        return with_note(value, note)

    def render_units(self, record):
        return self.unit_counts[record.path]

    def render_employees(self, record):
        return self.headcounts[record.path]


class EmployeeTable(tables.Table):
    """Employees; expects the annotation `opd`, the name of the OPD of each."""

    noun = "pegawai"

    name = tables.Column(
        "Nama",
        accessor="full_name",
        order_by=("name", "pk"),
        linkify=("employee-detail", {"uuid": A("uuid")}),
    )
    number = tables.Column("Nomor", order_by=("number", "pk"))
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

    def render_number(self, record):
        number = format_html(
            '<span class="code">{}</span>', printed(record.number, record.number_kind)
        )
        return with_note(number, record.get_number_kind_display())

    def render_agency(self, record, value):
        return with_note(value, record.opd)
