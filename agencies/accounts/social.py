"""Single sign-on with the one OpenID Connect provider that the environment names.

Somebody who logs in there is let in here if the provider's claim of a number leads to one account
and no other; no account is ever made or matched by address. The provider is believed only after
more checks than allauth makes for this flow: the signature of the identity token, its nonce, and
that the user information is about the same person (OpenID Connect Core 3.1.3.7 and 5.3.2).
"""

import secrets

import jwt
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal.flows.login import record_authentication
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse

from ..models import Employee
from ..services import links, logins
from .identity_tokens import claims_of
from .naming import accounts_with_number, number_in, the_only_one

NO_NUMBER = "Akun {name} Anda tidak menyertakan NIP. Hubungi pengelola {name}."
NO_ACCOUNT = (
    "NIP pada akun {name} Anda tidak memiliki akun Netralitas yang berlaku. Hubungi BKPSDM agar "
    "akun dibuatkan."
)
SEVERAL = (
    "NIP pada akun {name} Anda cocok dengan lebih dari satu akun Netralitas. Masuklah dengan nama "
    "pengguna dan kata sandi, atau hubungi BKPSDM agar akun yang tidak dipakai lagi diakhiri."
)
OF_SOMEBODY_ELSE = (
    "Akun {name} ini pernah dipakai oleh pemilik akun Netralitas yang lain. Hubungi BKPSDM."
)


class Refused(Exception):
    """The provider knows the person, but no account may be opened; the sentence says why."""


class IdentityAdapter(OpenIDConnectOAuth2Adapter):
    """Takes an identity only from a signed token."""

    def get_callback_url(self, request, app):
        """Below SITE_URL, by whichever name the site was asked for."""
        return settings.SITE_URL + reverse("sso-callback")

    def complete_login(self, request, app, token, **details):
        """allauth's, refusing an answer without an identity token."""
        if not details["response"].get("id_token"):
            raise ProviderException("no identity token")
        app.settings["fetch_userinfo"] = "userinfo_endpoint" in self.openid_config
        return super().complete_login(request, app, token, **details)

    def _decode_id_token(self, app, id_token):
        """The claims of a token with a good signature by a key the provider publishes."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
        answer.raise_for_status()
        issuer = self.openid_config["issuer"]
        try:
            return claims_of(id_token, keys=answer.json(), issuer=issuer, client_id=app.client_id)
        except jwt.PyJWTError as error:
            raise ProviderException("identity token not believed") from error


class IdentityProvider(OpenIDConnectProvider):
    """Asks for an identity and nothing else, whatever the address that began it said."""

    oauth2_adapter_class = IdentityAdapter

    def get_redirect_from_request_kwargs(self, request):
        """Always a login, with a nonce of its own; only where it leads is the visitor's choice."""
        nonce = secrets.token_urlsafe(16)
        wanted = super().get_redirect_from_request_kwargs(request)
        return {
            "process": "login",
            "next_url": wanted.get("next_url"),
            "scope": self.get_scope(),
            "auth_params": {"nonce": nonce},
            "nonce": nonce,
        }

    def sociallogin_from_response(self, request, response):
        """The claims are kept for this login alone, and only if both sources name one person."""
        identity, information = response["id_token"], response.get("userinfo", {})
        if information.get("sub", identity["sub"]) != identity["sub"]:
            raise ProviderException("user information about somebody else")
        login = super().sociallogin_from_response(request, response)
        login.claims = {**information, **identity}
        return login

    def extract_extra_data(self, data):
        """Nothing of what the provider tells is stored."""
        return {}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Lets in whom a claim leads to; everybody else gets a page that says why not."""

    def is_open_for_signup(self, request, sociallogin):
        """No account is made by logging in."""
        return False

    def authenticate_by_email(self, sociallogin):
        """An address proves nothing here: nobody is found by it."""

    def list_providers(self, request):
        """The one of the environment, if it names one."""
        return [self.get_provider(request, "")] if settings.OIDC else []

    def get_provider(self, request, provider, client_id=None):
        """The provider of the environment. Raises SocialApp.DoesNotExist if it names none."""
        if not settings.OIDC:
            raise SocialApp.DoesNotExist
        app = SocialApp(
            provider=IdentityProvider.id,
            provider_id=settings.OIDC["server_url"],
            name=settings.OIDC["name"],
            client_id=settings.OIDC["client_id"],
            secret=settings.OIDC["client_secret"],
            settings={
                "server_url": settings.OIDC["server_url"],
                "scope": ["openid", "profile"],
                "oauth_pkce_enabled": True,
            },
        )
        return IdentityProvider(request, app=app)

    def pre_social_login(self, request, sociallogin):
        """Decide here: what allauth would do next makes accounts and links them."""
        if request.user.is_authenticated:
            raise ImmediateHttpResponse(redirect("home"))
        if sociallogin.claims.get("nonce") != sociallogin.state["nonce"]:
            raise ProviderException("wrong nonce")
        try:
            user = _account_of(sociallogin)
        except Refused as refusal:
            raise ImmediateHttpResponse(_refusal_page(request, str(refusal))) from refusal
        sociallogin.user = user
        record_authentication(request, sociallogin)
        raise ImmediateHttpResponse(
            perform_login(request, user, redirect_url=sociallogin.get_redirect_url(request))
        )


def _account_of(sociallogin):
    """The one account a claim leads to, each time anew. Raises Refused, and records it.

    The provider's name for the person is remembered. It alone tells which of several accounts with
    the number is meant: which of them are in use is no sign, as any government's HR can make one
    and open it. If the provider later claims somebody else's number for the person, somebody has
    changed it there, and nobody gets in.
    """
    claim = sociallogin.claims.get(settings.OIDC["nip_claim"])
    number = number_in(claim) if isinstance(claim, str) else ""
    found = list(accounts_with_number(number)) if number else []
    provider, uid = sociallogin.account.provider, sociallogin.account.uid
    known = links.owner_of(provider=provider, uid=uid)
    user = known if known in found else the_only_one(found)
    if user is None:
        _record_refusal(found, number)
        raise _refused((SEVERAL if found else NO_ACCOUNT) if number else NO_NUMBER)
    if not links.link(user=user, provider=provider, uid=uid):
        logins.failed(user=user, step="sso")
        raise _refused(OF_SOMEBODY_ELSE)
    return user


def _refused(sentence):
    return Refused(sentence.format(name=settings.OIDC["name"]))


def _record_refusal(accounts, number):
    """One event for each account meant, or for each employee who has none, or for nobody."""
    if accounts:
        for user in accounts:
            logins.failed(user=user, step="sso")
        return
    employees = Employee.objects.filter(number=number) if number else Employee.objects.none()
    for employee in employees:
        logins.failed_without_account(employee=employee)
    if not employees:
        logins.failed(user=None, step="sso")


def _refusal_page(request, sentence):
    return render(request, "socialaccount/refused.html", {"sentence": sentence}, status=403)
