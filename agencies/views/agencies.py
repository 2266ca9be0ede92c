"""Agencies: the tree, one of them, and the form with which HR keeps it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out
from netralitas.lib.tables import sorted_and_paged

from .. import reports, rules
from ..choices import RoleName
from ..filters.agencies import AgencyFilter
from ..forms.agencies import AgencyForm
from ..models import Agency, Employee
from ..services.agencies import edit_agency
from ..tables.agencies import AgencyTable


@require_safe
def agency_list(request):
    """Governments and OPD with their headcounts; a search finds units anywhere below."""
    visible = Agency.objects.visible_to(request.user)
    filters = AgencyFilter(request.GET, visible, request=request)
    found = filters.qs if filters.is_valid() else visible.none()
    people = Employee.objects.visible_to(request.user)
    names = reports.opd_names(request.user) if filters.is_search else None
    context = {
        "filters": filters,
        "table": _table(request, found, visible, people, opd_names=names),
    }
    return render(request, "agencies/agency_list.html", context)


@require_safe
def agency_detail(request, uuid):
    """One agency: where it stands, who heads it, its letterhead, its people and its units."""
    visible = Agency.objects.visible_to(request.user)
    agency = get_object_or_404(visible.select_related("head"), uuid=uuid)
    above = list(Agency.objects.get_ancestors(agency))
    within = Agency.objects.under(agency)
    units = within.filter(depth=agency.depth + 1)
    people = Employee.objects.under(agency)
    context = {
        "agency": agency,
        "government": above[0] if above else agency,
        "parent": above[-1] if above else None,
        "crumbs": crumbs_to(request.user, above),
        "kinds": reports.kind_counts(people),
        "table": _table(request, units, within, people),
        "may_edit": rules.may_edit_agency(request.user.rights, agency),
    }
    return render(request, "agencies/agency_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agency_edit(request, uuid):
    """Letterhead and head of an agency, by HR."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), uuid=uuid)
    require(rules.may_edit_agency(request.user.rights, agency))
    form = AgencyForm(request.POST or None, instance=agency)

    def save():
        edit_agency(actor=request.user, agency=agency, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, f"{agency.name} disimpan.")
        return redirect("agency-detail", uuid=agency.uuid)
    status = 400 if form.is_bound else 200
    context = {"agency": agency, "form": form}
    return render(request, "agencies/agency_form.html", context, status=status)


def crumbs_to(user, ancestors):
    """The way down to a page as (label, address) pairs, through the agencies the user may open."""
    crumbs = [("Instansi", reverse("agency-list"))]
    for agency in ancestors:
        if user.rights.holds(agency, *RoleName):
            crumbs.append((agency.name, reverse("agency-detail", args=[agency.uuid])))
    return crumbs


def _table(request, shown, counted, people, **options):
    """A page of agencies with the numbers of what stands below each."""
    table = AgencyTable(
        shown,
        headcounts=reports.headcounts(people),
        unit_counts=reports.unit_counts(counted),
        **options,
    )
    return sorted_and_paged(request, table)
