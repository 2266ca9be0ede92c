"""Envelopes that only this installation can open: what a device keeps until it can be sent.

A browser seals what it has to say (static/js/signing/envelope.js) to a public key, and from then on
cannot read it any more itself; so the next person at the same device cannot either. Elliptic-curve
Diffie-Hellman on P-256 with a key pair made for one envelope, HKDF with SHA-256, AES-256-GCM: what
every browser's Web Cryptography offers. The private key follows from SECRET_KEY, so that every
machine has it and none stores it; keys that were replaced still open (SECRET_KEY_FALLBACKS).
"""

import base64
import binascii
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from . import secret_keys

CURVE = ec.SECP256R1()
ORDER = int("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16)
PURPOSE = b"netralitas.envelope"
KEY_BYTES = 32
# The key of an envelope is used once, so its nonce need not differ.
NONCE = bytes(12)


class EnvelopeError(ValueError):
    """Not an envelope to this installation, or not as it was sealed."""


def public_key():
    """The uncompressed point to which envelopes are sealed now, in base64url."""
    return _text(_point(_private_key(settings.SECRET_KEY).public_key()))


def seal(content):
    """An envelope around bytes, as the browser makes it: `{"from": …, "data": …}`."""
    own = ec.generate_private_key(CURVE)
    theirs = _private_key(settings.SECRET_KEY).public_key()
    point = _point(own.public_key())
    data = AESGCM(_shared(own, theirs, point)).encrypt(NONCE, content, None)
    return {"from": _text(point), "data": _text(data)}


def unseal(envelope):
    """The bytes in an envelope. Raises EnvelopeError whatever was given."""
    if not isinstance(envelope, dict) or envelope.keys() != {"from", "data"}:
        raise EnvelopeError("no envelope")
    point, data = _bytes(envelope["from"]), _bytes(envelope["data"])
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError as error:
        raise EnvelopeError("no point of the curve") from error
    for secret in secret_keys.known():
        try:
            key = _shared(_private_key(secret), theirs, point)
            return AESGCM(key).decrypt(NONCE, data, None)
        except InvalidTag:
            continue
    raise EnvelopeError("sealed to another key, or altered")


@lru_cache(maxsize=8)
def _private_key(secret):
    number = int.from_bytes(_derived(secret.encode(), b"", KEY_BYTES + 16))
    return ec.derive_private_key(number % (ORDER - 1) + 1, CURVE)


def _shared(own, theirs, point):
    """The key of the envelope whose sender made `point` for it."""
    return _derived(own.exchange(ec.ECDH(), theirs), point, KEY_BYTES)


def _derived(secret, salt, length):
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=PURPOSE).derive(secret)


def _point(key):
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text):
    """The bytes of base64url without padding. Raises EnvelopeError."""
    if not isinstance(text, str):
        raise EnvelopeError("not text")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise EnvelopeError("not base64url") from error
