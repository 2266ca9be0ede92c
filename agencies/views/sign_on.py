"""Logging in: the page, and the way to the single sign-on and back."""

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from ..accounts.social import IdentityAdapter


class Login(LoginView):
    """allauth's page, which also offers the single sign-on where there is one."""

    def get_context_data(self, **details):
        """The name of the single sign-on is empty where there is none."""
        sign_on = settings.OIDC or {"name": ""}
        return super().get_context_data(**details, sign_on=sign_on["name"])


login = Login.as_view()


@login_not_required
@require_POST
def sso_begin(request):
    """To the provider. A page of ours leads there: the policy lets no form be sent elsewhere."""
    provider = _provider(request)
    if request.user.is_authenticated:
        return redirect("home")
    try:
        address = provider.redirect_from_request(request).url
    except (RequestException, KeyError):
        return sso_failure(request)
    return render(
        request, "socialaccount/leaving.html", {"address": address, "name": provider.name}
    )


@login_not_required
@require_safe
def sso_callback(request):
    """Back from the provider, with a code that is exchanged for an identity."""
    provider = _provider(request)
    adapter = IdentityAdapter(request, provider.sub_id)
    return OAuth2CallbackView.adapter_view(adapter)(request)


def sso_failure(request):
    """The provider cannot be reached, or answers with nonsense."""
    return render(request, "socialaccount/authentication_error.html", status=502)


def _provider(request):
    """The provider of the environment; 404 where there is none."""
    try:
        return get_adapter().get_provider(request, "")
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
