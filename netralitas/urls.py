"""The composition root: every address of the site begins here."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.contrib.auth.decorators import login_not_required as public
from django.urls import include, path, re_path

from agencies.views import devices, sign_on
from agencies.views import factors as own_factors

from . import guides, health

handler400 = "netralitas.errors.bad_request"
handler403 = "netralitas.errors.forbidden"
handler404 = "netralitas.errors.not_found"
handler429 = "netralitas.errors.too_many_requests"  # asked for by allauth
handler500 = "netralitas.errors.server_error"

password_from_link = account.PasswordResetFromKeyView.as_view(reset_url_key="baru")

# What allauth has beyond this (signing up, addresses, linked accounts) is reachable nowhere.
logging_in = [
    path("", public(sign_on.login), name="account_login"),
    path("nonaktif/", public(account.account_inactive), name="account_inactive"),
    path("kode/", public(factors.authenticate), name="mfa_authenticate"),
    path("kunci/", public(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("lupa/", public(account.password_reset), name="account_reset_password"),
    path(
        "lupa/terkirim/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "sandi/selesai/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        public(password_from_link),
        name="account_reset_password_from_key",
    ),
    path("sso/", sign_on.sso_begin, name="sso-begin"),
    path("sso/kembali/", sign_on.sso_callback, name="sso-callback"),
    path("sso/batal/", public(social.login_cancelled), name="socialaccount_login_cancelled"),
]
own_account = [
    path("sandi/", account.password_change, name="account_change_password"),
    path("sandi/baru/", account.password_set, name="account_set_password"),
    path("konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("konfirmasi/kode/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("konfirmasi/kunci/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keamanan/", own_factors.index, name="mfa_index"),
    path("keamanan/totp/", totp.activate_totp, name="mfa_activate_totp"),
    path("keamanan/totp/hapus/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("keamanan/kunci/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("keamanan/kunci/<str:code>/", own_factors.rename_passkey, name="mfa_edit_webauthn"),
    path(
        "keamanan/kunci/<str:code>/hapus/", own_factors.remove_passkey, name="mfa_remove_webauthn"
    ),
    path("keamanan/pemulihan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "keamanan/pemulihan/unduh/",
        own_factors.recovery_codes_file,
        name="mfa_download_recovery_codes",
    ),
    path(
        "keamanan/pemulihan/baru/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("sesi/", devices.session_list, name="usersessions_list"),
    path("sesi/akhiri/", devices.sessions_end, name="sessions-end"),
    path("sesi/<str:code>/akhiri/", devices.session_end, name="session-end"),
]

urlpatterns = [
    path("masuk/", include(logging_in)),
    path("keluar/", public(account.logout), name="account_logout"),
    path("akun/", include(own_account)),
    path("sehat/", health.health, name="health"),
    path("bantuan/", guides.guide_list, name="guides"),
    path("bantuan/<slug:name>/", guides.guide_detail, name="guide"),
    path("", include("agencies.urls")),
    path("", include("pledges.urls")),
]
