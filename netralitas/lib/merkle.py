"""The Merkle tree of RFC 9162, section 2.1: an append-only log whose head stands for every leaf.

Hashes are lower-case hexadecimal. A tree is made of complete subtrees, each named by (level,
index): (0, 5) is leaf 5, (3, 1) stands for leaves 8 to 15. They never change once they are full, so
they can be stored for ever, and every root and proof is put together from a few of them: functions
here take `nodes`, a mapping from such names to hashes; `named_by` tells which names it must have.
"""

import re
from hashlib import sha256

HASH = re.compile(r"[0-9a-f]{64}")


def is_hash(text):
    """Whether a text is a hash as it is written here: what was stored may have been spoilt."""
    return HASH.fullmatch(text) is not None


def parent(left, right):
    """The hash of an inner node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def subtrees(start, end):
    """The complete subtrees of the leaves from `start` up to `end`, the largest first.

    `start` is where a subtree of the tree begins, as it always is in a root or a proof.
    """
    names = []
    while start < end:
        level = (end - start).bit_length() - 1
        names.append((level, start >> level))
        start += 1 << level
    return names


def root(size, nodes):
    """The hash of the tree of the first `size` leaves; of no leaf at all, of the empty string."""
    return _hash_of((0, size), nodes) if size else sha256(b"").hexdigest()


def grow(size, leaves, nodes):
    """What `leaves`, appended to a tree of `size`, complete: {(level, index): hash} above them.

    `nodes` has the subtrees of the tree as it is.
    """
    edge = [(name, nodes[name]) for name in subtrees(0, size)]
    grown = {}
    for index, leaf in enumerate(leaves, start=size):
        edge.append(((0, index), leaf))
        while len(edge) > 1 and edge[-1][0][0] == edge[-2][0][0]:
            (_, right), ((level, at), left) = edge.pop(), edge.pop()
            name = (level + 1, at >> 1)
            grown[name] = parent(left, right)
            edge.append((name, grown[name]))
    return grown


# Proofs: the ranges of leaves whose hashes are told, and what follows from them -------------------


def inclusion_ranges(index, size):
    """The ranges whose hashes prove that leaf `index` is in the tree of `size` (2.1.3.1)."""
    start, end, ranges = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(first, second):
    """The ranges whose hashes prove that the tree of `second` only continues that of `first`
    (2.1.4.1); 0 < `first` <= `second`."""
    start, end, ranges, whole = 0, second, [], True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    return ([] if whole else [(start, end)]) + ranges[::-1]


def named_by(ranges):
    """The names of every complete subtree that the hashes of these ranges are made of."""
    return {name for start, end in ranges for name in subtrees(start, end)}


def path(ranges, nodes):
    """The hashes of these ranges: the proof itself."""
    return [_hash_of(part, nodes) for part in ranges]


def proves_inclusion(leaf, index, size, proof, head):
    """Whether `proof` shows `leaf` at `index` in the tree of `size` with the root `head`
    (2.1.3.2)."""
    if not 0 <= index < size or not all(map(is_hash, (leaf, *proof))):
        return False
    at, last, found = index, size - 1, leaf
    for hash_ in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = parent(hash_, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = parent(found, hash_)
        at, last = at >> 1, last >> 1
    return last == 0 and found == head


def proves_consistency(first, second, proof, old, new):
    """Whether `proof` shows that the tree of `second` with root `new` only continues the tree of
    `first` with root `old` (2.1.4.2)."""
    if not 0 < first <= second or not all(map(is_hash, (old, *proof))):
        return False
    if first == second:
        return not proof and old == new
    proof = [old, *proof] if first & (first - 1) == 0 else list(proof)
    if not proof:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = proof[0]
    for hash_ in proof[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            older, newer = parent(hash_, older), parent(hash_, newer)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            newer = parent(newer, hash_)
        at, last = at >> 1, last >> 1
    return last == 0 and older == old and newer == new


def _split(size):
    """The largest power of two below `size` (2 or more)."""
    return 1 << ((size - 1).bit_length() - 1)


def _hash_of(part, nodes):
    """The hash over a range of leaves, from the hashes of its complete subtrees."""
    *others, found = (nodes[name] for name in subtrees(*part))
    for left in reversed(others):
        found = parent(left, found)
    return found
