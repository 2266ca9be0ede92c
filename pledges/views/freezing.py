"""Freezing the roster: first what would be frozen and what looks wrong, then the act itself."""

from functools import partial

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from netralitas.lib.spreadsheets import workbook_response

from ..errors import RosterChanged, WrongState
from ..forms.roster_changes import FreezeForm
from ..services import ceremonies, roster_checks
from .ceremonies import change, managed_ceremony

DONE = "Daftar peserta dibekukan."


@require_http_methods(["GET", "HEAD", "POST"])
def ceremony_freeze(request, uuid):
    """The preview of a draft's roster; POST freezes exactly what it showed, or shows it anew."""
    ceremony = managed_ceremony(request, uuid)
    if request.method == "POST":
        return _freeze(request, ceremony)
    if not ceremony.is_draft:
        raise WrongState(ceremonies.ALREADY[ceremony.state])
    return _page(request, ceremony, roster_checks.preview(ceremony))


@require_safe
def ceremony_findings(request, uuid):
    """What looks wrong about a draft's roster, as an XLSX to be worked through."""
    ceremony = managed_ceremony(request, uuid)
    if not ceremony.is_draft:
        raise WrongState(ceremonies.ALREADY[ceremony.state])
    return workbook_response(f"Temuan {ceremony.title}", roster_checks.workbook_of(ceremony))


def _freeze(request, ceremony):
    form = FreezeForm(request.POST)
    mark = form.cleaned_data["mark"] if form.is_valid() else ""
    if ceremony.is_draft:
        now = roster_checks.preview(ceremony)
        if now.total and now.mark != mark:
            return _page(request, ceremony, now, RosterChanged().message, status=409)
    act = partial(roster_checks.freeze_as_shown, mark=mark)
    return change(request, ceremony.uuid, act, DONE)


def _page(request, ceremony, preview, changed="", status=200):
    context = {
        "ceremony": ceremony,
        "preview": preview,
        "serious": [each for each in preview.findings if each.serious],
        "notes": [each for each in preview.findings if not each.serious],
        "hindrance": roster_checks.hindrance(ceremony),
        "changed": changed,
    }
    return render(request, "rosters/freeze.html", context, status=status)
