"""Holds that the audit trail has Indonesian words for whatever any test makes the code record."""

import re

from agencies.choices import ACTS
from agencies.trail import EVENT_DETAILS, MOMENTS, OBJECT_TYPES, REFERENCES

DIGEST = re.compile(r"[0-9a-f]{64}")


def without_words(event):
    """The act, object type, keys and values of an event that an auditor would read as stored."""
    if event.act not in ACTS:
        yield f"act {event.act}"
    if event.object_type not in OBJECT_TYPES:
        yield f"object {event.object_type}"
    for key, value in event.data.items():
        if key not in EVENT_DETAILS:
            yield f"key {key}"
        if key not in (*REFERENCES, *MOMENTS):
            yield from _values_without_words(value)


def _values_without_words(value):
    if isinstance(value, dict):
        yield from (f"key {key}" for key in value if key not in EVENT_DETAILS)
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _values_without_words(part)
    elif isinstance(value, str) and value not in EVENT_DETAILS and not DIGEST.fullmatch(value):
        yield f"value {value}"
