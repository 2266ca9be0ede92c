"""Whether what is stored about a signature still fits together. Reads only.

Everything is computed anew from the canonical record. Somebody who may write to the database could
still rewrite record and digest together; only a head of the register kept elsewhere shows that.
"""

import json
from dataclasses import dataclass

from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex

from .signing import utc

ALTERED_RECORD = "Catatan penandatanganan tidak cocok dengan sidik digitalnya."
UNREADABLE_RECORD = "Catatan penandatanganan tidak lengkap."
ALTERED_TEXT = "Naskah ikrar tidak cocok dengan sidik naskah yang ditandatangani."
ALTERED_COLUMNS = "Data penandatanganan tidak cocok dengan catatannya."


@dataclass(frozen=True)
class Examination:
    """The record as read, and what does not fit; `faults` is empty for a genuine signature."""

    record: dict
    faults: tuple[str, ...]

    @property
    def genuine(self):
        """Whether everything fits."""
        return not self.faults


def examine(signature):
    """Recompute the digests of a signature and compare the record with what stands beside it."""
    if leaf_digest(signature.record.encode()) != signature.digest:
        return Examination({}, (ALTERED_RECORD,))
    try:
        record = json.loads(signature.record)
        columns_fit = said_of(signature) == heard_from(record)
    except (ValueError, KeyError, TypeError):
        return Examination({}, (UNREADABLE_RECORD,))
    text = signature.participant.ceremony.text
    text_fits = text.compute_digest() == text.digest == record["text"]["digest"]
    checks = ((text_fits, ALTERED_TEXT), (columns_fit, ALTERED_COLUMNS))
    return Examination(record, tuple(fault for fits, fault in checks if not fits))


def said_of(signature):
    """What the columns of the tables say of a signature, in the order of `heard_from`."""
    participant = signature.participant
    return (
        signature.receipt,
        str(signature.key),
        signature.text_digest,
        signature.method,
        sha256_hex(canonical(signature.strokes)),
        signature.typed_name,
        signature.channel,
        utc(signature.signed_at),
        utc(signature.device_time),
        signature.late,
        str(participant.uuid),
        participant.name,
        participant.number,
        str(participant.ceremony.uuid),
    )


def heard_from(record):
    """What the record itself says of the same."""
    return (
        record["receipt"],
        record["key"],
        record["text"]["digest"],
        record["signature"]["method"],
        record["signature"]["strokes_sha256"],
        record["signature"]["typed_name"],
        record["identified_by"]["channel"],
        record["signed_at"],
        record["device_time"],
        record["late"],
        record["signer"]["participant"],
        record["signer"]["name"],
        record["signer"]["number"],
        record["ceremony"]["uuid"],
    )
