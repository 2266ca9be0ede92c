"""The audit trail: searched and exported by HR and auditors, changed by nobody."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from netralitas.lib.access import require
from netralitas.lib.errors import Refusal
from netralitas.lib.spreadsheets import workbook_response
from netralitas.lib.tables import sort, sorted_and_paged, workbook_of

from .. import rules
from ..filters.events import EventFilter
from ..models import Agency, Event
from ..services.exports import record_export
from ..tables.events import EventExport, EventTable

MOST_EXPORTED = 100_000
TOO_MANY = "Lebih dari 100.000 peristiwa. Persempit dahulu dengan saringan tanggal."


@require_safe
def event_list(request):
    """Who did what to which object, and when."""
    filters, table = _found(request, EventTable)
    context = {"filters": filters, "table": sorted_and_paged(request, table)}
    return render(request, "events/list.html", context)


@require_safe
def event_export(request):
    """The events found, as XLSX; that they were taken along is an event too."""
    filters, table = _found(request, EventExport)
    count = table.data.data.count()
    if count > MOST_EXPORTED:
        raise Refusal(TOO_MANY)
    sort(request, table)
    table.fetch_names(table.data.data)
    content = workbook_of(table)
    record_export(
        actor=request.user,
        act="event.exported",
        objects=_governments(request.user),
        count=count,
        filters=filters.asked,
    )
    return workbook_response("Jejak audit", content)


def _found(request, table_class):
    """The filter and a table of what it finds. 403 for whoever is neither HR nor auditor."""
    require(rules.may_read_events(request.user.rights))
    zone = _governments(request.user)[0].time_zone
    visible = Event.objects.visible_to(request.user).select_related("actor", "employee")
    filters = EventFilter(request.GET, visible, request=request, zone=zone)
    found = filters.qs if filters.is_valid() else visible.none()
    return filters, table_class(found, zone=zone)


def _governments(user):
    """The governments whose trail the user reads."""
    return Agency.objects.governments_held(user, *rules.TRAIL_READERS)
