"""allauth's forms as they are filled in here."""

import re
from functools import partial
from uuid import UUID

from allauth.account import forms as account_forms
from allauth.core import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from ..models import User
from ..services.password_links import send_password_links
from .naming import accounts_named, number_in, username_of

NAME_OR_NUMBER = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
WHAT_IT_NEEDS = (
    "Sedikitnya 10 karakter, bukan angka saja, bukan kata sandi yang umum, dan tidak mirip dengan "
    "nama Anda."
)


SECOND_STEP_ONLY = (
    "Kunci sandi ini hanya untuk langkah kedua. Masuklah dengan kata sandi lebih dahulu."
)
OF_TWO_GOVERNMENTS = (
    "Bila nomor Anda tercatat pada dua pemerintah daerah, masuklah dengan nama pengguna."
)


class Labelled:
    """Fields say what they are above them, not inside; what a password needs is one sentence."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = WHAT_IT_NEEDS


class LoginForm(Labelled, account_forms.LoginForm):
    """By user name or number; attempts with either are counted as one account's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Nama pengguna atau NIP"
        self.fields["login"].widget.attrs = {**NAME_OR_NUMBER}

    def clean_login(self):
        """The user name that is meant."""
        return username_of(super().clean_login())

    def clean(self):
        """Whoever typed a number is told what else could be wrong, whether it is known or not."""
        try:
            return super().clean()
        except ValidationError as error:
            if error.code == "username_password_mismatch" and number_in(self.data["login"]):
                raise ValidationError([error, OF_TWO_GOVERNMENTS]) from error
            raise


class ForgottenPasswordForm(forms.Form):
    """Asks for the link by user name, number or mail address; the answer is always the same."""

    email = forms.CharField(
        label="Nama pengguna, NIP, atau alamat surel",
        max_length=254,
        widget=forms.TextInput(NAME_OR_NUMBER),
    )

    def save(self, request):
        """Leave the mails to the worker, a few an hour for each account; nobody is told more.

        A name that is no account's is not counted and leaves nothing: what anybody can type must
        not grow a table, nor shut out whoever asks next.
        """
        named = [str(user.uuid) for user in accounts_named(self.cleaned_data["email"])]
        if not named:
            write_as_for_an_account()
            return
        count = partial(ratelimit.consume, request, action="password_link")
        allowed = [uuid for uuid in named if count(key=uuid)]
        if allowed:
            send_password_links.enqueue(allowed)


def write_as_for_an_account():
    """Write about as much as for an account, so that the time of the answer tells little.

    That is a count and a task; here each is a mark that is written over the last one.
    """
    for mark in ("password-link:no-count", "password-link:no-task"):
        cache.set(mark, True)


class PasswordLinkForm(account_forms.UserTokenForm):
    """The link of a mail. That of an account that was ended meanwhile opens nothing."""

    def _get_user(self, uidb36):
        """Links name the account by its UUID, whatever allauth calls it."""
        try:
            uuid = UUID(hex=uidb36)
        except ValueError:
            return None
        return User.objects.filter(uuid=uuid, is_active=True).first()


class PasswordFromLinkForm(Labelled, account_forms.ResetPasswordKeyForm):
    """The new password of whoever holds the link."""


class ChangePasswordForm(Labelled, account_forms.ChangePasswordForm):
    """Another password, for whoever knows the present one."""


class SetPasswordForm(Labelled, account_forms.SetPasswordForm):
    """The first password of somebody who logs in another way."""


class PasswordAgainForm(Labelled, account_forms.ReauthenticateForm):
    """The password, to confirm who one is."""


# The second factor -----------------------------------------------------------------------------


class UsedOnce:
    """A code of the authenticator app counts once in its whole life (RFC 6238, section 5.2).

    allauth remembers it for one period only, but with a tolerance it lives longer.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {**CODE}

    def clean_code(self):
        """The code, if it is right and new."""
        digits = re.sub(r"\D", "", self.cleaned_data["code"])
        used = f"totp-used:{self.user.pk}:{digits}"
        periods = 2 * app_settings.TOTP_TOLERANCE + 1
        if cache.get(used):
            raise get_adapter().validation_error("incorrect_code")
        code = super().clean_code()
        if self.is_totp() and not cache.add(used, True, timeout=periods * app_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def is_totp(self):
        """Whether the code was the app's, not one of recovery."""
        return self.authenticator.type == Authenticator.Type.TOTP


class CodeForm(UsedOnce, AuthenticateForm):
    """The second step of logging in: a code of the app, or one of recovery."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = self.has_app

    @cached_property
    def has_app(self):
        """Whether there is an app; else the passkey comes first, and this form is for recovery."""
        return is_mfa_enabled(self.user, [Authenticator.Type.TOTP])


class CodeAgainForm(UsedOnce, ReauthenticateForm):
    """The same, to confirm who one is."""


class EnrolCodeForm(UsedOnce, ActivateTOTPForm):
    """The first code of a new app."""

    def is_totp(self):
        """No other code is asked for here."""
        return True


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey, which logs in alone unless its owner wants it as a second step only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name, passwordless = self.fields["name"], self.fields["passwordless"]
        name.label, name.max_length = "Nama kunci", 60
        name.widget.attrs["maxlength"] = 60
        name.help_text = "Misalnya nama perangkat tempat kunci ini disimpan."
        passwordless.label = "Dapat dipakai masuk tanpa kata sandi"
        passwordless.initial = True
        passwordless.help_text = "Perangkat akan meminta sidik jari, wajah, atau PIN."

    def clean(self):
        """What is kept of the answer says what its owner wants, not what the device could do."""
        cleaned = super().clean()
        if "credential" in cleaned:
            wanted = {"rk": cleaned["passwordless"]}
            extensions = cleaned["credential"].get("clientExtensionResults", {})
            cleaned["credential"]["clientExtensionResults"] = {**extensions, "credProps": wanted}
        return cleaned


class PasskeyLoginForm(LoginWebAuthnForm):
    """Logging in by a passkey alone: one meant for it, with the fingerprint, face or PIN given."""

    def clean_credential(self):
        """The passkey; one that is a second step only is refused."""
        answer = self.cleaned_data["credential"]
        passkey = super().clean_credential()
        if not passkey.wrap().is_passwordless:
            raise ValidationError(SECOND_STEP_ONLY)
        verified = parse_authentication_response(answer).response.authenticator_data
        if not verified.is_user_verified():
            raise get_adapter().validation_error("incorrect_code")
        return passkey
