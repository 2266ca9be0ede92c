"""The verifier that anybody runs alone: what it finds right, and that it finds whatever is not."""

import ast
import json
import os
import random
import subprocess
import sys
import zlib
from io import BytesIO
from types import SimpleNamespace

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from netralitas.lib import seals
from netralitas.lib.canonical import canonical
from pledges.documents.pact import render_pact
from pledges.services.register_proofs import file_of
from tests import seal_pki
from tests.guards.repository import BASE_DIR
from tests.pledges.documents import specimens

from .making import (
    FILE,
    NOW,
    PLAIN,
    PUBLIC,
    RECORD,
    faults,
    holds,
    paths,
    register_files,
    seal_key,
    verifier,
)

# Alone ------------------------------------------------------------------------------------------


def test_it_needs_nothing_but_python_and_cryptography():
    names = set()
    for node in ast.walk(ast.parse(FILE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.split(".")[0])
    assert names - sys.stdlib_module_names == {"cryptography"}


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-I", FILE, *paths(folder), *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_it_says_in_words_what_holds_and_of_whom(folder, key):
    done = run(folder, "--key", PUBLIC, "--cert", key.facts.fingerprint)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "Semua cocok."
    for words in (
        "[COCOK]  Segel organisasi pada PDF",
        "Penyegel: O=Pemerintah Kota Dumai,C=ID",
        "[COCOK]  Catatan di dalam PDF ada di register",
        "[COCOK]  Kepala register ditandatangani",
        "Penanda tangan: Siti Rahmawati, Dinas Kesehatan",
        "Register https://netralitas.example.go.id: nomor 6 dari",
        "13 isi, kepala dibuat 2023-01-11T01:14:07+00:00",
    ):
        assert words in done.stdout


def test_it_ends_with_1_and_says_what_does_not_hold(folder):
    done = run(folder, "--key", "ab" * 32)
    assert done.returncode == 1
    assert "[TIDAK]  Kepala register ditandatangani: kepala ditandatangani kunci lain." in (
        done.stdout.splitlines()
    )
    assert done.stdout.splitlines()[-1].startswith("Ada yang TIDAK cocok")


@pytest.mark.parametrize("name", ["pact.pdf", "proof.json", "head.json"])
def test_it_ends_with_2_for_a_file_that_cannot_be_read(folder, name):
    (folder / name).write_bytes(b"\xff\xfe")
    done = run(folder)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith("[GAGAL]  ")
    (folder / name).unlink()
    assert run(folder).returncode == 2


def test_an_unknown_key_is_shown_when_none_was_expected(folder):
    findings = verifier.verify(*paths(folder))
    assert findings.ok
    assert any(PUBLIC in line for line in findings.lines)


# The register -----------------------------------------------------------------------------------


def change(folder, name, **values):
    path = folder / name
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("proof.json", {"index": 4}),
        ("proof.json", {"index": -1}),
        ("proof.json", {"index": 13}),
        ("proof.json", {"path": []}),
        ("proof.json", {"path": ["00" * 32] * 4}),
        ("proof.json", {"path": ["00" * 32] * 9}),
        ("proof.json", {"path": ["zz"]}),
        ("proof.json", {"leaf": "00" * 32}),
        ("proof.json", {"root": "00" * 32}),
        ("head.json", {"root": "00" * 32}),
        ("head.json", {"made_at": "2024-01-11T01:14:07+00:00"}),
        ("head.json", {"installation": "https://lain.example.go.id"}),
        ("head.json", {"signature": "00" * 64}),
        ("head.json", {"signature": "zz"}),
        ("head.json", {"key": "ab" * 32}),
    ],
)
def test_a_changed_proof_or_head_does_not_hold(folder, name, values):
    change(folder, name, **values)
    assert len(faults(folder)) >= 1


@pytest.mark.parametrize("name", ["proof.json", "head.json"])
def test_a_proof_under_another_head_is_told_with_the_way_to_the_right_one(folder, name):
    change(folder, name, size=14)
    done = run(folder)
    assert done.returncode == 2
    wanted = json.loads((folder / "head.json").read_text())["size"]
    assert f"unduh bukti.json?kepala={wanted}" in done.stdout
    assert "jangan percayai" not in done.stdout


