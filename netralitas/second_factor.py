"""Whoever holds a powerful role needs a second factor before anything else."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

# What leads to a second factor, and out. By name: all other pages stay closed.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
}
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorFirst:
    """Leads a user who lacks a required factor to adding one, from the next request on.

    What needs no login stays open, for it is the same for everybody: a pledge can be signed. Home
    is not: it shows to each user what theirs is.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.lacks_factor = False
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        """Go on, or go to the page about the account's security."""
        name = request.resolver_match.url_name
        if not getattr(view_func, "login_required", True) and name != "home":
            return None
        request.lacks_factor = lacks_factor(request.user)
        return redirect("mfa_index") if request.lacks_factor and name not in OPEN else None


def lacks_factor(user):
    """Whether `user` holds a role of SECOND_FACTOR_ROLES and has neither app nor passkey."""
    required = settings.SECOND_FACTOR_ROLES
    if not required or not user.is_authenticated or not user.rights.holds_any(*required):
        return False
    return not is_mfa_enabled(user, FACTORS)
