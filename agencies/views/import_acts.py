"""What is done to a roster import: assign columns, approve, discard, read again, download."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netralitas.lib.forms import carried_out
from netralitas.lib.spreadsheets import workbook, workbook_response
from netralitas.lib.tables import sort

from ..forms.columns import ColumnsForm
from ..roster import columns
from ..roster.aliases import aliases_of
from ..roster.questions import asked_of, samples_of
from ..roster.rejects import rejected_workbook
from ..services import imports
from ..services.exports import record_export
from ..services.import_files import headings_of, source_of
from ..tables.imports import EXPORTED
from .import_preview import lines_of
from .imports import approval_form, detail_page, managed_import, visible_import


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, uuid, file_uuid):
    """What each column of a file holds, as HR says it: where it is asked, or taken wrongly."""
    roster_import = managed_import(request, uuid)
    file = get_object_or_404(roster_import.files, uuid=file_uuid)
    if not imports.may_assign_columns(roster_import):
        return redirect("import-detail", uuid=roster_import.uuid)
    form = _columns_form(request, roster_import, file)

    def assign():
        imports.assign_columns(
            actor=request.user, roster_file=file, fields=form.fields_by_heading()
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, assign):
        messages.success(request, f"Kolom {file.name} disimpan.")
        return redirect("import-detail", uuid=roster_import.uuid)
    context = {
        "roster_import": roster_import,
        "file": file,
        "form": form,
        "lacking": form.lacking_fields(),
        "others": list(form.other_columns()),
    }
    status = 400 if form.is_bound else 200
    return render(request, "imports/columns.html", context, status=status)


def _columns_form(request, roster_import, file):
    """The form for a file whose content is still there, with cells of it to judge by."""
    aliases = aliases_of(roster_import.government.slug)[file.kind]
    headings = headings_of(file, aliases)
    known = columns.meanings(headings, file.kind, aliases)
    meanings = columns.without_asked(known, file.kind, file.missing)
    samples = samples_of(source_of(file), headings, asked_of(meanings))
    sent = request.POST if request.method == "POST" else None
    return ColumnsForm(sent, kind=file.kind, meanings=meanings, samples=samples)


@require_POST
def import_approve(request, uuid):
    """Yes to the preview: the worker writes it."""
    roster_import = managed_import(request, uuid)
    form = approval_form(roster_import, request.POST)
    if not form.is_valid():
        return detail_page(request, roster_import, form, status=400)
    imports.approve(
        actor=request.user,
        roster_import=roster_import,
        plan_digest=form.cleaned_data["plan"],
        deactivate=form.deactivates(),
    )
    return redirect("import-detail", uuid=roster_import.uuid)


@require_POST
def import_discard(request, uuid):
    """No to the import: its files and its preview go."""
    roster_import = managed_import(request, uuid)
    imports.discard(actor=request.user, roster_import=roster_import)
    messages.success(
        request, "Berkas dan pratinjaunya dihapus. Tidak ada data pegawai yang berubah."
    )
    return redirect("import-list")


@require_POST
def import_read_again(request, uuid):
    """Read the files once more and compare them with what is stored now."""
    roster_import = managed_import(request, uuid)
    imports.read_again(actor=request.user, roster_import=roster_import)
    return redirect("import-detail", uuid=roster_import.uuid)


@require_safe
def import_rejects(request, uuid):
    """The rejected rows as a file to mend and to upload again."""
    roster_import = managed_import(request, uuid)
    rows = roster_import.lines.rejected()
    content = rejected_workbook(roster_import)
    _record_export(request, roster_import, rows.count(), ["group"])
    return workbook_response(f"Baris ditolak {roster_import.created_at:%Y-%m-%d}", content)


@require_safe
def import_export(request, uuid):
    """The lines that the filter of the page lets through, as XLSX."""
    roster_import = visible_import(request, uuid)
    filters, table = lines_of(request, roster_import)
    sort(request, table)
    content = workbook("Baris impor", EXPORTED, table.exported())
    _record_export(request, roster_import, table.data.data.count(), filters.asked)
    return workbook_response(f"Impor {roster_import.created_at:%Y-%m-%d}", content)


def _record_export(request, roster_import, count, filters):
    record_export(
        actor=request.user,
        act="roster.exported",
        objects=[roster_import],
        count=count,
        filters=filters,
    )
