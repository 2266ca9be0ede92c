"""Records as bytes that are the same wherever they are made, and their digests."""

import hashlib
import json
from datetime import UTC

LARGEST = 2**53 - 1


def canonical(value):
    """Canonical JSON: keys sorted, UTF-8, no spaces.

    Values are dicts with string keys, lists, tuples (written as lists), strings, booleans, None
    and integers that every JSON reader keeps exact (within 2**53 - 1). Raises TypeError for any
    other type, floats included, and ValueError for a larger integer or text that is not Unicode.
    """
    _refuse_inexact(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def sha256_hex(data):
    """SHA-256 of bytes as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def leaf_digest(record):
    """Digest of a record as a leaf of the register: SHA-256(0x00 || record), RFC 9162, 2.1.1.

    The leading zero keeps a record from ever passing for an inner node of the tree.
    """
    return sha256_hex(b"\x00" + record)


def utc(moment):
    """A moment as records have it: ISO 8601 in UTC to the microsecond, or None."""
    return moment.astimezone(UTC).isoformat() if moment else None


def _refuse_inexact(value):
    """Raises for anything that two readers could write differently."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key of a record is a string, not {type(key).__name__}")
            _refuse_inexact(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_inexact(item)
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError("an integer of a record is at most 2**53 - 1")
    elif value is not None and not isinstance(value, str):
        raise TypeError(f"a record does not hold {type(value).__name__}")
