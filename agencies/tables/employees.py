"""The list of employees."""

import django_tables2 as tables
from django_tables2.utils import A

from netralitas.lib.numbers import printed

from ..models import Employee
from ..reports import opd_of
from .cells import SHORT, with_note

HERE, LEFT = "Aktif", "Tidak aktif"


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
    kind = tables.Column("Jenis", order_by=("kind", "name", "pk"), attrs=SHORT)
    grade = tables.Column("Golongan", order_by=("grade", "name", "pk"), attrs=SHORT)
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

    def render_kind(self, record, value):
        return with_note(value, "" if record.active else LEFT)

    def render_agency(self, record, value):
        return with_note(value, opd_of(record.agency, self.opd_names))


EXPORTED = (
    *("Nama", "Nomor", "Jenis nomor", "Jenis", "Golongan", "Jabatan", "Eselon"),
    *("Unit kerja", "OPD", "Status"),
)


def exported(employees, opd_names):
    """The rows of an export, in the order of EXPORTED: what the page puts together apart.

    Contact is left out, as it is on the page. Written by hand because the table's own way takes
    ten times as long for a whole government.
    """
    for employee in employees:
        yield (
            employee.full_name,
            employee.number,
            employee.get_number_kind_display(),
            employee.get_kind_display(),
            employee.grade,
            employee.position,
            employee.echelon,
            employee.agency.name,
            opd_of(employee.agency, opd_names),
            HERE if employee.active else LEFT,
        )
