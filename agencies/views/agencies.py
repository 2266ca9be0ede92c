"""Agencies: the tree and its search, one of them, and the forms with which HR keeps them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out
from netralitas.lib.spreadsheets import workbook_response
from netralitas.lib.tables import PER_PAGE, sort, sorted_and_paged, workbook_of

from .. import reports, rules
from ..choices import AgencyLevel, RoleName
from ..filters.agencies import AgencyFilter, roots_of
from ..forms.agencies import AgencyForm, NewAgencyForm
from ..models import Agency, Employee
from ..models.agency import top_path
from ..querysets import paths_of
from ..services.agencies import add_agency, edit_agency
from ..services.exports import record_export
from ..services.logos import logo_of
from ..tables.agencies import AgencyExport, AgencyTable

# The list -----------------------------------------------------------------------------------------


@require_safe
def agency_list(request):
    """Governments and OPD, each of which opens in place; or what a search finds, with its way."""
    filters, found = _found(request)
    options = {"names": reports.agency_names(request.user)}
    if not filters.is_search:
        found, options = found.filter(roots_of(request.user)), {"opens": _opens}
    table = AgencyTable(found, **_counts_for(request.user), **options)
    context = {
        "filters": filters,
        "table": sorted_and_paged(request, table),
        "may_export": rules.may_export_agencies(request.user.rights),
    }
    return render(request, "agencies/agency_list.html", context)


@require_safe
def agency_children(request, uuid):
    """The rows of the units directly below an agency, as the list puts them there.

    What is more than a page leads to the page of the agency, which turns them.
    """
    agency = visible_agency(request, uuid)
    units = children_of(agency).in_use()
    steps = agency.depth + 1 - _first_depth(request.user, agency)
    counts = _counts_below(agency)
    table = AgencyTable(units[:PER_PAGE], **counts, opens=_opens, steps=steps, parent=agency)
    context = {"table": table, "more": max(units.count() - PER_PAGE, 0)}
    return render(request, "agencies/_branch.html", context)


@require_safe
def agency_export(request):
    """All agencies found, as XLSX: without a search everything in use, not just where it begins."""
    require(rules.may_export_agencies(request.user.rights))
    filters, found = _found(request)
    table = AgencyExport(
        found.select_related("head"),
        names=reports.agency_names(request.user),
        **_counts_for(request.user),
    )
    sort(request, table)
    content = workbook_of(table)
    record_export(
        actor=request.user,
        act="agency.exported",
        objects=Agency.objects.governments_around(request.user),
        count=len(table.rows),
        filters=filters.asked,
    )
    return workbook_response("Daftar instansi", content)


def _found(request):
    """The filter, and what it finds among the user's agencies."""
    visible = Agency.objects.visible_to(request.user).select_related("merged_into")
    filters = AgencyFilter(request.GET, visible, request=request)
    return filters, filters.qs if filters.is_valid() else visible.none()


def _opens(agency):
    """Whether a row may be opened in place; what is below a government stands in the list."""
    return agency.level != AgencyLevel.GOVERNMENT


def _first_depth(user, agency):
    """How deep the root of the user's tree stands in which `agency` is."""
    held = [len(path) for path in paths_of(user) if agency.path.startswith(path)]
    return max(min(held) // agency.steplen, 2)


def _counts_for(user):
    """How many people and units stand below each of the user's agencies."""
    return {
        "headcounts": reports.headcounts(Employee.objects.visible_to(user)),
        "unit_counts": reports.unit_counts(Agency.objects.visible_to(user).in_use()),
    }


def _counts_below(agency):
    """The same for one agency and what stands below it."""
    return {
        "headcounts": reports.headcounts(Employee.objects.under(agency)),
        "unit_counts": reports.unit_counts(Agency.objects.under(agency).in_use()),
    }


# One agency ---------------------------------------------------------------------------------------


def visible_agency(request, uuid):
    """One of the user's agencies; 404 for anybody else's."""
    visible = Agency.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("head", "merged_into"), uuid=uuid)


def editable_agency(request, uuid):
    """One agency that the user may edit and reorganise; 403 for an insider who may not."""
    agency = visible_agency(request, uuid)
    require(rules.may_edit_agency(request.user.rights, agency))
    return agency


def children_of(agency):
    """The agencies directly below one."""
    return Agency.objects.filter(path__startswith=agency.path, depth=agency.depth + 1)


@require_safe
def agency_detail(request, uuid):
    """One agency: where it stands, who heads it, its letterhead, its people and its units."""
    agency = visible_agency(request, uuid)
    above = read_above(agency)
    units = children_of(agency)
    retired = units.exclude(retired_at=None)
    table = AgencyTable(units.in_use(), **_counts_below(agency))
    rights = request.user.rights
    context = {
        "agency": agency,
        "level": "" if agency.merged_into_id else agency.get_level_display(),
        "government": above[0] if above else agency,
        "parent": above[-1] if above else None,
        "crumbs": crumbs_to(request.user, above),
        "kinds": reports.kind_counts(Employee.objects.under(agency)),
        "employees": table.headcounts[agency.path],
        "table": sorted_and_paged(request, table),
        "retired_units": list(retired.filter(merged_into=None)),
        "taken_over": list(retired.exclude(merged_into=None)),
        "logo": logo_of(agency),
        "may_edit": rules.may_edit_agency(rights, agency),
        "may_invite": agency.retired_at is None and rules.may_invite_employees(rights, agency),
        "may_see_successor": agency.merged_into and rights.holds(agency.merged_into, *RoleName),
    }
    return render(request, "agencies/agency_detail.html", context)


def read_above(agency):
    """The agencies above one as people read them, the government first.

    A merged agency stands in the tree below its successor, which roles need and it never belonged
    to: whatever is between the government and it is left out.
    """
    line = [*Agency.objects.get_ancestors(agency), agency]
    top = top_path(agency.path, {each.path for each in line if each.is_top})
    return [each for each in line[:-1] if each.depth == 1 or each.path.startswith(top)]


def crumbs_to(user, ancestors):
    """The way down to a page as (label, address) pairs, through the agencies the user may open."""
    crumbs = [("Instansi", reverse("agency-list"))]
    for agency in ancestors:
        if user.rights.holds(agency, *RoleName):
            crumbs.append((agency.name, reverse("agency-detail", args=[agency.uuid])))
    return crumbs


# What HR does -------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def agency_create(request, uuid):
    """A new agency below one, by HR."""
    parent = editable_agency(request, uuid)
    form = NewAgencyForm(request.POST or None)
    added = []

    def save():
        added.append(add_agency(actor=request.user, parent=parent, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, f"{added[0].name} ditambahkan.")
        return redirect("agency-detail", uuid=added[0].uuid)
    status = 400 if request.method == "POST" else 200
    context = {"parent": parent, "form": form}
    return render(request, "agencies/agency_create.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def agency_edit(request, uuid):
    """Name, letterhead and head of an agency, by HR."""
    agency = editable_agency(request, uuid)
    name = agency.name
    form = AgencyForm(request.POST or None, instance=agency)

    def save():
        edit_agency(actor=request.user, agency=agency, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, f"{agency.name} disimpan.")
        return redirect("agency-detail", uuid=agency.uuid)
    status = 400 if request.method == "POST" else 200
    context = {"agency": agency, "name": name, "form": form}
    return render(request, "agencies/agency_form.html", context, status=status)
