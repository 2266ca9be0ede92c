"""What HR does to an account: each act an address of its own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from netralitas.lib.forms import carried_out

from ..forms.users import RoleForm
from ..services import account_mails, accounts, links, roles, sessions
from .users import kept_user, user_page


@require_POST
def role_grant(request, uuid):
    """One more role."""
    user = kept_user(request, uuid)
    form = RoleForm(request.POST, user=user)

    def save():
        roles.grant_role(actor=request.user, user=user, **form.cleaned_data)

    if form.is_valid() and carried_out(form, save):
        messages.success(request, "Peran diberikan.")
        return redirect("user-detail", uuid=user.uuid)
    return user_page(request, user, form, status=400)


@require_POST
def role_end(request, uuid, role, agency_uuid):
    """One role less."""
    user = kept_user(request, uuid)
    held = get_object_or_404(
        user.roles.select_related("agency", "user__employee"), role=role, agency__uuid=agency_uuid
    )
    roles.end_role(actor=request.user, role=held)
    return _back(request, user, "Peran diakhiri.")


@require_POST
def user_invite_again(request, uuid):
    """A new link to set the first password; the earlier one ends."""
    user = kept_user(request, uuid)
    account_mails.send_invitation(actor=request.user, user=user)
    return _back(request, user, f"Undangan segera dikirim ke {user.email}.")


@require_POST
def user_end(request, uuid):
    """The account ends, with all its sessions."""
    user = kept_user(request, uuid)
    accounts.end_account(actor=request.user, user=user)
    return _back(request, user, "Akun diakhiri.")


@require_POST
def user_restore(request, uuid):
    """An ended account may be used again."""
    user = kept_user(request, uuid)
    accounts.restore_account(actor=request.user, user=user)
    return _back(request, user, "Akun dipulihkan.")


@require_POST
def user_reset_factor(request, uuid):
    """For somebody who lost the device: the next login asks for the password alone."""
    user = kept_user(request, uuid)
    sessions.reset_second_factor(actor=request.user, user=user)
    return _back(request, user, "Faktor kedua disetel ulang.")


@require_POST
def user_unlink(request, uuid):
    """Forget with which person of the single sign-on the account is linked."""
    user = kept_user(request, uuid)
    links.unlink(actor=request.user, user=user)
    return _back(request, user, "Hubungan dengan masuk tunggal (SSO) diputus.")


@require_POST
def user_end_sessions(request, uuid):
    """Log the person out everywhere."""
    user = kept_user(request, uuid)
    count = sessions.end_sessions(actor=request.user, user=user)
    return _back(request, user, f"{count} sesi diakhiri.")


def _back(request, user, sentence):
    """To the account; home for one's own, whose page may be closed to its holder by now."""
    if user != request.user:
        messages.success(request, sentence)
        return redirect("user-detail", uuid=user.uuid)
    if not request.session.exists(request.session.session_key):
        request.session.flush()  # a session that was ended under its owner cannot be saved
    messages.success(request, sentence)
    return redirect("home")
