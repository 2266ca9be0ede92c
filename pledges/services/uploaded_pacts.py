"""Which pact a file is that somebody brings. Reads only; nothing of the file is kept.

The file may be anything (decision 18): it is not read as a PDF. The record is found in it by the
bytes alone, and told by its digest; then one digest says whether the file is the one we issued.
"""

from dataclasses import dataclass

from netralitas.lib.attached_json import attached_json, claims_to_be_encrypted
from netralitas.lib.canonical import leaf_digest, sha256_hex

from ..models import CountersignedPact, Pact, RegisterEntry, Signature


@dataclass(frozen=True)
class Recognised:
    """What a file is. `signatures` are those whose records are in it: none in an unknown file.

    `is_issued` is True for the very file that was issued, each byte of it; `is_countersigned` if it
    is the one with the countersignature. `is_locked`: it says that a password locks it, so that no
    record could be found.
    """

    signatures: frozenset[int] = frozenset()
    is_issued: bool = False
    is_countersigned: bool = False
    is_locked: bool = False


def recognise(content):
    """The `Recognised` of a file. Four queries at most, whatever is in it."""
    digests = [leaf_digest(text) for text in attached_json(content)]
    signatures = _signatures_of(digests) if digests else frozenset()
    if not signatures:
        return Recognised(is_locked=claims_to_be_encrypted(content))
    if len(signatures) > 1:
        return Recognised(signatures)
    second = _is_of(CountersignedPact, signatures, content)
    return Recognised(signatures, second or _is_of(Pact, signatures, content), second)


def _signatures_of(digests):
    """Primary keys. The register is asked as well: there a record is known that was rewritten."""
    entries = RegisterEntry.objects.filter(digest__in=digests).exclude(signature=None)
    logged = entries.values_list("signature", flat=True)
    known = Signature.objects.filter(digest__in=digests).values_list("pk", flat=True)
    return frozenset(logged) | frozenset(known)


def _is_of(model, signatures, content):
    """Whether it is the file of a row, or a copy of one that was lost here and made again."""
    row = model.objects.filter(signature__in=signatures).first()
    return row is not None and sha256_hex(content) in {row.sha256, *row.earlier}
