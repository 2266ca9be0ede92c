"""What the page of an import shows of its plan: figures that filter, a sentence, the lines."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.formats import number_format

from netralitas.lib.tables import sorted_and_paged

from .. import rules
from ..choices import ImportState, LineGroup
from ..filters.imports import LineFilter
from ..forms.imports import DEACTIVATE, KEEP
from ..tables.imports import LineTable

NOBODY = "tidak ada pegawai yang dinonaktifkan"
# Of these there is mostly nothing to tell.
RARE = {LineGroup.UNIT, LineGroup.HEAD}
SHOWN_IN = {ImportState.READY, ImportState.APPLIED}


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
        "writes": what_is_written(roster_import),
        "outcomes": outcomes(roster_import),
        "access": access_kept(roster_import.counts),
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

    Choosing the group that is shown already leads back to all of them. Units and heads are left out
    where nothing happens to them.
    """
    told = [group for group in LineGroup if group not in RARE or counts.get(group)]
    groups = [_figure(group, counts, group == chosen) for group in told]
    return [*groups[:4], Figure("Tetap", unchanged), *groups[4:]]


def _figure(group, counts, is_chosen):
    query = "" if is_chosen else f"group={group}"
    return Figure(group.label, counts.get(group, 0), f"?{query}#baris", is_chosen)


def what_is_written(roster_import):
    """What an import would write, as far as that is decided, or what it wrote: "3 pegawai baru"."""
    counts = roster_import.counts
    units = counts["units"]
    told = [
        (counts["new"], "pegawai baru"),
        (counts["changed"], "pegawai dengan data berubah"),
        (counts["moved"], "pegawai pindah unit"),
        (units["created"], "unit baru"),
        (units["renamed"], "unit berganti nama"),
        (units["moved"], "unit pindah"),
        (units["revived"], "unit dipakai kembali"),
        (units.get("adopted", 0), "unit dengan ID SIASN baru"),
    ]
    decided = not counts["left"] or roster_import.state != ImportState.READY
    more = outcome(counts, roster_import.deactivates) if decided else []
    return [*in_words(told), *more]


def outcomes(roster_import):
    """(choice, what comes with it) for each choice about those who left; none where nobody did."""
    counts = roster_import.counts
    if not counts["left"]:
        return []
    return [
        (DEACTIVATE, outcome(counts, deactivate=True)),
        (KEEP, [NOBODY, *outcome(counts, deactivate=False)]),
    ]


def outcome(counts, deactivate):
    """What is written of those who left, and of the heads, which depend on them."""
    heads = counts.get("heads" if deactivate else "heads_if_all_stay", 0)
    left = counts["left"] if deactivate else 0
    return in_words([(left, "pegawai dinonaktifkan"), (heads, "kepala unit berganti")])


def access_kept(counts):
    """How many of those who left or moved can log in, which an import leaves as it is."""
    return in_words(
        [
            (counts.get("accounts"), "pegawai yang keluar atau pindah punya akun"),
            (counts.get("role_holders"), "di antaranya dengan peran"),
        ]
    )


def in_words(told):
    """["8.379 pegawai baru"] of pairs of count and words; nothing of what does not occur."""
    return [f"{number_format(count, force_grouping=True)} {what}" for count, what in told if count]
