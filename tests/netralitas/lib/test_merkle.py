"""The tree against the definition of RFC 9162, section 2.1, written out as it stands there."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netralitas.lib import merkle

MOST = 70


def leaf(number):
    return sha256(b"\x00" + str(number).encode()).hexdigest()


LEAVES = [leaf(number) for number in range(MOST)]
sizes = st.integers(1, MOST)


def split(size):
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def mth(leaves):
    """2.1.1: the Merkle tree hash."""
    if not leaves:
        return sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    joined = bytes.fromhex(mth(leaves[:k])) + bytes.fromhex(mth(leaves[k:]))
    return sha256(b"\x01" + joined).hexdigest()


def path(m, leaves):
    """2.1.3.1: the inclusion path."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m, leaves, whole):
    """2.1.4.1: the consistency proof."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


def tree(size, batches=(MOST,)):
    """The nodes of a tree to which leaves came in batches of these sizes, over and over."""
    nodes, at, turn = {}, 0, 0
    while at < size:
        batch = LEAVES[at : min(at + batches[turn % len(batches)], size)]
        nodes |= {(0, index): digest for index, digest in enumerate(batch, start=at)} | merkle.grow(
            at, batch, nodes
        )
        at, turn = at + len(batch), turn + 1
    return nodes


NODES = tree(MOST)


@pytest.mark.parametrize("size", range(MOST + 1))
def test_the_root_is_that_of_the_definition(size):
    assert merkle.root(size, NODES) == mth(LEAVES[:size])


@given(sizes, st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_a_tree_is_the_same_however_its_leaves_came(size, batches):
    assert tree(size, batches) == tree(size)


@given(sizes, st.data())
def test_a_leaf_is_proved_as_defined_by_few_nodes(size, data):
    index = data.draw(st.integers(0, size - 1))
    ranges = merkle.inclusion_ranges(index, size)
    proof = merkle.path(ranges, {name: NODES[name] for name in merkle.named_by(ranges)})
    assert proof == path(index, LEAVES[:size])
    assert merkle.proves_inclusion(LEAVES[index], index, size, proof, mth(LEAVES[:size]))


@given(sizes, st.data())
def test_a_continuation_is_proved_as_defined_by_few_nodes(second, data):
    first = data.draw(st.integers(1, second))
    ranges = merkle.consistency_ranges(first, second)
    proof = merkle.path(ranges, {name: NODES[name] for name in merkle.named_by(ranges)})
    assert proof == subproof(first, LEAVES[:second], whole=True)
    old, new = mth(LEAVES[:first]), mth(LEAVES[:second])
    assert merkle.proves_consistency(first, second, proof, old, new)


@given(sizes, st.data())
def test_nothing_else_is_proved_by_the_path_of_a_leaf(size, data):
    index = data.draw(st.integers(0, size - 1))
    head, proof = mth(LEAVES[:size]), path(index, LEAVES[:size])
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index) | st.none())
    if other is not None:
        assert not merkle.proves_inclusion(LEAVES[other], index, size, proof, head)
        assert not merkle.proves_inclusion(LEAVES[index], other, size, proof, head)
    assert not merkle.proves_inclusion(LEAVES[index], index, size, [*proof, leaf("x")], head)
    assert not merkle.proves_inclusion(LEAVES[index], index, size, proof, leaf("x"))
    assert not merkle.proves_inclusion(LEAVES[index], size, size, proof, head)
    assert not merkle.proves_inclusion(LEAVES[index], -1, size, proof, head)
    for at in range(len(proof)):
        changed = [*proof[:at], leaf("x"), *proof[at + 1 :]]
        assert not merkle.proves_inclusion(LEAVES[index], index, size, changed, head)
        assert not merkle.proves_inclusion(LEAVES[index], index, size, proof[:at], head)


@given(st.integers(1, MOST - 1), st.data())
def test_a_rewritten_log_is_no_continuation(first, data):
    second = data.draw(st.integers(first + 1, MOST))
    changed = data.draw(st.integers(0, first - 1))
    rewritten = [*LEAVES[:changed], leaf("x"), *LEAVES[changed + 1 : second]]
    proof = subproof(first, rewritten, whole=True)
    old, new = mth(LEAVES[:first]), mth(rewritten)
    assert not merkle.proves_consistency(first, second, proof, old, new)
    assert not merkle.proves_consistency(first, second, [], old, new)


def test_a_log_continues_itself_and_no_other():
    head = mth(LEAVES[:5])
    assert merkle.proves_consistency(5, 5, [], head, head)
    assert not merkle.proves_consistency(5, 5, [head], head, head)
    assert not merkle.proves_consistency(5, 5, [], head, leaf("x"))
    assert not merkle.proves_consistency(0, 5, [], head, head)
    assert not merkle.proves_consistency(6, 5, [], head, head)
