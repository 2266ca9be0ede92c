"""What the canonical record of a countersignature says, and whether it still fits. Reads only."""

import json
import secrets

from agencies.choices import RoleName
from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex, utc

from ...models import CountersignedPact

RECORD_VERSION = 1
STATEMENT = (
    "Saya telah memeriksa daftar pakta integritas ini dan mengetahui bahwa pakta-pakta tersebut "
    "telah ditandatangani oleh pegawai yang bersangkutan."
)
ALTERED_RECORD = "Catatan “Mengetahui” tidak cocok dengan sidik digitalnya."
UNREADABLE_RECORD = "Catatan “Mengetahui” tidak lengkap."
ALTERED_COLUMNS = "Data “Mengetahui” tidak cocok dengan catatannya."
NOT_COVERED = "Pakta ini tercatat diketahui, tetapi tidak disebut catatan “Mengetahui” itu."
OTHER_PACTS = "Pakta yang tercatat diketahui bukan yang disebut catatan “Mengetahui” itu."


def record_of(countersignature, signatures, confirmed_at):
    """What the record says: who, as what, of which signatures, how confirmed, when.

    The salt keeps its digest from telling anything of what can be guessed.
    """
    agency, ceremony = countersignature.agency, countersignature.ceremony
    return {
        "countersignature": RECORD_VERSION,
        "salt": secrets.token_hex(16),
        "statement": STATEMENT,
        "ceremony": {"uuid": str(ceremony.uuid), "title": ceremony.title},
        "signer": {
            "user": str(countersignature.signer.uuid),
            "role": RoleName.HEAD.value,
            "agency": {"uuid": str(agency.uuid), "name": agency.name},
            "name": countersignature.name,
            "position": countersignature.position,
            "number": countersignature.number,
        },
        "confirmed": {"by": countersignature.confirmation, "at": utc(confirmed_at)},
        "signature": {
            "strokes_sha256": _drawing_digest(countersignature),
            "typed_name": countersignature.typed_name,
        },
        "signed_at": utc(countersignature.signed_at),
        "signatures": [[signature.receipt, signature.digest] for signature in signatures],
    }


def faults_of(countersignature):
    """What does not fit in a countersignature and its list: sentences, none if all does."""
    record, faults = _read(countersignature)
    if faults:
        return faults
    rows = CountersignedPact.objects.filter(countersignature=countersignature).order_by()
    stored = set(rows.values_list("signature__receipt", "signature__digest"))
    named = record["signatures"]
    fits = stored == set(map(tuple, named)) and len(stored) == len(named)
    return () if fits else (OTHER_PACTS,)


def countersigned_of(signature):
    """(the CountersignedPact of a signature if there is one, what does not fit in it)."""
    found = CountersignedPact.objects.select_related(
        "countersignature__agency", "countersignature__ceremony", "countersignature__signer"
    )
    pact = found.filter(signature=signature).first()
    if pact is None:
        return None, ()
    pact.signature = signature
    record, faults = _read(pact.countersignature)
    if not faults and [signature.receipt, signature.digest] not in record["signatures"]:
        faults = (NOT_COVERED,)
    return pact, faults


def _read(countersignature):
    """(the record, what does not fit between it and the columns)."""
    if leaf_digest(countersignature.record.encode()) != countersignature.digest:
        return {}, (ALTERED_RECORD,)
    try:
        record = json.loads(countersignature.record)
        fits = _said_of(countersignature) == _heard_from(record)
        pairs = all(len(pair) == 2 and all(map(_is_text, pair)) for pair in record["signatures"])
    except (AttributeError, ValueError, KeyError, TypeError):
        return {}, (UNREADABLE_RECORD,)
    if not pairs:
        return {}, (UNREADABLE_RECORD,)
    return record, () if fits else (ALTERED_COLUMNS,)


def _is_text(value):
    return isinstance(value, str)


def _drawing_digest(countersignature):
    return sha256_hex(canonical(countersignature.strokes))


def _said_of(countersignature):
    """What the columns say, in the order of `_heard_from`."""
    return (
        str(countersignature.ceremony.uuid),
        str(countersignature.agency.uuid),
        str(countersignature.signer.uuid),
        countersignature.name,
        countersignature.position,
        countersignature.number,
        countersignature.confirmation,
        _drawing_digest(countersignature),
        countersignature.typed_name,
        utc(countersignature.signed_at),
    )


def _heard_from(record):
    return (
        record["ceremony"]["uuid"],
        record["signer"]["agency"]["uuid"],
        record["signer"]["user"],
        record["signer"]["name"],
        record["signer"]["position"],
        record["signer"]["number"],
        record["confirmed"]["by"],
        record["signature"]["strokes_sha256"],
        record["signature"]["typed_name"],
        record["signed_at"],
    )
