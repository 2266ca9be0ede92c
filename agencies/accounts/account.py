"""What allauth is told about accounts: nobody signs up, attempts count per account."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context, ratelimit
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.urls import reverse

from ..models import User
from ..services import devices, logins

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - shown where a server tells no address
WAYS = {"password": "password", "socialaccount": "sso", "mfa": "passkey"}
WAYS_TO_CONFIRM = {
    "reauthenticate": "Gunakan kata sandi",
    "mfa_reauthenticate": "Gunakan kode autentikator atau kode pemulihan",
    "mfa_reauthenticate:webauthn": "Gunakan kunci sandi",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif.",
        "enter_current_password": "Kata sandi sekarang tidak sesuai.",
        "incorrect_code": "Kode salah.",
        "incorrect_password": "Kata sandi salah.",
        "invalid_password_reset": "Tautan ini tidak berlaku.",
        "rate_limited": "Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi.",
        "too_many_login_attempts": (
            "Terlalu banyak percobaan masuk yang gagal. Tunggu lima menit, lalu coba lagi."
        ),
        "username_password_mismatch": "Nama pengguna, NIP, atau kata sandi tidak sesuai.",
    }

    # Logging in and out ------------------------------------------------------------------------

    def is_open_for_signup(self, request):
        """Nobody may make an account by themselves: HR makes them."""
        return False

    def get_login_stages(self):
        """After the password or single sign-on comes the second factor of whoever has one."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def post_login(self, request, user, **details):
        """Note who came in, and how."""
        response = super().post_login(request, user, **details)
        records = get_authentication_records(request, user)
        logins.succeeded(user=user, way=_way(records), second_factor=_second_factor(records))
        return response

    def logout(self, request):
        """Note who went out."""
        if request.user.is_authenticated:
            logins.ended(user=request.user)
        super().logout(request)

    def authentication_failed(self, request, **credentials):
        """Note the failure; what was typed for an account that is none is kept nowhere."""
        username = credentials.get("username", "")
        user = User.objects.filter(username__iexact=username).first()
        step = "again" if request.user.is_authenticated else "password"
        if user:
            logins.failed(user=user, step=step)
        elif ratelimit.consume(request, action="login_unknown", key=""):
            logins.failed(user=None, step=step)

    def respond_user_inactive(self, request, user):
        """An ended account stays closed, whoever knows its password."""
        logins.failed(user=user, step="inactive")
        return super().respond_user_inactive(request, user)

    # Attempts ----------------------------------------------------------------------------------

    def _get_login_attempts_cache_key(self, request, **credentials):
        """One count for each account; allauth's would begin anew with each spelling of the host."""
        return f"account:{credentials.get('username', '').lower()}"

    def get_client_ip(self, request):
        """The visitor's address, for the list of sessions; one that is unknown locks nobody out."""
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return NO_ADDRESS

    # Passwords ---------------------------------------------------------------------------------

    @transaction.atomic
    def set_password(self, user, password):
        """Set it, log the user out elsewhere, and begin the count of failures anew."""
        request = context.request
        super().set_password(user, password)
        devices.forget_others(user=user, keep=request.session.session_key)
        way = "session" if request.user.is_authenticated else "link"
        logins.password_set(user=user, way=way)
        if way == "link":
            key = self._get_login_attempts_cache_key(request, username=user.username)
            ratelimit.clear(request, action="login_failed", key=key)

    def get_password_change_redirect_url(self, request):
        """The page about the account's security, where the message stands."""
        return reverse("mfa_index")

    # Confirming who one is, before a factor is changed -----------------------------------------

    def is_reauthentication_required(self, *, app, **details):
        """Not within five minutes after logging in, which was asking enough."""
        if not super().is_reauthentication_required(app=app, **details):
            return False
        records = get_authentication_records(context.request, context.request.user)
        latest = max((record["at"] for record in records), default=0)
        return time.time() - latest > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user):
        """The ways to confirm, in Indonesian."""
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": WAYS_TO_CONFIRM[method["id"]]} for method in methods]


def _way(records):
    """How somebody came in: password, sso or passkey; "" where nothing was noted."""
    for record in reversed(records):
        if record["method"] != "mfa" or record.get("passwordless"):
            return WAYS.get(record["method"], "")
    return ""


def _second_factor(records):
    """Whether a second factor was asked for; a passkey alone is one by itself."""
    return any(record["method"] == "mfa" for record in records)