def test_it_says_where_alone_an_annulment_can_be_seen(folder):
    told = json.loads(RECORD)
    address = f"{json.loads((folder / 'head.json').read_text())['installation']}/v/"
    assert f"{address}{told['receipt']}/" in run(folder).stdout


@pytest.mark.parametrize("values", [{"size": True}, {"size": "13"}, {"more": 1}, {"format": "x"}])
def test_what_is_no_proof_is_not_read(folder, values):
    change(folder, "proof.json", **values)
    with pytest.raises(verifier.Unreadable, match=r"bukan berkas netralitas-proof-1"):
        verifier.verify(*paths(folder))


def test_a_proof_of_another_record_does_not_hold(folder):
    proof, head = register_files(RECORD + b" ")
    (folder / "proof.json").write_bytes(canonical(proof))
    (folder / "head.json").write_bytes(canonical(head))
    assert faults(folder) == [
        "Catatan di dalam PDF ada di register: bukti ini milik catatan lain, bukan catatan di "
        "dalam pakta."
    ]


def test_in_a_pack_s_file_of_many_proofs_the_own_one_is_found(folder):
    own = (folder / "proof.json").read_bytes()
    other = canonical(register_files(RECORD + b" ")[0])
    (folder / "proof.json").write_bytes(in_one_file(other, own))
    assert verifier.verify(*paths(folder)).ok
    (folder / "proof.json").write_bytes(in_one_file(other))
    with pytest.raises(verifier.Unreadable, match="tidak memuat bukti bagi pakta ini"):
        verifier.verify(*paths(folder))


def in_one_file(*proofs):
    return b"".join(file_of([SimpleNamespace(file=lambda one=one: one) for one in proofs]))


@pytest.mark.parametrize("proofs", ["1", "{}", "[1, [], null]", '[{"leaf": 1}]'])
def test_a_file_of_many_proofs_that_holds_none_is_not_read(folder, proofs):
    text = f'{{"format": "netralitas-proofs-1", "proofs": {proofs}}}'
    (folder / "proof.json").write_text(text)
    with pytest.raises(verifier.Unreadable):
        verifier.verify(*paths(folder))


def test_a_log_of_ones_own_is_told_by_its_key(folder):
    proof, head = register_files(key=Ed25519PrivateKey.generate())
    (folder / "head.json").write_bytes(canonical(head))
    assert holds(folder)
    assert faults(folder, key=PUBLIC) == [
        "Kepala register ditandatangani: kepala ditandatangani kunci lain."
    ]


# The PDF ----------------------------------------------------------------------------------------


def test_any_byte_that_is_changed_is_found(folder, sealed, unsealed):
    chance = random.Random(7)
    places = {*range(0, len(sealed), 97), *range(len(unsealed), len(sealed), 5)}
    for place in sorted(places):
        changed = bytearray(sealed)
        changed[place] ^= chance.choice([0x01, 0x20, 0x80, 0xFF])
        assert not holds(folder, bytes(changed)), place


@pytest.mark.parametrize("end", [b"\n", b" ", b"%", b"\0"])
def test_anything_added_or_cut_off_is_found(folder, sealed, end):
    assert not holds(folder, sealed + end)
    assert not holds(folder, sealed[:-1])
    assert not holds(folder, sealed + sealed)
    assert not holds(folder, sealed + b"startxref\n0\n%%EOF")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"startxref\n0\n%%EOF", b"startxref"])
def test_what_is_no_pdf_is_not_read(folder, content):
    (folder / "pact.pdf").write_bytes(content)
    with pytest.raises(verifier.Unreadable):
        verifier.verify(*paths(folder))


def test_an_unsealed_pact_is_told(folder, unsealed):
    assert faults(folder, unsealed) == ["Segel organisasi: berkas ini tidak bersegel."]


