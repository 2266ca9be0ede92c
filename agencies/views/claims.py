"""Inviting employees to claim their accounts: one, or all of an agency."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from netralitas.lib.access import require

from .. import reports, rules
from ..choices import Concern
from ..models import Agency, Employee, User
from ..services import accounts, claims

SHARED = (
    "{count} pegawai dilewati: alamat surelnya juga tercatat pada pegawai atau akun lain. Isi "
    "dahulu alamat surelnya sendiri."
)
TWICE = (
    "Nomor pegawai ini juga memiliki akun pada pemerintah daerah lain. Selama keduanya dipakai, "
    "nomornya membuka akun yang nama penggunanya nomor itu; akun yang lain dibuka dengan nama "
    "penggunanya. Periksalah apakah ia sudah pindah."
)


@require_POST
def employee_invite(request, uuid):
    """Mail one employee a link with which to claim an account."""
    visible = Employee.objects.visible_to(request.user).select_related("agency", "government")
    employee = get_object_or_404(visible, uuid=uuid)
    require(rules.may_invite_employees(request.user.rights, employee.agency))
    user = accounts.invite_employee(actor=request.user, employee=employee)
    messages.success(request, f"Undangan membuat akun segera dikirim ke {user.email}.")
    if User.objects.of_concern(Concern.TWICE).filter(pk=user.pk).exists():
        messages.warning(request, TWICE)
    return redirect("employee-detail", uuid=employee.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def agency_invite(request, uuid):
    """How many employees of an agency would be invited; a POST does it."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), uuid=uuid)
    require(rules.may_invite_employees(request.user.rights, agency))
    if request.method == "POST":
        asked = claims.invite_all_employees(actor=request.user, agency=agency)
        messages.success(request, f"{asked.invited} undangan akan dikirim satu per satu.")
        if asked.shared:
            messages.warning(request, SHARED.format(count=asked.shared))
        return redirect("agency-detail", uuid=agency.uuid)
    context = {"agency": agency, **reports.invitable_counts(agency)}
    return render(request, "users/invite_agency.html", context)
