"""Who can log in: the list, one account, and the forms with which HR lets people in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out
from netralitas.lib.spreadsheets import workbook_response
from netralitas.lib.tables import sort, sorted_and_paged, workbook_of

from .. import reports, rules
from ..choices import RoleName
from ..filters.users import UserFilter
from ..forms.users import AccountForm, RoleForm, UserForm
from ..models import Agency, Event, User
from ..services import accounts
from ..services.exports import record_export
from ..tables.users import UserTable

READERS = (RoleName.HR, RoleName.AUDITOR)
LAST_MAILS = 5


@require_safe
def user_list(request):
    """The accounts of the user's governments."""
    filters, table = _found(request)
    context = {
        "filters": filters,
        "table": sorted_and_paged(request, table),
        "may_add": rules.may_add_users(request.user.rights),
    }
    return render(request, "users/list.html", context)


@require_safe
def user_export(request):
    """The accounts found, as XLSX; that they were taken along is an event."""
    filters, table = _found(request)
    sort(request, table)
    content = workbook_of(table)
    record_export(
        actor=request.user,
        act="account.exported",
        objects=Agency.objects.governments_held(request.user, *READERS),
        count=len(table.rows),
        filters=filters.asked,
    )
    return workbook_response("Pengguna", content)


@require_safe
def user_detail(request, uuid):
    """One account: roles, invitation, logins, and what happened to it."""
    user = visible_user(request, uuid)
    return user_page(request, user, RoleForm(user=user))


@require_http_methods(["GET", "HEAD", "POST"])
def user_create(request):
    """Somebody new, who is mailed an invitation."""
    require(rules.may_add_users(request.user.rights))
    form = UserForm(
        request.POST or None, governments=Agency.objects.governments_held(request.user, RoleName.HR)
    )
    made = []

    def save():
        government = form.cleaned_data["agency"].government
        details = {**form.cleaned_data, "government": government}
        made.append(accounts.invite_user(actor=request.user, **details))

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, f"Akun dibuat. Undangan segera dikirim ke {made[0].email}.")
        return redirect("user-detail", uuid=made[0].uuid)
    status = 400 if form.is_bound else 200
    return render(request, "users/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def user_edit(request, uuid):
    """Name, address and employee of an account."""
    user = kept_user(request, uuid)
    form = AccountForm(request.POST or None, user=user)

    def save():
        accounts.change_account(actor=request.user, user=user, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, "Data akun disimpan.")
        return redirect("user-detail", uuid=user.uuid)
    status = 400 if form.is_bound else 200
    return render(request, "users/edit.html", {"account": user, "form": form}, status=status)


def user_page(request, user, role_form, status=200):
    """The page of one account, with a form for one more role."""
    account = reports.account_rows(User.objects.filter(pk=user.pk)).get()
    trail = Event.objects.visible_to(request.user).of(user)
    context = {
        "account": account,
        "zone": user.government.time_zone,
        "mails": user.account_mails.select_related("requested_by")[:LAST_MAILS],
        "events": reports.chapters(trail),
        "concerns": reports.concerns_of(account),
        "may_keep": rules.may_keep_account(request.user.rights, user.government),
        "role_form": role_form,
    }
    return render(request, "users/detail.html", context, status=status)


def visible_user(request, uuid):
    """The account, if the user may see it; 404 otherwise."""
    visible = User.objects.visible_to(request.user).select_related("government", "employee")
    return get_object_or_404(visible, uuid=uuid)


def kept_user(request, uuid):
    """The account, if the user is HR of the government that keeps it; 403 for the auditor."""
    user = visible_user(request, uuid)
    require(rules.may_keep_account(request.user.rights, user.government))
    return user


def _found(request):
    """The filter and the table of what it finds. 403 for whoever is neither HR nor auditor."""
    require(rules.may_see_users(request.user.rights))
    visible = reports.account_rows(User.objects.visible_to(request.user))
    filters = UserFilter(request.GET, visible, request=request)
    found = filters.qs if filters.is_valid() else visible.none()
    zone = Agency.objects.governments_held(request.user, *READERS)[0].time_zone
    return filters, UserTable(found, zone=zone)
