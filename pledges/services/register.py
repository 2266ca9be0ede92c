"""The register: an append-only Merkle log over the records of signatures (decision 13).

Those of annulments and countersignatures stand in it as well, each behind the signatures that it
is about (decisions 20 and 25).

The only writer of its three tables. A signed head is the trace of each act, so no event is
recorded. What anybody holds of it, a head or a proof, is a small file of canonical JSON.
"""

import json
from dataclasses import dataclass
from datetime import UTC

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from netralitas.lib import head_keys, merkle
from netralitas.lib.canonical import canonical

from ..errors import BrokenRegister, NotLogged
from ..models import Annulment, Countersignature, RegisterEntry, RegisterNode, Signature, TreeHead

BATCH = 1000
# Primary keys are given before transactions end: what is logged may have overtaken as many.
LOOK_BACK = 10_000
# What is logged, each in this order, by the name that an entry has for it.
LOGGED = {
    "signature": Signature,
    "annulment": Annulment,
    "countersignature": Countersignature,
}
HEAD, PROOF, CONSISTENCY = "netralitas-head-1", "netralitas-proof-1", "netralitas-consistency-1"


# Writing ----------------------------------------------------------------------------------------


def seal(*, everything=False):
    """Log up to `BATCH` records that are not in the register yet, under one new signed head.

    Returns how many. Safe to call twice at once: of two callers one waits, or ends with an
    IntegrityError and nothing written. Looks among the latest records, or with `everything` among
    all. Raises HeadKeyError without a key, BrokenRegister if the stored tree has holes.
    """
    due = {kind: _due(kind, everything) for kind in LOGGED}
    if not any(due.values()):
        return 0
    key = head_keys.signing_key()
    with transaction.atomic():
        return _write(due, key)


def _due(kind, everything):
    """Primary keys of what is to be logged, at most a batch."""
    above, column = 0, f"{kind}_id"
    if not everything:
        logged = RegisterEntry.objects.exclude(**{kind: None}).order_by(f"-{column}")
        above = (logged.values_list(column, flat=True).first() or 0) - LOOK_BACK
    found = LOGGED[kind].objects.not_logged(above=above)
    return list(found.values_list("pk", flat=True)[:BATCH])


def _write(due, key):
    # The first head stands for the whole log: whoever holds its row is the only one to write.
    TreeHead.objects.select_for_update().order_by("size").first()
    records = _still_due(due)
    if not records:
        return 0
    latest = latest_head()
    size = latest.size if latest else 0
    entries = [
        RegisterEntry(index=index, digest=record.digest, **{kind: record})
        for index, (kind, record) in enumerate(records, start=size)
    ]
    leaves = {(0, entry.index): entry.digest for entry in entries}
    nodes = stored_nodes(merkle.subtrees(0, size)) | leaves
    grown = merkle.grow(size, list(leaves.values()), nodes)
    RegisterEntry.objects.bulk_create(entries)
    RegisterNode.objects.bulk_create(
        RegisterNode(level=level, index=index, digest=digest)
        for (level, index), digest in grown.items()
    )
    _sign_head(size + len(entries), nodes | grown, key, previous=size)
    return len(entries)


def _still_due(due):
    """(kind, record) of what nobody has logged meanwhile, in its order, at most a batch."""
    records = [
        (kind, record)
        for kind, keys in due.items()
        if keys
        for record in LOGGED[kind].objects.not_logged().filter(pk__in=keys).only("digest")
        # A digest that was spoilt keeps nothing else from being logged; verify_register names it.
        if merkle.is_hash(record.digest)
    ]
    return records[:BATCH]


def _sign_head(size, nodes, key, previous):
    made_at = timezone.now().replace(microsecond=0)
    head = TreeHead(
        size=size, root=merkle.root(size, nodes), made_at=made_at, key_id=head_keys.public_hex(key)
    )
    body = canonical(head_body(head, settings.SITE_URL, previous))
    head.body, head.signature = body.decode(), key.sign(body).hex()
    head.save()


