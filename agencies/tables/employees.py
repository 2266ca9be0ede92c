"""The list of employees."""

import django_tables2 as tables
from django_tables2.utils import A

from netralitas.lib.numbers import printed

from ..models import Employee
from .cells import with_note

HERE, LEFT = "Aktif", "Tidak aktif"


class EmployeeTable(tables.Table):
    """Employees with where they work; the names of OPD are given by path.

    The export holds in columns of their own what the page puts together; contact is in neither.
    """

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
    number_kind = tables.Column("Jenis nomor", visible=False)
    kind = tables.Column("Jenis", order_by=("kind", "name", "pk"))
    grade = tables.Column("Golongan", order_by=("grade", "name", "pk"))
    echelon = tables.Column("Eselon", visible=False)
    position = tables.Column("Jabatan", order_by=("position", "name", "pk"))
    agency = tables.Column(
        "Unit kerja", accessor="agency__name", order_by=("agency__path", "name", "pk")
    )

    opd = tables.Column("OPD", accessor="agency__opd_path", visible=False)
    active = tables.Column("Status", visible=False)

    class Meta:
        model = Employee
        fields = (
            *("name", "number", "number_kind", "kind", "grade", "position", "echelon"),
            *("agency", "opd", "active"),
        )
        order_by = "name"

    def __init__(self, *args, opd_names, **kwargs):
        super().__init__(*args, **kwargs)
        self.opd_names = opd_names

    def render_number(self, record):
        number = printed(record.number, record.number_kind)
        return with_note(number, record.get_number_kind_display())

    def value_number(self, record):
        return record.number

    def render_kind(self, record, value):
        return with_note(value, "" if record.active else LEFT)

    def value_kind(self, value):
        return value

    def render_agency(self, record, value):
        return with_note(value, self.opd_names[record.agency.opd_path])

    def value_agency(self, value):
        return value

    def value_opd(self, value):
        return self.opd_names[value]

    def value_active(self, value):
        return HERE if value else LEFT
