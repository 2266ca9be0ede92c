"""The history of imports, and the lines of one of them."""

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django_tables2.utils import A

from netralitas.lib.dates import date_only, date_time, time_with_zone
from netralitas.lib.numbers import printed

from ..choices import LineGroup
from ..models import Employee, RosterImport, RosterLine
from ..models.employee import NIK_LENGTH
from .cells import with_note

COMMAND_LINE = "Baris perintah"
NOT_SHOWN = "(tidak ditampilkan)"
EMPTY = "(kosong)"
CONTACT = {"email", "phone"}
SHOWN_FILES = 3
# What the counts of an import are called, in the order in which they are told.
COUNTED = {
    "new": "baru",
    "changed": "berubah",
    "moved": "pindah",
    "left": "keluar",
    "unchanged": "tetap",
    "rejected": "ditolak",
}
EXPORTED = (
    *("Kelompok", "Nama", "Nomor", "Unit kerja", "Unit kerja lama", "Keterangan"),
    *("Berkas", "Baris", "Kolom"),
)
# Columns that tell nothing where only one group is shown.
LEFT_OUT = {
    LineGroup.NEW: ("group", "reason"),
    LineGroup.CHANGED: ("group",),
    LineGroup.MOVED: ("group",),
    LineGroup.LEFT: ("group", "file"),
    LineGroup.REJECTED: ("group", "agency_name"),
    LineGroup.WARNING: ("group", "agency_name"),
    LineGroup.UNIT: ("name", "group", "file"),
    LineGroup.HEAD: ("group", "file"),
}
GROUP_TONES = {
    LineGroup.NEW: "good",
    LineGroup.CHANGED: "note",
    LineGroup.MOVED: "note",
    LineGroup.LEFT: "wait",
    LineGroup.REJECTED: "bad",
    LineGroup.WARNING: "wait",
    LineGroup.UNIT: "note",
    LineGroup.HEAD: "note",
}


class ImportTable(tables.Table):
    """Imports, the newest first: when, by whom, which files, what they hold, where they stand."""

    noun = "impor"

    created_at = tables.Column(
        "Diunggah", order_by="pk", linkify=("import-detail", {"uuid": A("uuid")})
    )
    government = tables.Column("Pemerintah daerah", order_by=("government__path", "-pk"))
    created_by = tables.Column("Oleh", empty_values=(), orderable=False)
    files = tables.Column("Berkas", empty_values=(), orderable=False)
    counts = tables.Column("Isi", empty_values=(), orderable=False)
    state = tables.TemplateColumn(
        template_name="imports/_state.html",
        verbose_name="Status",
        order_by=("state", "-pk"),
    )

    class Meta:
        model = RosterImport
        fields = ("created_at", "government", "created_by", "files", "counts", "state")

    def __init__(self, *args, several_governments, **kwargs):
        super().__init__(*args, exclude=() if several_governments else ("government",), **kwargs)

    def render_created_at(self, record, value):
        return date_time(value, record.government.time_zone)

    def render_created_by(self, value):
        return by_whom(value)

    def render_files(self, record):
        names = [file.name for file in record.files.all()]
        more = len(names) - SHOWN_FILES
        return ", ".join(names[:SHOWN_FILES]) + (f" dan {more} lagi" if more > 0 else "")

    def render_counts(self, record):
        return in_words(record.counts) or "—"


class LineTable(tables.Table):
    """The lines of an import: whom or which row it is about, and what happens there.

    Of one `group` only the columns are shown that say something about it. Who may not see contact
    data sees that it changes, not how.
    """

    noun = "baris"

    name = tables.Column(
        "Pegawai",
        empty_values=(),
        order_by=("name", "pk"),
        attrs={"td": {"class": "line-person"}},
    )
    group = tables.Column("Kelompok", order_by=("group", "pk"))
    agency_name = tables.Column("Unit kerja", empty_values=(), order_by=("agency_name", "pk"))
    reason = tables.Column("Keterangan", empty_values=(), orderable=False)
    file = tables.Column("Asal", empty_values=(), order_by=("file", "row", "pk"))

    class Meta:
        model = RosterLine
        fields = ("name", "group", "agency_name", "reason", "file")

    def __init__(self, *args, shows_contact, group="", **kwargs):
        super().__init__(*args, exclude=LEFT_OUT.get(group, ()), **kwargs)
        self.shows_contact = shows_contact

    def render_name(self, record):
        number = grouped(record.number)
        if not record.name:
            return number or "—"
        return with_note(linked(record.name, record.employee), number)

    def render_group(self, record, value):
        context = {"label": value, "tone": GROUP_TONES[record.group]}
        return render_to_string("components/badge.html", context)

    def render_agency_name(self, record, value):
        if record.origin_name:
            return render_to_string("imports/_moved.html", {"line": record})
        return value or "—"

    def render_reason(self, record):
        changes = self.changes_of(record)
        if not changes:
            return record.reason or "—"
        context = {"changes": changes, "reason": record.reason}
        return render_to_string("imports/_changes.html", context)

    def render_file(self, record):
        row = f"baris {number_format(record.row, force_grouping=True)}" if record.row else ""
        return with_note(record.file or "—", ", ".join(filter(None, (row, record.column))))

    def exported(self):
        """The rows of an export, one at a time: what the page puts together is apart there."""
        for line in self.data.data.iterator():
            changes = [
                f"{label}: {old or EMPTY} → {new or EMPTY}"
                for label, old, new in self.changes_of(line)
            ]
            yield [
                line.get_group_display(),
                line.name,
                line.number,
                line.agency_name,
                line.origin_name,
                "; ".join(filter(None, [*changes, line.reason])),
                line.file,
                line.row,
                line.column,
            ]

    def changes_of(self, line):
        """[(label, old, new)] in words; "" stands for what is empty."""
        return [self._in_words(line, **change) for change in line.changes]

    def _in_words(self, line, field, old, new):
        label = label_of(field)
        if field in CONTACT and not self.shows_contact:
            return label, NOT_SHOWN, NOT_SHOWN
        return label, shown(field, old), shown(field, new)


def by_whom(user):
    """Who did it; an import without a user came by the command line."""
    return str(user) if user else COMMAND_LINE


def title_of(roster_import, files):
    """How an import is told from others of the same day: the minute, and its first file."""
    zone = roster_import.government.time_zone
    created_at = roster_import.created_at
    told = f"{date_only(created_at, zone)}, {time_with_zone(created_at, zone)}"
    return f"{told}: {files[0].name}" if files else told


def in_words(counts):
    """What an import holds: "12 baru, 3 berubah"; nothing is said of what does not occur."""
    told = [(counts.get(name), label) for name, label in COUNTED.items()]
    return ", ".join(
        f"{number_format(count, force_grouping=True)} {label}" for count, label in told if count
    )


def linked(name, employee):
    """A name that leads to its employee; the name alone where the line is about nobody yet."""
    if employee is None:
        return name
    address = reverse("employee-detail", args=[employee.uuid])
    return format_html('<a href="{}">{}</a>', address, name)


def grouped(number):
    """A number in the groups of those that are as long; a NI PPPK is printed as a NIP is."""
    return printed(number, "NIK" if len(number) == NIK_LENGTH else "NIP")


def label_of(field):
    """A stored field's name as people know it."""
    return capfirst(Employee._meta.get_field(field).verbose_name)


def shown(field, value):
    """A stored value as people know it: a choice by its label, yes and no in words."""
    if value is None or value == "":
        return ""
    if field == "number":
        return grouped(value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    choices = dict(Employee._meta.get_field(field).flatchoices)
    return choices.get(value, value)
