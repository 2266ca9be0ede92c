"""What allauth is told about second factors: names, the QR code, and secrets kept encrypted."""

import base64
import secrets
from functools import lru_cache
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from netralitas.lib import qr

NAME = "Netralitas"
SECRET_BYTES = 20


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": (
            "Kode pemulihan baru dapat dibuat setelah verifikasi dua langkah aktif."
        ),
        "incorrect_code": "Kode salah atau sudah kedaluwarsa.",
    }

    # The authenticator app ---------------------------------------------------------------------

    def get_totp_issuer(self):
        """What the app writes above the code."""
        return NAME

    def get_totp_label(self, user):
        """What the app writes below it."""
        return f"{NAME}:{user.username}"

    def build_totp_svg(self, url):
        """The QR code as an SVG file, which the page shows as a data: address."""
        return qr.svg_file(url)

    # Secrets -----------------------------------------------------------------------------------

    def encrypt(self, text):
        """A copy of the database alone makes no codes: the key is made from SECRET_KEY."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The secret; after a change of SECRET_KEY one that nobody knows, so that no code fits."""
        try:
            return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()

    # Passkeys ----------------------------------------------------------------------------------

    def generate_authenticator_name(self, user, type):  # noqa: A002 - allauth's own name
        """What a new passkey is called if its owner calls it nothing."""
        return f"Kunci sandi {user.authenticator_set.filter(type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self):
        """Passkeys belong to the host of SITE_URL, by whichever name the site was asked for."""
        return {"id": urlsplit(settings.SITE_URL).hostname, "name": NAME}

    def get_public_key_credential_user_entity(self, user):
        """What the browser shows when it asks which passkey to use."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.username, "display_name": str(user)}


@lru_cache(maxsize=1)
def _cipher(secret_key):
    """A key of its own for the secrets of second factors."""
    derived = HKDF(SHA256(), length=32, salt=None, info=b"netralitas second factors")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))
