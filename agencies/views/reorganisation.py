"""Reorganisations, by HR: moving, merging, retiring and reviving agencies."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netralitas.lib.forms import carried_out

from ..forms.reorganisation import MergeForm, MergeTargetForm, MoveForm, places_for
from ..models import Agency, Employee
from ..services import reorganisation
from .agencies import editable_agency


@require_http_methods(["GET", "HEAD", "POST"])
def agency_move(request, uuid):
    """Below which agency this one shall stand; what is below it goes along."""
    agency = editable_agency(request, uuid)
    reorganisation.check_may_be_placed(agency)
    form = MoveForm(request.POST or None, user=request.user, agency=agency)

    def save():
        target = form.cleaned_data["target"]
        reorganisation.move_agency(actor=request.user, agency=agency, target=target)

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        target = form.cleaned_data["target"]
        messages.success(request, f"{agency.name} sekarang berada di bawah {target.title}.")
        return redirect("agency-detail", uuid=agency.uuid)
    context = {
        "agency": agency,
        "form": form,
        "units": Agency.objects.under(agency).in_use().count() - 1,
        "employees": Employee.objects.active().under(agency).count(),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "agencies/agency_move.html", context, status=status)


@require_safe
def agency_merge(request, uuid):
    """Which agency takes this one over; the next page shows what that does."""
    agency = editable_agency(request, uuid)
    reorganisation.check_may_be_placed(agency)
    form = MergeTargetForm(request.GET or None, user=request.user, agency=agency)
    if form.is_valid():
        return redirect("agency-merge-into", agency.uuid, form.cleaned_data["target"].uuid)
    return render(request, "agencies/agency_merge.html", {"agency": agency, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def agency_merge_into(request, uuid, target_uuid):
    """Everything that merging the two will do, and the button that does it."""
    agency = editable_agency(request, uuid)
    reorganisation.check_may_be_placed(agency)
    target = get_object_or_404(places_for(request.user, agency), uuid=target_uuid)
    merger = reorganisation.merger_of(agency, target)
    titles = {"source_title": agency.title, "target_title": target.title}
    form = MergeForm(request.POST if request.method == "POST" else None, merger=merger)

    def save():
        reorganisation.merge_agency(
            actor=request.user, source=agency, target=target, roles=form.chosen_roles()
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, "{source_title} digabung ke {target_title}.".format(**titles))
        return redirect("agency-detail", uuid=target.uuid)
    context = {"merger": merger, "form": form, **titles}
    status = 400 if request.method == "POST" else 200
    return render(request, "agencies/agency_merge_into.html", context, status=status)


@require_POST
def agency_retire(request, uuid):
    """Takes the agency out of use, with everything below it."""
    agency = editable_agency(request, uuid)
    reorganisation.retire_agency(actor=request.user, agency=agency)
    messages.success(request, f"{agency.name} tidak dipakai lagi.")
    return redirect("agency-detail", uuid=agency.uuid)


@require_POST
def agency_revive(request, uuid):
    """Takes the agency into use again."""
    agency = editable_agency(request, uuid)
    reorganisation.revive_agency(actor=request.user, agency=agency)
    messages.success(request, f"{agency.name} dipakai kembali.")
    return redirect("agency-detail", uuid=agency.uuid)