def test_a_seal_by_another_key_is_told_by_its_certificate(folder, unsealed, key, tmp_path):
    other = seals.seal(unsealed, seal_key(tmp_path, seal_pki.own_pkcs12("Lain")), PLAIN, NOW)
    assert holds(folder, other)
    expected = {"certificate": key.facts.fingerprint.upper()}
    assert faults(folder, other, **expected) == ["Sertifikat segel: lain."]


def test_a_seal_by_an_rsa_key_with_its_chain_holds(folder, unsealed, tmp_path):
    authority, own = seal_pki.Authority("http://127.0.0.1/crl"), seal_pki.rsa_key("segel")
    certificate = authority.vouch_for("Pemerintah Kota Dumai", own)
    content = seal_pki.pkcs12_of(own, certificate, [authority.certificate])
    assert isinstance(own, rsa.RSAPrivateKey)
    made = seals.seal(unsealed, seal_key(tmp_path, content), PLAIN, NOW)
    assert holds(folder, made)
    for place in range(len(unsealed), len(made), 37):
        changed = bytearray(made)
        changed[place] ^= 0x01
        assert not holds(folder, bytes(changed)), place


def test_a_record_that_was_replaced_before_sealing_is_found_by_the_register(folder, key):
    other = render_pact(specimens.PNS, RECORD.replace(b"Siti", b"Sita"))
    found = faults(folder, seals.seal(other, key, PLAIN, NOW))
    assert [line.partition(":")[0] for line in found] == ["Catatan di dalam PDF ada di register"]


@pytest.mark.parametrize("record", [b"bukan JSON", b"[]", b"{}", b'{"signer": 1}'])
def test_an_attachment_that_is_no_record_is_told(folder, key, record):
    pdf = seals.seal(render_pact(specimens.PNS, record), key, PLAIN, NOW)
    assert "Catatan di dalam PDF terbaca: tidak terbaca." in faults(folder, pdf)


@pytest.mark.parametrize("packed", [False, True])
def test_other_ways_to_write_the_same_pdf_are_read(folder, unsealed, key, packed):
    target = BytesIO()
    with pikepdf.open(BytesIO(unsealed)) as pdf:
        mode = pikepdf.ObjectStreamMode
        streams = mode.generate if packed else mode.disable
        pdf.save(target, object_stream_mode=streams, compress_streams=packed)
    assert holds(folder, seals.seal(target.getvalue(), key, PLAIN, NOW))


# Details of its readers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"(a(b)\\)\\n\\101\\\n)", b"a(b))\nA"),
        (b"<4 1 4>", b"A@"),
        (b"<</A[1 -2.5 true null]/B 3 0 R>>", {"/A": [1, -2.5, True, None], "/B": verifier.Ref(3)}),
        (b"% note\r\n/Name", "/Name"),
        (b"/ ", "/"),
        (b"12 0 Rx", 12),
    ],
)
def test_values_of_a_pdf_are_read(written, value):
    assert verifier.parse(written, 0)[0] == value


def test_rows_predicted_from_the_row_above_are_read():
    rows = b"\x02\x01\x02\x02\x01\x01\x00\x05\x05"
    settings = {"/Predictor": 12, "/Columns": 2}
    info = {"/Filter": "/FlateDecode", "/DecodeParms": settings}
    stream = verifier.Stream(info, zlib.compress(rows))
    assert verifier.decoded(stream) == b"\x01\x02\x02\x03\x05\x05"


@pytest.mark.parametrize("raw", ["", "30", "3081", "30810100", "30820001", "3002aa"])
def test_only_der_is_taken_for_der(raw):
    with pytest.raises(verifier.DoesNotHold):
        verifier.der(bytes.fromhex(raw))


def test_a_nested_bomb_ends_as_unreadable(folder):
    bomb = b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF"
    (folder / "pact.pdf").write_bytes(bomb)
    with pytest.raises(verifier.Unreadable):
        verifier.verify(*paths(folder))


def test_its_place_is_where_the_documents_say():
    assert str(FILE.relative_to(BASE_DIR)) == "verifier/verify_pact.py"
