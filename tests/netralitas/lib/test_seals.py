"""A seal over a PDF: what it holds, that others find it valid, and that any change is found."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from netralitas.lib import seal_cms, seal_keys, seals
from netralitas.lib.coroutines import result_of
from netralitas.lib.seal_examination import (
    ADDED,
    ALTERED,
    BROKEN,
    NOT_A_PDF,
    OTHER_KEY,
    UNSEALED,
    examine_seal,
)
from netralitas.lib.seal_keys import SealError
from pledges.documents.pact import render_pact
from tests import seal_pki
from tests.pledges.documents import specimens

NOW = datetime.now(UTC)
PLAIN = seals.Terms(location="Dumai")


@pytest.fixture(scope="module")
def pdf():
    return render_pact(specimens.PNS, b'{"a":1}')


@pytest.fixture
def key(settings, tmp_path):
    seal_pki.use(settings, tmp_path, seal_pki.own_pkcs12())
    return seal_keys.current_key()


@pytest.fixture
def sealed(pdf, key):
    return seals.seal(pdf, key, PLAIN, NOW)


def examined(content, *keys):
    return examine_seal(content, [key.facts.pem for key in keys])


def gap_of(content):
    """Where the container stands, its brackets included."""
    start = content.rindex(b"/Contents <") + len("/Contents ")
    return start, content.index(b">", start) + 1


def countersigned(content, key):
    writer = IncrementalPdfFileWriter(BytesIO(content))
    metadata = PdfSignatureMetadata(field_name="Kepala", subfilter=SigSeedSubFilter.PADES)
    signer = PdfSigner(metadata, seal_cms.held(key), new_field_spec=SigFieldSpec("Kepala"))
    return result_of(signer.async_sign_pdf(writer)).getvalue()


def test_the_seal_is_added_after_bytes_that_stay_as_they_were(pdf, sealed):
    assert sealed.startswith(pdf)
    assert len(sealed) - len(pdf) < 6000


def test_what_is_sealed_is_told(sealed, key):
    seal = examined(sealed, key)
    assert (seal.faults, seal.holds, seal.is_sealed, seal.level) == ((), True, True, "B-B")
    assert (seal.fingerprint, seal.stamped_at, seal.later) == (key.facts.fingerprint, None, 0)
    assert abs(seal.sealed_at - NOW) < timedelta(seconds=2)


def test_the_signature_dictionary_says_who_sealed_where_and_why(sealed, key):
    with pikepdf.open(BytesIO(sealed)) as document:
        signature = document.Root.Perms.DocMDP
        assert str(signature.SubFilter) == "/ETSI.CAdES.detached"
        assert str(signature.Name) == "Pemerintah Kota Dumai"
        assert (str(signature.Location), str(signature.Reason)) == ("Dumai", seals.REASON)
        assert signature.Reference[0].TransformParams.P == 2


def test_pyhanko_itself_finds_the_seal_valid_and_the_document_unchanged(sealed, key):
    signature = PdfFileReader(BytesIO(sealed)).embedded_regular_signatures[0]
    trust = ValidationContext(trust_roots=[seal_cms.to_asn1(key.certificate)])
    status = result_of(async_validate_pdf_signature(signature, trust))
    assert (status.bottom_line, status.summary()) == (True, "INTACT:TRUSTED,UNTOUCHED")


def pdfsig(content, folder):
    path = folder / "pakta.pdf"
    path.write_bytes(content)
    command = shutil.which("pdfsig")
    assert command, "poppler-utils is not installed"
    done = subprocess.run([command, str(path)], capture_output=True, text=True, check=False)
    return [line.strip(" -") for line in done.stdout.splitlines()]


def test_poppler_finds_the_seal_valid_and_the_whole_document_signed(sealed, tmp_path):
    said = pdfsig(sealed, tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "Signature Type: ETSI.CAdES.detached" in said


def test_poppler_finds_a_changed_byte(sealed, tmp_path):
    changed = flipped(sealed, len(sealed) // 3)
    assert "Signature Validation: Digest Mismatch." in pdfsig(changed, tmp_path)


def test_a_sealed_pdf_a_stays_one(pdf, sealed):
    """Only what ISO 19005-3 asks of an incremental update: veraPDF is nowhere to be had."""
    with pikepdf.open(BytesIO(pdf)) as before, pikepdf.open(BytesIO(sealed)) as after:
        metadata = after.Root.Metadata.read_bytes()
        assert metadata == before.Root.Metadata.read_bytes()
        assert b'pdfaid:part="3"' in metadata
        assert dict(after.docinfo) == dict(before.docinfo)
        assert "/ID" in after.trailer
        assert "/NeedAppearances" not in after.Root.AcroForm
        waiting, widget = after.Root.AcroForm.Fields
        assert (waiting.T, waiting.FT, "/V" in waiting) == ("Mengetahui", "/Sig", False)
        assert (int(waiting.F), waiting.AP.N.Subtype) == (0b100, "/Form")
        flags, invisible_hidden_noview, printed = int(widget.F), 0b100011, 0b100
        assert (flags & invisible_hidden_noview, flags & printed) == (0, printed)
        # Of no size, so that it needs no appearance.
        assert [float(side) for side in widget.Rect] == [0, 0, 0, 0]
        assert "/AA" not in widget
        assert "/A" not in widget
        assert list(after.attachments) == list(before.attachments)


def test_the_container_is_the_one_that_pyhanko_would_make(pdf, sealed, key):
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=seals.FIELD, certify=True, subfilter=SigSeedSubFilter.PADES
        ),
        seal_cms.held(key),
    )
    stock = result_of(signer.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))).getvalue()
    ours, theirs = (parts_of(content) for content in (sealed, stock))
    assert ours == theirs


def parts_of(content):
    """A container as plain values, without what differs from one document to the next."""
    start, end = gap_of(content)
    parsed = cms.ContentInfo.load(bytes.fromhex(content[start + 1 : end - 1].decode())).native
    (info,) = parsed["content"]["signer_infos"]
    info.pop("signature")
    for attribute in info["signed_attrs"]:
        if attribute["type"] == "message_digest":
            attribute["values"] = []
    return parsed


@pytest.mark.parametrize(
    "private_key",
    [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 3072)],
    ids=["P-384", "RSA"],
)
def test_other_keys_seal_as_well(pdf, settings, tmp_path, private_key):
    seal_pki.use(settings, tmp_path, seal_pki.own_pkcs12(key=private_key))
    key = seal_keys.current_key()
    content = seals.seal(pdf, key, PLAIN, NOW)
    assert examined(content, key).holds
    assert "Signature Validation: Signature is Valid." in pdfsig(content, tmp_path)


def test_ecdsa_signatures_of_any_length_fit(pdf, key):
    made = [seals.seal(pdf, key, PLAIN, NOW) for _ in range(40)]
    assert {len(content) for content in made} == {len(made[0])}
    assert all(examined(content, key).holds for content in made[:5])


@pytest.mark.parametrize("region", ["document", "dictionary", "container", "end"])
def test_any_changed_byte_is_found(sealed, key, pdf, region):
    start, end = gap_of(sealed)
    positions = {
        "document": range(0, len(pdf), len(pdf) // 60),
        "dictionary": range(len(pdf), start, 17),
        "container": range(start, end, 13),
        "end": [*range(end, len(sealed) - 1, 29), len(sealed) - 2],
    }[region]
    unnoticed = [
        position for position in positions if examined(flipped(sealed, position), key).holds
    ]
    assert unnoticed == []


def flipped(content, position):
    """The content with another byte at a position: in the container another digit."""
    changed = bytearray(content)
    start, end = gap_of(content)
    if start < position < end - 1:
        changed[position] = ord("1") if content[position] == ord("0") else ord("0")
    else:
        changed[position] ^= 1
    return bytes(changed)


def test_digits_written_otherwise_are_found(sealed, key):
    start, end = gap_of(sealed)
    lower = sealed[:start] + sealed[start:end].lower() + sealed[end:]
    assert examined(lower, key).faults == (BROKEN,)


@pytest.mark.parametrize("more", [b"\n", b"%%EOF\n", b"<script>", bytes(2000)])
def test_bytes_after_the_end_are_found(sealed, key, more):
    assert examined(sealed + more, key).faults in [(ADDED,), (NOT_A_PDF,)]


def test_bytes_in_the_document_are_told_as_an_alteration(sealed, key):
    position = sealed.index(b"WeasyPrint") if b"WeasyPrint" in sealed else 20_000
    assert ALTERED in examined(flipped(sealed, position), key).faults


def test_a_page_added_after_the_seal_is_found(sealed, key):
    with pikepdf.open(BytesIO(sealed)) as document:
        document.add_blank_page()
        rewritten = BytesIO()
        document.save(rewritten)
    assert not examined(rewritten.getvalue(), key).holds
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/Lang"] = writer.root["/Type"]
    writer.update_root()
    output = BytesIO()
    writer.write(output)
    assert examined(output.getvalue(), key).faults == (ADDED,)


def test_a_countersignature_leaves_the_seal_valid(sealed, key, tmp_path):
    content = countersigned(sealed, key)
    seal = examined(content, key)
    assert (seal.faults, seal.later) == ((), 1)
    said = pdfsig(content, tmp_path)
    assert said.count("Signature Validation: Signature is Valid.") == 2
    assert not examined(flipped(content, len(sealed) // 2), key).holds


def test_the_seal_of_another_is_not_ours(pdf, sealed, key, settings, tmp_path):
    seal_pki.use(settings, tmp_path, seal_pki.own_pkcs12())
    other = seal_keys.current_key()
    assert examined(sealed, other).faults == (OTHER_KEY,)
    assert examined(sealed).faults == (OTHER_KEY,)
    assert examined(seals.seal(pdf, other, PLAIN, NOW), key, other).holds


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", bytes(10_000)])
def test_what_is_no_pdf_is_said_to_be_none(content, key):
    assert examined(content, key).faults == (NOT_A_PDF,)


def test_an_unsealed_pdf_is_said_to_be_unsealed(pdf, key):
    seal = examined(pdf, key)
    assert (seal.faults, seal.is_sealed, seal.level) == ((UNSEALED,), False, "")


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-3, "Sertifikat segel baru berlaku mulai "), (400, "Sertifikat segel kedaluwarsa sejak ")],
)
def test_nothing_is_sealed_outside_the_certificates_time(pdf, key, days, sentence):
    with pytest.raises(SealError, match=f"^{sentence}"):
        seals.seal(pdf, key, PLAIN, NOW + timedelta(days=days))


def test_what_is_no_pdf_is_not_sealed(key):
    with pytest.raises(SealError, match="^Berkas PDF tidak dapat disegel.$"):
        seals.seal(b"bukan PDF", key, PLAIN, NOW)


def test_a_seal_holds_after_its_certificate_has_ended(sealed, key):
    with time_machine.travel(NOW + timedelta(days=800)):
        assert examined(sealed, key).holds
