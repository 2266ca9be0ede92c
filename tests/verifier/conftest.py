import pytest

from netralitas.lib import seals
from netralitas.lib.canonical import canonical
from pledges.documents.pact import render_pact
from tests import seal_pki
from tests.pledges.documents import specimens

from .making import NOW, PLAIN, RECORD, register_files, seal_key


@pytest.fixture(scope="module")
def unsealed():
    return render_pact(specimens.PNS, RECORD)


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return seal_key(tmp_path_factory.mktemp("kunci"), seal_pki.own_pkcs12())


@pytest.fixture(scope="module")
def sealed(unsealed, key):
    return seals.seal(unsealed, key, PLAIN, NOW)


@pytest.fixture
def folder(tmp_path, sealed):
    """A pact with its proof and head, as somebody holds them."""
    proof, head = register_files()
    (tmp_path / "pact.pdf").write_bytes(sealed)
    (tmp_path / "proof.json").write_bytes(canonical(proof))
    (tmp_path / "head.json").write_bytes(canonical(head))
    return tmp_path
