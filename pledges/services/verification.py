"""Whether what is stored about a signature still fits together. Reads only.

Everything is computed anew from the canonical record. Somebody who may write to the database could
still rewrite record and digest together; only a head of the register kept elsewhere shows that.
"""

import json
from dataclasses import dataclass

from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex, utc

from ..choices import Channel
from ..errors import BrokenRegister
from . import register

ALTERED_RECORD = "Catatan penandatanganan tidak cocok dengan sidik digitalnya."
UNREADABLE_RECORD = "Catatan penandatanganan tidak lengkap."
ALTERED_TEXT = "Naskah ikrar tidak cocok dengan sidik naskah yang ditandatangani."
ALTERED_COLUMNS = "Data penandatanganan tidak cocok dengan catatannya."
ALTERED_REGISTER = "Catatan penandatanganan tidak cocok dengan register."


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
    except (AttributeError, ValueError, KeyError, TypeError):
        return Examination({}, (UNREADABLE_RECORD,))
    text = signature.participant.ceremony.text
    text_fits = text.compute_digest() == text.digest == record["text"]["digest"]
    checks = ((text_fits, ALTERED_TEXT), (columns_fit, ALTERED_COLUMNS))
    return Examination(record, tuple(fault for fits, fault in checks if not fits))


def standing_of(signature):
    """(where the signature stands in the register, what does not fit there).

    None as long as it is not logged, which is no fault.
    """
    try:
        standing = register.standing_of(signature)
    except BrokenRegister:
        return None, (ALTERED_REGISTER,)
    return standing, () if standing is None or standing.holds else (ALTERED_REGISTER,)


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
        utc(signature.begun_at),
        signature.late,
        signature.in_grace,
        *_helped(signature.invitation),
        str(participant.uuid),
        participant.name,
        participant.number,
        participant.number_kind,
        participant.kind,
        participant.grade,
        participant.position,
        participant.agency_name,
        participant.opd_name,
        *_occasion(participant.ceremony),
    )


def _occasion(ceremony):
    """What freezing has fixed of a ceremony; its organizer may be called otherwise by now."""
    return (
        str(ceremony.uuid),
        ceremony.title,
        ceremony.kind,
        ceremony.place,
        utc(ceremony.starts_at),
        ceremony.election.name,
    )


def _helped(invitation):
    """The account of whoever helped, and how identity was checked."""
    if invitation.channel != Channel.ASSISTED:
        return None, ""
    return str(invitation.issued_by.uuid), invitation.identity_check


def heard_from(record):
    """What the record itself says of the same; records of version 1 lack what none of them had."""
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
        record.get("begun_at"),
        record["late"],
        record.get("in_grace", False),
        record["identified_by"].get("assisted_by", {}).get("user"),
        record["identified_by"].get("identity_check", ""),
        record["signer"]["participant"],
        record["signer"]["name"],
        record["signer"]["number"],
        record["signer"]["number_kind"],
        record["signer"]["kind"],
        record["signer"]["grade"],
        record["signer"]["position"],
        record["signer"]["agency"],
        record["signer"]["opd"],
        record["ceremony"]["uuid"],
        record["ceremony"]["title"],
        record["ceremony"]["kind"],
        record["ceremony"]["place"],
        record["ceremony"]["starts_at"],
        record["ceremony"]["election"],
    )
