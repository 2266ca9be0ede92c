"""A pact with its countersignature: both revisions hold, and nobody else can fill in the field."""

import pytest

from netralitas.lib import seals
from netralitas.lib.appearances import Mark
from netralitas.lib.canonical import canonical
from netralitas.lib.seal_examination import COUNTERSIGNATURE_BROKEN, examine_seal
from tests import seal_pki

from .making import NOW, PLAIN, faults, holds, paths, register_files, seal_key, verifier
from .test_forged_after_the_seal import COVER, Sealed, written

NOTED = b'{"countersignature":1}'


def countersigning(record=NOTED):
    proof, _ = register_files(record)
    mark = Mark((((0, 0), (5000, 2500), (9000, 0)),), "", ("Khairil Adli", "Kepala Dinas"))
    return seals.Countersigning(
        "Khairil Adli", f"Mengetahui; catatan SHA-256 {proof['leaf']}", mark
    )


@pytest.fixture(scope="module")
def noted(sealed, key):
    return seals.countersign(sealed, key, PLAIN, NOW, countersigning())


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return seal_key(tmp_path_factory.mktemp("lain"), seal_pki.own_pkcs12("Lain"))


def test_both_revisions_hold_and_every_change_is_found(folder, noted, key):
    assert holds(folder, noted)
    assert holds(folder, noted, certificate=key.facts.fingerprint)
    lines = verifier.verify(*paths(folder)).lines
    assert any(line.strip() == "Yang mengetahui: Khairil Adli" for line in lines)
    for place in range(0, len(noted), 307):
        changed = bytearray(noted)
        changed[place] ^= 0x01
        assert not holds(folder, bytes(changed)), place


def test_the_first_revision_alone_holds_as_before(folder, sealed, noted):
    assert noted.startswith(sealed)
    assert holds(folder, noted[: len(sealed)])


def test_a_stranger_cannot_take_note(folder, sealed, key, stranger):
    forged = seals.countersign(sealed, stranger, PLAIN, NOW, countersigning())
    found = faults(folder, forged)
    assert [line.partition(":")[0] for line in found] == ["Sertifikat “Mengetahui”"]
    assert COUNTERSIGNATURE_BROKEN in examine_seal(forged, [key.facts.pem]).faults


def test_after_a_new_certificate_both_are_named(folder, sealed, key, stranger):
    made = seals.countersign(sealed, stranger, PLAIN, NOW, countersigning())
    both = f"{key.facts.fingerprint},{stranger.facts.fingerprint}"
    assert holds(folder, made, certificate=both)
    assert examine_seal(made, [key.facts.pem, stranger.facts.pem]).faults == ()


def filled(sealed, **values):
    """The waiting field written anew, without any signature."""
    pact = Sealed(sealed)
    number, field = next(
        (number, value)
        for number in pact.pdf.places
        if verifier.is_waiting(value := pact.pdf.get(verifier.Ref(number)))
    )
    shown = {"/AP": {"/N": verifier.Ref(pact.new)}}
    return pact.revision({number: written(field | shown | values), pact.new: COVER})


@pytest.mark.parametrize(
    "values",
    [{}, {"/Rect": [0, 0, 600, 850]}, {"/AA": {}}, {"/T": b"Lain"}],
    ids=["unsigned", "moved", "acting", "renamed"],
)
def test_the_field_shows_nothing_without_a_signature_and_stays_in_its_place(
    folder, sealed, key, values
):
    assert not holds(folder, filled(sealed, **values))
    made = seals.countersign(filled(sealed, **values), key, PLAIN, NOW, countersigning())
    if values:
        assert not holds(folder, made)
        assert not examine_seal(made, [key.facts.pem]).holds


def test_the_record_of_the_countersignature_is_found_in_the_register(folder, noted):
    proof, head = register_files(NOTED)
    (folder / "pact.pdf").write_bytes(noted)
    (folder / "head.json").write_bytes(canonical(head))
    path = folder / "mengetahui.json"
    path.write_bytes(canonical(proof))
    lines = verifier.verify(*paths(folder), noted_path=path).lines
    assert "[COCOK]  Catatan “Mengetahui” ada di register" in lines
    other, _ = register_files(b"{}")
    path.write_bytes(canonical(other))
    lines = verifier.verify(*paths(folder), noted_path=path).lines
    assert any(line.startswith("[TIDAK]  Catatan “Mengetahui” ada di register") for line in lines)
