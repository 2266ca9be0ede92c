"""A pact with proof and head as somebody holds them, and what the verifier says of them."""

import importlib.util
import sys
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from netralitas.lib import merkle, seal_keys, seals
from netralitas.lib.canonical import canonical, leaf_digest
from tests import seal_pki
from tests.guards.repository import BASE_DIR
from tests.pledges.documents import specimens

FILE = BASE_DIR / "verifier" / "verify_pact.py"
SPEC = importlib.util.spec_from_file_location("verify_pact", FILE)
verifier = sys.modules["verify_pact"] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(verifier)

NOW = datetime.now(UTC)
PLAIN = seals.Terms(location="Dumai")
RECORD = canonical(
    {
        "receipt": specimens.RECEIPT,
        "signed_at": "2023-01-11T01:14:05+00:00",
        "ceremony": {"title": "Apel Ikrar Netralitas"},
        "signer": {"name": "Siti Rahmawati", "opd": "Dinas Kesehatan"},
    }
)
OTHERS = [leaf_digest(str(number).encode()) for number in range(12)]
INDEX = 5
HEAD_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = HEAD_KEY.public_key().public_bytes_raw().hex()


def register_files(record=RECORD, key=HEAD_KEY):
    """(a proof, a head) of a log in which the record is one of many."""
    leaves = [*OTHERS[:INDEX], leaf_digest(record), *OTHERS[INDEX:]]
    nodes = {(0, at): leaf for at, leaf in enumerate(leaves)} | merkle.grow(0, leaves, {})
    size, root = len(leaves), merkle.root(len(leaves), nodes)
    path = merkle.path(merkle.inclusion_ranges(INDEX, size), nodes)
    proof = {"leaf": leaves[INDEX], "index": INDEX, "size": size, "path": path, "root": root}
    body = {
        "format": "netralitas-head-1",
        "installation": "https://netralitas.example.go.id",
        "size": size,
        "previous": INDEX,
        "root": root,
        "made_at": "2023-01-11T01:14:07+00:00",
        "key": key.public_key().public_bytes_raw().hex(),
    }
    head = {**body, "signature": key.sign(canonical(body)).hex()}
    return {"format": "netralitas-proof-1", **proof}, head


def seal_key(folder, content):
    path = folder / "segel.p12"
    path.write_bytes(content)
    return seal_keys._read_key(path, seal_pki.PASSWORD)


def paths(folder):
    return [folder / name for name in ("pact.pdf", "proof.json", "head.json")]


def holds(folder, pdf=None, **expected):
    """Whether everything holds; False also for what cannot be read."""
    if pdf is not None:
        (folder / "pact.pdf").write_bytes(pdf)
    try:
        return verifier.verify(*paths(folder), **expected).ok
    except verifier.Unreadable:
        return False


def faults(folder, pdf=None, **expected):
    """The lines that say what does not hold."""
    if pdf is not None:
        (folder / "pact.pdf").write_bytes(pdf)
    lines = verifier.verify(*paths(folder), **expected).lines
    return [line.removeprefix("[TIDAK]  ") for line in lines if line.startswith("[TIDAK]")]
