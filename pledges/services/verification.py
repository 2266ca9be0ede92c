"""Whether what is stored about a signature still fits together. Reads only.

Everything is computed anew from the canonical record. Somebody who may write to the database could
still rewrite record and digest together; only a head of the register kept elsewhere shows that.
"""

import json
from dataclasses import dataclass

from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex

from .signing import utc


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
    digest = leaf_digest(signature.record.encode())
    if digest != signature.digest:
        return Examination({}, ("Catatan penandatanganan tidak cocok dengan sidik digitalnya.",))
    record = json.loads(signature.record)
    text = signature.participant.ceremony.text
    checks = (
        (
            text.compute_digest() == text.digest == record["text"]["digest"],
            "Naskah ikrar tidak cocok dengan sidik naskah yang ditandatangani.",
        ),
        (
            said_of(signature) == heard_from(record),
            "Data penandatanganan tidak cocok dengan catatannya.",
        ),
    )
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
