"""What the page of an import shows of its plan: figures that filter, a sentence, the lines."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.formats import number_format

from netralitas.lib.tables import sorted_and_paged

from .. import rules
from ..choices import ImportState, LineGroup
from ..filters.imports import LineFilter
from ..tables.imports import LineTable

SHOWN_IN = {ImportState.READY, ImportState.APPLIED}
NOTHING = "tidak ada, karena semua yang dapat dibaca sudah tercatat sama persis."


@dataclass(frozen=True)
class Figure:
    """One number of a preview; `url` shows the lines that it counts."""

    label: str
    count: int
    url: str = ""
    current: bool = False


def preview_of(request, roster_import):
    """The context of an import whose plan can be looked at."""
    filters, table = lines_of(request, roster_import)
    chosen = filters.form.cleaned_data.get("group") if filters.is_valid() else ""
    counted = roster_import.lines.order_by().values_list("group").annotate(Count("pk"))
    counts = dict(counted)
    return {
        "filters": filters,
        "table": sorted_and_paged(request, table),
        "figures": figures(counts, roster_import.counts["unchanged"], chosen),
        "rejected": counts.get(LineGroup.REJECTED, 0),
        "written": what_is_written(roster_import),
        "lines_title": LineGroup(chosen).label if chosen else "Semua baris",
    }


def lines_of(request, roster_import):
    """The filter of an import's lines and the table of those it lets through."""
    lines = roster_import.lines.select_related("employee")
    filters = LineFilter(request.GET, lines, request=request)
    found = filters.qs if filters.is_valid() else lines.none()
    shows_contact = rules.may_see_personal_contact(request.user.rights, roster_import.government)
    group = filters.form.cleaned_data.get("group") if filters.is_valid() else ""
    return filters, LineTable(found, shows_contact=shows_contact, group=group)


def figures(counts, unchanged, chosen):
    """How many lines each group has, in the order of `LineGroup`, and who stays as they are.

    Choosing the group that is shown already leads back to all of them.
    """
    groups = [_figure(group, counts, group == chosen) for group in LineGroup]
    return [*groups[:4], Figure("Tetap", unchanged), *groups[4:]]


def _figure(group, counts, is_chosen):
    query = "" if is_chosen else f"group={group}"
    return Figure(group.label, counts.get(group, 0), f"?{query}#baris", is_chosen)


def what_is_written(roster_import):
    """What an import would write, as far as that is known, or what it wrote; a sentence."""
    counts = roster_import.counts
    deactivated = counts["left"] if roster_import.deactivates else 0
    units = counts["units"]
    told = [
        (counts["new"], "pegawai baru"),
        (counts["changed"], "pegawai dengan data berubah"),
        (counts["moved"], "pegawai pindah unit"),
        (deactivated, "pegawai dinonaktifkan"),
        (units["created"], "unit baru"),
        (units["renamed"], "unit berganti nama"),
        (units["moved"], "unit pindah"),
    ]
    words = ", ".join(
        f"{number_format(count, force_grouping=True)} {what}" for count, what in told if count
    )
    return f"{words}." if words else NOTHING
