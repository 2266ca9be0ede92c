"""Roster imports as pages: their history, the upload, the preview that waits for a yes."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out
from netralitas.lib.tables import sorted_and_paged
from netralitas.lib.uploads import accepts_files, in_megabytes

from .. import rules
from ..choices import ImportState
from ..forms.columns import all_missing
from ..forms.imports import PARTIAL, ApprovalForm, ImportForm
from ..models import RosterImport
from ..roster.sources import MAX_BYTES, MAX_FILES, MAX_TOTAL_BYTES
from ..services import imports
from ..tables.imports import ImportTable, by_whom, title_of
from .import_preview import SHOWN_IN, preview_of

# The fields of the form and its boundaries come on top of the files.
MOST_BYTES = MAX_TOTAL_BYTES + 64 * 1024
LIMITS = {
    "bytes": MAX_TOTAL_BYTES,
    "words": in_megabytes(MAX_TOTAL_BYTES),
    "file_bytes": MAX_BYTES,
    "file_words": in_megabytes(MAX_BYTES),
    "files": MAX_FILES,
}
EXTENTS = {False: "Seluruh pegawai", True: "Hanya sebagian pegawai"}
READY, REFUSED = ImportState.READY, ImportState.REFUSED


def visible_import(request, uuid):
    """The import, if the user may see it; 404 otherwise."""
    visible = RosterImport.objects.visible_to(request.user)
    people = ("government", "created_by", "applied_by")
    return get_object_or_404(visible.select_related(*people), uuid=uuid)


def managed_import(request, uuid):
    """The import, for those who may change something about it; 404 for strangers, else 403."""
    roster_import = visible_import(request, uuid)
    require(rules.may_import_roster(request.user.rights, roster_import.government))
    return roster_import


@require_safe
def import_list(request):
    """What was imported into the user's governments, the newest first."""
    require(rules.may_see_imports(request.user.rights))
    visible = RosterImport.objects.visible_to(request.user)
    found = visible.select_related("government", "created_by").prefetch_related("files")
    several = visible.order_by().values("government").distinct().count() > 1
    table = ImportTable(found, several_governments=several)
    context = {
        "table": sorted_and_paged(request, table),
        "may_import": rules.may_import(request.user.rights),
    }
    return render(request, "imports/list.html", context)


@accepts_files(up_to=MOST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request):
    """The upload of one or several files; the worker reads them then."""
    require(rules.may_import(request.user.rights))
    initial = {"extent": PARTIAL} if request.GET.get("sebagian") == "1" else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, user=request.user, initial=initial)
    received = []

    def receive():
        received.append(
            imports.receive(
                actor=request.user,
                government=form.chosen_government(),
                files=form.sources(),
                partial=form.is_partial(),
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, receive):
        return redirect("import-detail", uuid=received[0].uuid)
    status = 400 if form.is_bound else 200
    context = {"form": form, "limits": LIMITS}
    return render(request, "imports/create.html", context, status=status)


@require_safe
def import_detail(request, uuid):
    """One import, whatever its state: progress, columns to assign, preview, what was applied."""
    roster_import = visible_import(request, uuid)
    return detail_page(request, roster_import, approval_form(roster_import))


@require_safe
def import_progress(request, uuid):
    """How far the worker is: the piece of the page that asks again until it is done."""
    roster_import = visible_import(request, uuid)
    if not roster_import.is_working:
        return HttpResponseClientRefresh()
    return render(request, "imports/_progress.html", {"roster_import": roster_import})


def approval_form(roster_import, data=None):
    """The form of the approval; the choice about leavers only where there are any."""
    seen = {"plan": roster_import.plan_digest}
    return ApprovalForm(data, initial=seen, left=roster_import.counts.get("left", 0))


def detail_page(request, roster_import, approval, status=200):
    """The page of an import, with the approval as it was filled in."""
    files = list(roster_import.files.all())
    may_manage = rules.may_import_roster(request.user.rights, roster_import.government)
    context = {
        "roster_import": roster_import,
        "title": title_of(roster_import, files),
        "zone": roster_import.government.time_zone,
        "files": files,
        "lacking": [(file, all_missing(file)) for file in files if file.missing],
        "extent": EXTENTS[roster_import.partial],
        "uploaded_by": by_whom(roster_import.created_by),
        "approved_by": by_whom(roster_import.applied_by),
        "approval": approval,
        "may_manage": may_manage,
        "may_read_again": may_manage and roster_import.state in {READY, REFUSED},
        "may_discard": may_manage and imports.may_discard(roster_import),
    }
    if roster_import.state in SHOWN_IN:
        context |= preview_of(request, roster_import)
    return render(request, "imports/detail.html", context, status=status)
