"""Reports received about an election: recorded by HR as numbers, read by everybody inside."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..forms.guidance import ReportCountForm, ReportWatchForm
from ..models import Election, ReportCount
from ..services import report_counts


def report_list(request, uuid):
    """What was recorded about an election, the latest first."""
    return _page(request, visible_election(request, uuid))


def reports_begin(request, uuid):
    """Say since when reports are recorded."""
    election = own_election(request, uuid)
    form = ReportWatchForm(request.POST if request.method == "POST" else None)

    def begin():
        since = form.cleaned_data["since"]
        report_counts.begin(actor=request.user, election=election, since=since)

    return _answer(request, election, form, begin, "Pencatatan laporan dimulai.")


@require_POST
def reports_confirm(request, uuid):
    """Say that what is recorded holds as of today."""
    election = own_election(request, uuid)
    report_counts.confirm(actor=request.user, election=election)
    messages.success(request, "Keadaan dinyatakan per hari ini.")
    return redirect("report-list", uuid=election.uuid)


def report_add(request, uuid):
    """Record how many reports came in."""
    election = own_election(request, uuid)
    initial = {"received_on": report_counts.today_of(election)}
    report = ReportCount(election=election)
    data = request.POST if request.method == "POST" else None
    form = ReportCountForm(data, instance=report, initial=initial)

    def add():
        report_counts.add(actor=request.user, report=form.instance)

    return _answer(request, election, form, add, "Laporan dicatat.")


def report_edit(request, uuid, report_uuid):
    """Correct what was recorded."""
    election = own_election(request, uuid)
    report = get_object_or_404(_reports(election), uuid=report_uuid)
    form = ReportCountForm(request.POST if request.method == "POST" else None, instance=report)

    def change():
        report_counts.change(actor=request.user, report=form.instance)

    return _answer(request, election, form, change, "Catatan diubah.")


@require_POST
def report_remove(request, uuid, report_uuid):
    """Take back what was recorded by mistake."""
    election = own_election(request, uuid)
    report = get_object_or_404(_reports(election), uuid=report_uuid)
    report_counts.remove(actor=request.user, report=report)
    messages.success(request, "Catatan dihapus.")
    return redirect("report-list", uuid=election.uuid)


def visible_election(request, uuid):
    """An election of the user's governments; 404 otherwise."""
    found = Election.objects.visible_to(request.user).select_related("government")
    return get_object_or_404(found, uuid=uuid)


def own_election(request, uuid):
    """An election of a government whose HR the user is; 403 for insiders who are not."""
    election = visible_election(request, uuid)
    require(rules.may_manage(request.user.rights, election.government))
    return election


def _reports(election):
    return ReportCount.objects.filter(election=election).select_related("election__government")


def _page(request, election):
    may_manage = rules.may_manage(request.user.rights, election.government)
    received = report_counts.received(election)
    context = {
        "election": election,
        "reports": _reports(election),
        "received": received,
        "may_manage": may_manage,
    }
    return render(request, "guidance/reports.html", context)


def _answer(request, election, form, act, done):
    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, done)
        return redirect("report-list", uuid=election.uuid)
    context = {"form": form, "election": election}
    status = 400 if form.is_bound else 200
    return render(request, "guidance/report_form.html", context, status=status)