# Reading ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proof:
    """That `leaf` stands at `index` among the first `size` entries, whose root is `root`."""

    leaf: str
    index: int
    size: int
    path: list[str]
    root: str

    @property
    def holds(self):
        """Whether root and leaf follow from each other."""
        return merkle.proves_inclusion(self.leaf, self.index, self.size, self.path, self.root)

    def file(self):
        """The bytes of the file that `verify_pact.py` reads."""
        return canonical({"format": PROOF, **vars(self)})


@dataclass(frozen=True)
class Standing:
    """Where a record stands in the register: its entry, the earliest head over it, its proof."""

    entry: RegisterEntry
    head: TreeHead
    proof: Proof

    @property
    def number(self):
        """Its place in the register, counted from 1 as people count."""
        return self.entry.index + 1

    @property
    def holds(self):
        """Whether record, log and head fit together."""
        return self.proof.holds and head_holds(self.head)


def latest_head():
    """The head over most entries; None as long as nothing is logged."""
    return TreeHead.objects.latest_first().first()


def standing_of(record):
    """The `Standing` of a signature or another record; None as long as it is not logged.

    Four small queries. Raises BrokenRegister if the stored tree has holes.
    """
    [kind] = [kind for kind, model in LOGGED.items() if isinstance(record, model)]
    entry = RegisterEntry.objects.filter(**{kind: record}).first()
    if entry is None:
        return None
    head = TreeHead.objects.first_over(entry.index)
    if head is None:
        raise BrokenRegister
    return Standing(entry, head, _proof(record, entry, head))


def proof_of(signature, head=None):
    """The `Proof` of a signature, or another record, under a head: by default the earliest one
    over it.

    Raises NotLogged if that head does not reach as far, or no head does yet.
    """
    standing = standing_of(signature)
    if standing is None or (head is not None and head.size <= standing.entry.index):
        raise NotLogged
    return _proof(signature, standing.entry, head) if head else standing.proof


def _proof(record, entry, head):
    ranges = merkle.inclusion_ranges(entry.index, head.size)
    path = merkle.path(ranges, stored_nodes(merkle.named_by(ranges)))
    return Proof(record.digest, entry.index, head.size, path, head.root)


def stored_nodes(names):
    """{(level, index): hash} of these subtrees. Raises BrokenRegister if one is missing."""
    nodes = RegisterEntry.objects.leaves(names) | RegisterNode.objects.named(names)
    check_nodes(nodes, names)
    return nodes


def check_nodes(nodes, names):
    """Raises BrokenRegister if not each of these subtrees has a hash."""
    if not nodes.keys() >= set(names) or not all(map(merkle.is_hash, nodes.values())):
        raise BrokenRegister


def head_holds(head):
    """Whether a head is what its own key has signed; whose key that is it does not tell."""
    try:
        told = json.loads(head.body)
        fits = told == head_body(head, told["installation"], told["previous"])
    except (KeyError, TypeError, ValueError):
        return False
    return fits and head_keys.verifies(head.key_id, head.signature, head.body.encode())


# Files ------------------------------------------------------------------------------------------


def previous_of(head):
    """Over how many entries the head before this one is, as its body says; 0 for the first."""
    return json.loads(head.body)["previous"]


def head_body(head, installation, previous):
    """What the signature of a head is made over, as a dict.

    `previous` is the size of the head before it, so that none can be taken away unnoticed.
    """
    return {
        "format": HEAD,
        "installation": installation,
        "size": head.size,
        "previous": previous,
        "root": head.root,
        "made_at": head.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "key": head.key_id,
    }


def head_file(head):
    """The bytes of the file by which anybody can keep a head: its body with the signature.

    It is what was signed, whatever the columns say now. Raises BrokenRegister if that is no JSON.
    """
    try:
        return canonical({**json.loads(head.body), "signature": head.signature})
    except (TypeError, ValueError) as error:
        raise BrokenRegister from error


def consistency_file(first, second):
    """The bytes of the proof that the log under `second` only continues the one under `first`."""
    ranges = merkle.consistency_ranges(first.size, second.size)
    return canonical(
        {
            "format": CONSISTENCY,
            "first": first.size,
            "first_root": first.root,
            "second": second.size,
            "second_root": second.root,
            "path": merkle.path(ranges, stored_nodes(merkle.named_by(ranges))),
        }
    )
