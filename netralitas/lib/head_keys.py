"""The Ed25519 key that signs the heads of the register. Only the worker and the commands need it.

`REGISTER_KEY` names its PEM file. Where nothing is named, a site on this machine itself makes a
demo key at first need; a public site signs nothing rather than with a key nobody chose to keep.
"""

import os
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

DEMO_KEY = "kunci-register-demo.pem"
# What REGISTER_KEY says on a machine without a worker.
NO_KEY = "none"


class HeadKeyError(Exception):
    """There is no key to sign with; the message says why, for whoever runs the installation."""


def signing_key():
    """The private key of this installation. Raises HeadKeyError."""
    if is_none():
        raise HeadKeyError("REGISTER_KEY is none: this machine signs no heads.")
    if settings.REGISTER_KEY:
        return _loaded(Path(settings.REGISTER_KEY))
    if settings.SECURE:
        raise HeadKeyError("REGISTER_KEY is not set. See docs/operations.md.")
    return _loaded(_demo_key())


def is_none():
    """Whether this machine is to have no key, and needs none."""
    return settings.REGISTER_KEY.lower() == NO_KEY


def trusted():
    """The public keys (hex) by which a head of this installation may be signed: the key of today
    and those it has replaced. Makes no key. Raises HeadKeyError if it knows none."""
    keys = set(settings.REGISTER_FORMER_KEYS)
    has_demo = _demo_path().exists() and not settings.SECURE
    if not is_none() and (settings.REGISTER_KEY or has_demo):
        keys.add(public_hex(signing_key()))
    if not keys:
        raise HeadKeyError("No key of the register is known here. See docs/operations.md.")
    return keys


def public_hex(key):
    """The public key of a private one, as heads name it: 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def verifies(public_key, signature, body):
    """Whether `signature` over the bytes `body` was made with `public_key` (both hex)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), body)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=8)
def _loaded(path):
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise HeadKeyError(f"The key of the register cannot be read from {path}.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise HeadKeyError(f"The key of the register in {path} is not an Ed25519 key.")
    return key


def _demo_path():
    return Path(settings.DATA_DIR) / DEMO_KEY


def _demo_key():
    """The path of the demo key, made now if it is not there; of two makers one wins."""
    path = _demo_path()
    if path.exists():
        return path
    content = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent) as file:  # readable by its owner only
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(file.name, path)
    except OSError as error:
        raise HeadKeyError(f"No demo key of the register can be made in {path.parent}.") from error
    return path
