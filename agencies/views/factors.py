"""The security of one's own account: second factors and passkeys."""

from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from allauth.mfa.webauthn.views import EditWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.http import Http404
from django.urls import reverse_lazy
from django.utils.crypto import salted_hmac

from ..services import devices, logins

FILE_NAME = "kode-pemulihan-netralitas.txt"


def code_of(passkey):
    """What names a passkey in an address."""
    return salted_hmac("agencies.passkeys", str(passkey.pk), algorithm="sha256").hexdigest()[:32]


class Factors(IndexView):
    """Password, authenticator app, passkeys, recovery codes and sessions on one page."""

    def get_context_data(self, **details):
        """Also the passkeys, each with what names it in an address, and how many sessions."""
        passkeys = Authenticator.objects.filter(
            user=self.request.user, type=Authenticator.Type.WEBAUTHN
        ).order_by("created_at")
        return super().get_context_data(
            **details,
            passkeys=[(passkey, code_of(passkey)) for passkey in passkeys],
            session_count=devices.sessions_of(self.request.user).count(),
        )


class OwnPasskey:
    """One of the user's own passkeys, by its code."""

    success_url = reverse_lazy("mfa_index")

    def get_object(self, queryset=None):
        """404 for anything but a passkey of the user's own."""
        for passkey in self.get_queryset():
            if code_of(passkey) == self.kwargs["code"]:
                return passkey
        raise Http404


class RenamePasskey(OwnPasskey, EditWebAuthnView):
    """Another name for a passkey."""

    @transaction.atomic
    def form_valid(self, form):
        """allauth tells nobody of this act."""
        response = super().form_valid(form)
        logins.factor_renamed(user=self.request.user, kind=self.object.type)
        return response


class RemovePasskey(OwnPasskey, RemoveWebAuthnView):
    """A passkey less, after a question."""


class RecoveryCodesFile(DownloadRecoveryCodesView):
    """The recovery codes as a text file."""

    def render_to_response(self, context, **details):
        """Under a name that says what it is."""
        response = super().render_to_response(context, **details)
        response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
        return response


index = Factors.as_view()
rename_passkey = RenamePasskey.as_view()
remove_passkey = RemovePasskey.as_view()
recovery_codes_file = RecoveryCodesFile.as_view()
