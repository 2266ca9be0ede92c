"""The list of agencies: as a tree whose rows open, as what a search finds, as a spreadsheet."""

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.formats import number_format

from ..models import Agency
from .cells import NUMERIC

IN_USE, RETIRED = "Dipakai", "Tidak dipakai lagi"


class AgencyTable(tables.Table):
    """Agencies with what stands below each; counts, and with `names` the way to each, by path.

    `opens` says whether an agency shows that it can be opened in place; `steps` how far it is
    indented; `parent` is the agency below which all of these were opened.
    """

    noun = "instansi"

    name = tables.Column("Instansi", order_by=("name", "path"))
    way = tables.Column("Letak", accessor="path", orderable=False)
    units = tables.Column("Unit", empty_values=(), orderable=False, attrs=NUMERIC)
    employees = tables.Column("Pegawai", empty_values=(), orderable=False, attrs=NUMERIC)

    class Meta:
        model = Agency
        fields = ("name", "way", "units", "employees")
        row_attrs = {
            "data-branch": lambda record: record.uuid,
            "data-branch-of": lambda table: table.parent.uuid if table.parent else None,
        }

    def __init__(
        self, *args, headcounts, unit_counts, names=None, opens=None, steps=0, parent=None, **kwargs
    ):
        super().__init__(*args, exclude=() if names else ("way",), **kwargs)
        self.headcounts = headcounts
        self.unit_counts = unit_counts
        self.names = names
        self.opens = opens
        self.steps = range(steps)
        self.parent = parent

    def render_name(self, record):
        context = {
            "agency": record,
            "is_tree": self.opens is not None,
            "opens": self.opens and self.opens(record) and self.unit_counts[record.path],
            "steps": self.steps,
        }
        return render_to_string("agencies/_name.html", context)

    def value_name(self, record):
        return record.name

    def render_way(self, record):
        if record.merged_into_id:
            return f"Digabung ke {record.merged_into.name}"
        return " › ".join(self.names[path] for path in _paths_above(record)) or "—"

    def render_units(self, record):
        return number_format(self.unit_counts[record.path], force_grouping=True)

    def value_units(self, record):
        return self.unit_counts[record.path]

    def render_employees(self, record):
        return number_format(self.headcounts[record.path], force_grouping=True)

    def value_employees(self, record):
        return self.headcounts[record.path]


class AgencyExport(AgencyTable):
    """The same as a spreadsheet, with what a page of one agency shows."""

    level = tables.Column("Tingkat")
    head = tables.Column("Kepala", accessor="head__full_name", default="")
    address = tables.Column("Alamat")
    siasn_id = tables.Column("ID UNOR SIASN")
    status = tables.Column("Status", accessor="retired_at", empty_values=())

    class Meta(AgencyTable.Meta):
        fields = ("name", "level", "way", "units", "employees")
        sequence = (*fields, "head", "address", "siasn_id", "status")

    def value_status(self, record):
        return RETIRED if record.retired_at else IN_USE


def _paths_above(agency):
    """From the OPD down to the agency above this one; for an OPD its government."""
    ends = range(agency.steplen, len(agency.path), agency.steplen)
    paths = [agency.path[:end] for end in ends]
    return paths[1:] or paths
