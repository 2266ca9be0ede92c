"""Employees: the list with its filters and its export, one of them, and what HR does by hand."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out
from netralitas.lib.spreadsheets import workbook, workbook_response
from netralitas.lib.tables import sort, sorted_and_paged

from .. import reports, rules
from ..choices import RoleName
from ..filters.common import uuid_or_none
from ..filters.employees import EmployeeFilter
from ..forms.employees import DetailsForm, MoveForm, NewEmployeeForm, workplaces
from ..models import Agency, Employee
from ..services import employees
from ..services.exports import record_export
from ..tables.employees import EXPORTED, EmployeeTable, exported
from . import employee_pages as pages

FOUND_AGAIN = "Impor berikutnya mengenali pegawai ini dari nomornya."
WRITTEN_AGAIN = (
    "Impor berikutnya menulis lagi data yang juga tercatat di SIASN. Perbaiki data itu di SIASN "
    "juga."
)
MOVED_AGAIN = (
    "Impor berikutnya mengikuti unit kerja yang tercatat di SIASN. Pastikan SIASN juga mencatat "
    "perpindahan ini."
)

# The list -----------------------------------------------------------------------------------------


@require_safe
def employee_list(request):
    """The employees of the user's agencies."""
    filters, table = _found(request)
    rights = request.user.rights
    context = {
        "filters": filters,
        "table": sorted_and_paged(request, table),
        "is_hr": rights.holds_any(RoleName.HR),
        "may_add": rules.may_add_employees(rights),
    }
    return render(request, "agencies/employee_list.html", context)


@require_safe
def employee_export(request):
    """The employees found, as XLSX; the event tells how many and by which filters, not whom."""
    require(rules.may_export_employees(request.user.rights))
    filters, table = _found(request)
    sort(request, table)
    rows = list(exported(table.data.data, table.opd_names))
    content = workbook("Pegawai", EXPORTED, rows)
    record_export(
        actor=request.user,
        act="employee.exported",
        objects=Agency.objects.governments_around(request.user),
        count=len(rows),
        filters=filters.asked,
    )
    return workbook_response("Daftar pegawai", content)


def _found(request):
    """The filter and the table of what it finds."""
    visible = Employee.objects.visible_to(request.user).select_related("agency")
    filters = EmployeeFilter(request.GET, visible, request=request)
    found = filters.qs if filters.is_valid() else visible.none()
    return filters, EmployeeTable(found, opd_names=reports.opd_names(request.user))


# One employee -------------------------------------------------------------------------------------


def visible_employee(request, uuid):
    """One employee of the user's agencies; 404 for anybody else's."""
    visible = Employee.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("agency", "government"), uuid=uuid)


def editable_employee(request, uuid):
    """One employee whom the user may correct, move and take out; 403 for an insider who may not."""
    employee = visible_employee(request, uuid)
    require(rules.may_edit_employee(request.user.rights, employee))
    return employee


@require_safe
def employee_detail(request, uuid):
    """One employee: identity, where the person works and worked, what was done to the data."""
    employee = visible_employee(request, uuid)
    return render(request, "agencies/employee_detail.html", pages.detail(request.user, employee))


# By hand ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def employee_create(request):
    """Somebody new, by HR; `?opd=` names the agency to begin with."""
    require(rules.may_add_employees(request.user.rights))
    opd = workplaces(request.user).filter(uuid=uuid_or_none(request.GET.get("opd", ""))).first()
    form = NewEmployeeForm(request.POST or None, user=request.user, initial={"agency": opd})
    added = []

    def save():
        added.append(employees.add_employee(actor=request.user, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        (employee,) = added
        messages.success(request, f"{employee.full_name} ditambahkan.")
        return _to_page(request, employee)
    return _form_page(request, form, "Tambah pegawai", note=FOUND_AGAIN)


@require_http_methods(["GET", "HEAD", "POST"])
def employee_edit(request, uuid):
    """Correct what is stored of an employee, by HR."""
    employee = editable_employee(request, uuid)
    form = DetailsForm(request.POST or None, employee=employee)
    changed = []

    def save():
        changed.extend(
            employees.correct_employee(actor=request.user, employee=employee, changes=form.changes)
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        employee.refresh_from_db()
        if changed:
            messages.success(request, f"Data {employee.full_name} disimpan.")
        else:
            messages.info(request, "Tidak ada yang berubah.")
        return _to_page(request, employee)
    return _form_page(request, form, "Ubah data pegawai", employee, note=WRITTEN_AGAIN)


@require_http_methods(["GET", "HEAD", "POST"])
def employee_move(request, uuid):
    """Move an employee to another agency of the same government, by HR."""
    employee = editable_employee(request, uuid)
    form = MoveForm(request.POST or None, employee=employee)
    departures = []

    def save():
        departures.append(
            employees.move_employee(actor=request.user, employee=employee, **form.cleaned_data)
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        place = form.cleaned_data["agency"]
        messages.success(request, f"{employee.full_name} dipindahkan ke {place.name}.")
        return _to_page(request, employee, pages.vacancies(departures[0]))
    return _form_page(request, form, "Pindahkan pegawai", employee, note=MOVED_AGAIN)


@require_POST
def employee_deactivate(request, uuid):
    """Take an employee out of the roster, by HR; nothing is deleted."""
    employee = editable_employee(request, uuid)
    departure = employees.deactivate_employee(actor=request.user, employee=employee)
    messages.success(request, f"{employee.full_name} dinonaktifkan.")
    return _to_page(request, employee, pages.vacancies(departure) + pages.access_left(employee))


@require_POST
def employee_activate(request, uuid):
    """Take an employee back into the roster, by HR."""
    employee = editable_employee(request, uuid)
    employees.activate_employee(actor=request.user, employee=employee)
    messages.success(request, f"{employee.full_name} diaktifkan kembali.")
    return _to_page(request, employee)


def _form_page(request, form, title, employee=None, *, note):
    """A form about an employee, or about somebody new; 400 when it came back with errors.

    `note` says what the next import makes of it.
    """
    context = {"form": form, "title": title, "employee": employee, "note": note}
    status = 400 if form.is_bound else 200
    return render(request, "agencies/employee_form.html", context, status=status)


def _to_page(request, employee, warnings=()):
    """To the employee's page, with what the act leaves to do."""
    for warning in warnings:
        messages.warning(request, warning)
    return redirect("employee-detail", uuid=employee.uuid)
