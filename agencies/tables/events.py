"""The audit trail as a list."""

from zoneinfo import ZoneInfo

import django_tables2 as tables
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join

from netralitas.lib.dates import exact_date_time, zone_label

from ..models import Event
from ..trail import OBJECT_TYPES, details, named_objects
from .cells import with_note

NOBODY = "Sistem atau publik"
PAGES = {"pledgetext": "text", "rosterimport": "import"}


class EventTable(tables.Table):
    """Events, newest first, in words; `zone` is the time zone of all times.

    The names of the objects of a page are fetched together, once the page is known.
    """

    noun = "peristiwa"

    at = tables.Column("Waktu", order_by="id", attrs={"td": {"class": "text-nowrap"}})
    actor = tables.Column("Oleh", order_by=("actor__first_name", "id"), empty_values=())
    act = tables.Column("Perbuatan", accessor="label", order_by=("act", "id"))
    object = tables.Column("Objek", accessor="object_type", order_by=("object_type", "id"))
    employee = tables.Column("Pegawai terkait", order_by=("employee__name", "id"), default="")
    data = tables.Column(
        "Rincian", orderable=False, empty_values=(), attrs={"td": {"class": "cell-details"}}
    )

    class Meta:
        model = Event
        fields = ("at", "actor", "act", "object", "employee", "data")
        order_by = "-at"

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.names = {}

    def before_render(self, request):
        """Fetch the names of the objects on this page."""
        self.fetch_names(row.record for row in self.paginated_rows)

    def fetch_names(self, events):
        """Fetch the names of the objects of `events`."""
        self.names = named_objects(events)

    def render_at(self, value):
        weekday, day, clock = exact_date_time(value, self.zone).split(", ")
        return with_note(day, f"{weekday}, {clock}")

    def value_at(self, value):
        return value.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def render_actor(self, record):
        if record.actor is None:
            return NOBODY
        return with_note(str(record.actor), record.actor.username)

    def value_actor(self, record):
        return str(record.actor) if record.actor else NOBODY

    def render_object(self, record):
        kind = OBJECT_TYPES.get(record.object_type, record.object_type)
        name = self.names.get(record.object_id)
        if name is None:
            return kind
        url = _page_of(record)
        shown = format_html('<a href="{}">{}</a>', url, name) if url else name
        return with_note(shown, kind)

    def value_object(self, record):
        kind = OBJECT_TYPES.get(record.object_type, record.object_type)
        name = self.names.get(record.object_id, record.object_id)
        return f"{kind}: {name}"

    def render_employee(self, record, value):
        """Nobody twice: of an act on the employee, or on the person's place in a ceremony, the
        object says who it is.
        """
        return "" if self.names.get(record.object_id) == str(value) else str(value)

    def value_employee(self, value):
        return str(value)

    def render_data(self, record):
        lines = details(record, self.names)
        return format_html_join("", '<span class="d-block">{}</span>', ([line] for line in lines))

    def value_data(self, record):
        return "\n".join(details(record, self.names))


class EventExport(EventTable):
    """The same as a spreadsheet: times are dates of XLSX, which have no zone but in the heading."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns["at"].column.verbose_name = f"Waktu ({zone_label(self.zone)})"


def _page_of(event):
    """The address of the object's own page, or "" if its kind has none."""
    name = PAGES.get(event.object_type, event.object_type)
    try:
        return reverse(f"{name}-detail", kwargs={"uuid": event.object_id})
    except NoReverseMatch:
        return ""
