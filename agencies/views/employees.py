"""Employees: the list with its filters, and one of them."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from netralitas.lib.numbers import printed
from netralitas.lib.tables import sorted_and_paged

from .. import reports, rules
from ..choices import RoleName
from ..filters.employees import EmployeeFilter
from ..models import Agency, Employee
from ..tables.employees import EmployeeTable
from .agencies import crumbs_to


@require_safe
def employee_list(request):
    """The employees of the user's agencies."""
    visible = Employee.objects.visible_to(request.user).select_related("agency")
    filters = EmployeeFilter(request.GET, visible, request=request)
    found = filters.qs if filters.is_valid() else visible.none()
    table = EmployeeTable(found, opd_names=reports.opd_names(request.user))
    context = {
        "filters": filters,
        "table": sorted_and_paged(request, table),
        "is_hr": request.user.rights.holds_any(RoleName.HR),
    }
    return render(request, "agencies/employee_list.html", context)


@require_safe
def employee_detail(request, uuid):
    """One employee: identity, numbers, where the person works; contact for those who invite."""
    visible = Employee.objects.visible_to(request.user)
    employee = get_object_or_404(visible.select_related("agency"), uuid=uuid)
    agency = employee.agency
    above = [*Agency.objects.get_ancestors(agency), agency]
    context = {
        "employee": employee,
        "number": printed(employee.number, employee.number_kind),
        "numbers": reports.number_history(employee),
        "agencies": crumbs_to(request.user, above)[1:],
        "shows_contact": rules.may_see_personal_contact(request.user.rights, agency),
    }
    return render(request, "agencies/employee_detail.html", context)
