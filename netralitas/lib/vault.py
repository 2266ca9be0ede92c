"""What must lie in the file store for a while, and must say nothing to whoever reads it there.

AES-256-GCM under a key that follows from SECRET_KEY, so that every machine has it and none stores
it; keys that were replaced still open (SECRET_KEY_FALLBACKS). What is locked for one purpose and
owner (`label`) does not open under another, so that two files cannot be put in each other's place.
"""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from . import secret_keys

PURPOSE = b"netralitas.vault"
KEY_BYTES = 32
NONCE_BYTES = 12


class VaultError(ValueError):
    """Not locked by this installation under this label, or not as it was."""


def lock(content, label):
    """The bytes to store for `content` (at most 2 GB)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, content, label.encode())


def unlock(stored, label):
    """What `lock` was given. Raises VaultError whatever was stored."""
    nonce, data = stored[:NONCE_BYTES], stored[NONCE_BYTES:]
    for secret in secret_keys.known():
        try:
            return AESGCM(_key(secret)).decrypt(nonce, data, label.encode())
        except (InvalidTag, ValueError):
            # ValueError: a nonce too short.
            continue
    raise VaultError("locked by another key or for another label, or altered")


@lru_cache(maxsize=8)
def _key(secret):
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE).derive(
        secret.encode()
    )
