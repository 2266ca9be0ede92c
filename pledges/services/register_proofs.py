"""Proofs for many signatures at once: a few queries for each stretch of the register."""

from itertools import groupby

from netralitas.lib import merkle
from netralitas.lib.canonical import canonical

from ..models import RegisterEntry, RegisterNode
from . import register

FORMAT = "netralitas-proofs-1"
# A stretch is a complete subtree of this level, 1,024 entries.
LEVEL = 10


def proofs_of(signatures, head):
    """Yield the `Proof` under `head` of each of `signatures` that it reaches, in their order there.

    Raises BrokenRegister if the stored tree has holes.
    """
    entries = RegisterEntry.objects.filter(signature__in=signatures, index__lt=head.size)
    rows = entries.order_by("index").values_list("index", "signature__digest")
    for stretch, found in groupby(rows, key=lambda row: row[0] >> LEVEL):
        yield from _stretch(stretch, list(found), head)


def _stretch(stretch, rows, head):
    ranges = {index: merkle.inclusion_ranges(index, head.size) for index, _ in rows}
    names = {name for each in ranges.values() for name in merkle.named_by(each)}
    inside = {
        (level, index)
        for level, index in names
        if level < LEVEL and index >> (LEVEL - level) == stretch
    }
    nodes = RegisterEntry.objects.leaves(inside)
    nodes |= RegisterNode.objects.spanning({name for name in inside if name[0]})
    nodes |= register.stored_nodes(names - inside)
    register.check_nodes(nodes, names)
    for index, digest in rows:
        path = merkle.path(ranges[index], nodes)
        yield register.Proof(digest, index, head.size, path, head.root)


def file_of(proofs):
    """The pieces of one file with all `proofs`, each on a line; `verify_pact.py` finds its own."""
    yield b'{"format":%b,"proofs":[' % canonical(FORMAT)
    for place, proof in enumerate(proofs):
        yield (b",\n" if place else b"\n") + proof.file()
    yield b"\n]}\n"
