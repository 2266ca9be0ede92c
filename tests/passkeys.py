"""A passkey as a device keeps it: makes the answers of WebAuthn, signed with a key of its own."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.urls import reverse
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
JSON = {"accept": "application/json"}


class Passkey:
    """One key pair, for the host localhost; `verifies` is whether it asks for a fingerprint."""

    def __init__(self, *, verifies=True):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.verifies = verifies
        self.user_handle = b""

    def added(self, client, *, passwordless, resident=True):
        """Add it to the account that `client` is logged in with; returns the answer."""
        page = client.get(reverse("mfa_add_webauthn"))
        asked = page.context["js_data"]["creation_options"]["publicKey"]
        self.user_handle = asked["user"]["id"]
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        statement = {"fmt": "none", "attStmt": {}, "authData": self._data(WITH_KEY) + attested}
        response = {
            "clientDataJSON": websafe_encode(_client_data("webauthn.create", asked)),
            "attestationObject": websafe_encode(cbor.encode(statement)),
        }
        credential = self._credential(response, {"credProps": {"rk": resident}})
        posted = {"name": "Kunci", "credential": credential}
        if passwordless:
            posted["passwordless"] = "on"
        return client.post(reverse("mfa_add_webauthn"), posted)

    def log_in(self, client):
        """Log in with it alone, as the page does; returns the answer."""
        asked = client.get(reverse("mfa_login_webauthn"), headers=JSON).json()["request_options"]
        return client.post(
            reverse("mfa_login_webauthn"), {"credential": self.answer(asked["publicKey"])}
        )

    def as_second_step(self, client):
        """Answer the second step of logging in; returns the answer."""
        page = client.get(reverse("mfa_authenticate"))
        asked = page.context["js_data"]["request_options"]["publicKey"]
        return client.post(reverse("mfa_authenticate"), {"credential": self.answer(asked)})

    def answer(self, asked):
        """What the device answers to the options of a login, as JSON."""
        said, data = _client_data("webauthn.get", asked), self._data()
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signed),
            "userHandle": self.user_handle,
        }
        return self._credential(response, {})

    def _data(self, flags=0):
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        host = hashlib.sha256(b"localhost").digest()
        return host + bytes([flags]) + bytes(4)

    def _credential(self, response, extensions):
        name = websafe_encode(self.id)
        answer = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps({**answer, "clientExtensionResults": extensions})


def _client_data(what, asked):
    said = {"type": what, "challenge": asked["challenge"], "origin": settings.SITE_URL}
    return json.dumps(said).encode()
