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


# Written after it, with no key -------------------------------------------------------------------


@pytest.fixture
def later(noted):
    return Later(noted)


class Later(Sealed):
    """A countersigned pact, and what somebody writes after it."""

    @property
    def field(self):
        """(number, value) of the field that was filled in."""
        return next(
            (number, value)
            for number in self.pdf.places
            if isinstance(value := self.pdf.get(verifier.Ref(number)), dict)
            and verifier.text_of(value.get("/T", b"")) == verifier.WAITING_FIELD
        )


def other_appearance(later):
    number, field = later.field
    return later.revision(
        {number: written(field | {"/AP": {"/N": verifier.Ref(later.new)}}), later.new: COVER}
    )


def other_drawing(later):
    _, field = later.field
    return later.revision({field["/AP"]["/N"].number: COVER})


def other_name(later):
    signature = later.field[1]["/V"]
    told = later.pdf.get(signature) | {"/Name": b"Orang Lain"}
    return later.revision({signature.number: written(told)})


def other_place(later):
    number, field = later.field
    return later.revision({number: written(field | {"/Rect": [0, 0, 600, 850]})})


def hidden_field(later):
    number, field = later.field
    return later.revision({number: written(field | {"/F": 2})})


def freed_drawing(later):
    row = {later.field[1]["/AP"]["/N"].number: b"0000000000 65535 f"}
    return later.revision({}, rows=row)


def taken_for_a_store(later):
    """The field in the store for certificates, which may be written anew."""
    number, field = later.field
    changed = written(field | {"/AP": {"/N": verifier.Ref(later.new)}})
    store = {"/Certs": [verifier.Ref(number)]}
    return later.revision({number: changed, later.new: COVER}, {"/DSS": store})


def signed_field_taken_out(later):
    form = later.pdf.walk("/AcroForm")
    kept = [one for one in later.pdf.get(form["/Fields"]) if one.number != later.field[0]]
    changed = {**form, "/Fields": kept}
    own = later.catalogue["/AcroForm"]
    if isinstance(own, verifier.Ref):
        return later.revision({own.number: written(changed)})
    return later.revision({}, {"/AcroForm": changed})


def covering_field(later):
    return later.with_field(**{"/Rect": [0, 0, 600, 850]})


LATER = (
    other_appearance,
    other_drawing,
    other_name,
    other_place,
    hidden_field,
    freed_drawing,
    taken_for_a_store,
    signed_field_taken_out,
    covering_field,
)


def test_after_it_what_proves_certificates_may_still_come(folder, later, key):
    for made in (later.revision({}), later.with_field(**{"/Rect": [0, 0, 0, 0]})):
        assert holds(folder, made)
        assert examine_seal(made, [key.facts.pem]).holds


@pytest.mark.parametrize("forge", LATER)
def test_what_it_shows_cannot_be_replaced(folder, later, key, forge):
    assert not holds(folder, forge(later))
    assert not examine_seal(forge(later), [key.facts.pem]).holds


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
