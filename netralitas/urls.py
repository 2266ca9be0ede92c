"""The composition root: every address of the site begins here."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from . import health

handler400 = "netralitas.errors.bad_request"
handler403 = "netralitas.errors.forbidden"
handler404 = "netralitas.errors.not_found"
handler429 = "netralitas.errors.too_many_requests"  # asked for by allauth
handler500 = "netralitas.errors.server_error"

urlpatterns = [
    path("masuk/", login_not_required(account.login), name="account_login"),
    path("keluar/", login_not_required(account.logout), name="account_logout"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/sandi/baru/", account.password_set, name="account_set_password"),
    path("sehat/", health.health, name="health"),
    path("", include("agencies.urls")),
    path("", include("pledges.urls")),
]
