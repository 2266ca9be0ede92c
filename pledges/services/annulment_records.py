"""What the canonical record of an annulment says, and whether it still fits. Reads only.

The register holds the digest of the record. Two officers are named in it as an operator is who
assisted; of the explanation, which may tell of people, only a digest salted by the record itself.
"""

import json
import secrets

from agencies.choices import RoleName
from netralitas.lib.canonical import canonical, leaf_digest, sha256_hex, utc

from ..models import Annulment

RECORD_VERSION = 1
ALTERED_RECORD = "Catatan pembatalan tidak cocok dengan sidik digitalnya."
UNREADABLE_RECORD = "Catatan pembatalan tidak lengkap."
ALTERED_COLUMNS = "Data pembatalan tidak cocok dengan catatannya."
STILL_COUNTED = "Pakta ini dibatalkan, tetapi pesertanya tidak tercatat dibatalkan."
MISSING = "Peserta tercatat dibatalkan, tetapi pembatalannya tidak ada."


def record_of(annulment):
    """What the record says: which signature, why, who asked, who agreed, when."""
    salt = secrets.token_hex(16)
    signature = annulment.signature
    return {
        "annulment": RECORD_VERSION,
        "salt": salt,
        "signature": {"receipt": signature.receipt, "digest": signature.digest},
        "ceremony": str(signature.participant.ceremony.uuid),
        "cause": annulment.cause,
        "explanation_sha256": _explanation_digest(salt, annulment.explanation),
        "requested_by": _officer(annulment.requested_by),
        "requested_at": utc(annulment.requested_at),
        "consented_by": {
            **_officer(annulment.consented_by),
            "since": utc(annulment.consenter_since),
        },
        "annulled_at": utc(annulment.annulled_at),
    }


def _officer(user):
    return {"user": str(user.uuid), "name": str(user), "role": RoleName.HR.value}


def _explanation_digest(salt, explanation):
    """The salt stands in the record alone: whoever has none learns nothing from a guess."""
    return sha256_hex(canonical([salt, explanation]))


def faults_of(annulment):
    """What does not fit in an annulment: sentences, none if all does."""
    if leaf_digest(annulment.record.encode()) != annulment.digest:
        return (ALTERED_RECORD,)
    try:
        record = json.loads(annulment.record)
        fits = _said_of(annulment, record["salt"]) == _heard_from(record)
    except (AttributeError, ValueError, KeyError, TypeError):
        return (UNREADABLE_RECORD,)
    checks = ((fits, ALTERED_COLUMNS), (annulment.signature.participant.is_annulled, STILL_COUNTED))
    return tuple(fault for holds, fault in checks if not holds)


def annulment_of(signature):
    """(the annulment of a signature if there is one, what does not fit in it)."""
    found = Annulment.objects.select_related("requested_by", "consented_by")
    annulment = found.filter(signature=signature).first()
    if annulment is None:
        return None, (MISSING,) if signature.participant.is_annulled else ()
    annulment.signature = signature
    return annulment, faults_of(annulment)


def _said_of(annulment, salt):
    """What the columns say, in the order of `_heard_from`."""
    signature = annulment.signature
    return (
        signature.receipt,
        signature.digest,
        str(signature.participant.ceremony.uuid),
        annulment.cause,
        _explanation_digest(salt, annulment.explanation),
        str(annulment.requested_by.uuid),
        utc(annulment.requested_at),
        str(annulment.consented_by.uuid),
        utc(annulment.consenter_since),
        utc(annulment.annulled_at),
    )


def _heard_from(record):
    return (
        record["signature"]["receipt"],
        record["signature"]["digest"],
        record["ceremony"],
        record["cause"],
        record["explanation_sha256"],
        record["requested_by"]["user"],
        record["requested_at"],
        record["consented_by"]["user"],
        record["consented_by"]["since"],
        record["annulled_at"],
    )
