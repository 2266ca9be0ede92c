"""What came after the seal: further signatures and time stamps, and nothing else unnoticed."""

import re
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator import ValidationContext

from netralitas.lib import seal_cms, seals, timestamps
from netralitas.lib.coroutines import result_of
from tests import seal_pki

from .making import NOW, faults, holds, seal_key, verifier


def countersigned(content, key, alter=lambda writer: None):
    """A second signature over everything, as the head of an agency gives it."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    alter(writer)
    metadata = PdfSignatureMetadata(field_name="Kepala", subfilter=SigSeedSubFilter.PADES)
    signer = PdfSigner(metadata, seal_cms.held(key), new_field_spec=SigFieldSpec("Kepala"))
    return result_of(signer.async_sign_pdf(writer)).getvalue()


def test_a_countersignature_leaves_the_seal_as_it_was(folder, sealed, key):
    made = countersigned(sealed, key)
    assert holds(folder, made)
    for place in range(0, len(made), 211):
        changed = bytearray(made)
        changed[place] ^= 0x01
        assert not holds(folder, bytes(changed)), place


def draw_over(writer):
    """Replace what the page shows by something else."""
    page = writer.root["/Pages"]["/Kids"][0]
    content = page.raw_get("/Contents").get_object()
    content._data, content._encoded_data = b"0 0 m", None
    writer.update_container(content)


def turn_page(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = writer.add_object(page["/MediaBox"][0])
    writer.update_container(page)


@pytest.mark.parametrize("alter", [draw_over, turn_page])
def test_a_page_that_was_changed_under_a_countersignature_is_found(folder, sealed, key, alter):
    found = faults(folder, countersigned(sealed, key, alter))
    assert [line.partition(":")[0] for line in found] == ["Tambahan sesudah segel"]


@pytest.fixture(scope="module")
def stamps():
    """A time-stamp authority without its network."""
    services = seal_pki.Services()
    services.open(1)
    return services


@pytest.fixture(scope="module")
def stamped(unsealed, key, stamps):
    return seals.seal(unsealed, key, seals.Terms("B-T", "Dumai", stamps.stamper), NOW)


def test_a_time_stamp_in_the_seal_is_checked_too(folder, stamped, unsealed, stamps):
    assert holds(folder, stamped)
    root = issuer_in(stamped, stamps)
    for place in {*range(len(unsealed), len(stamped), 41)} - root:
        changed = bytearray(stamped)
        changed[place] ^= 0x01
        assert not holds(folder, bytes(changed)), place


def issuer_in(content, stamps):
    """Where the authority's own certificate names its issuer: with another name nobody knows
    whether it should have signed itself."""
    der = stamps.authority.certificate.public_bytes(Encoding.DER)
    name = stamps.authority.certificate.issuer.public_bytes()
    at = der.index(name)
    places = set()
    for match in re.finditer(der.hex().upper().encode(), content):
        places |= set(range(match.start() + 2 * at, match.start() + 2 * (at + len(name))))
    assert places
    return places


def test_a_time_stamp_over_the_document_may_follow_the_seal(folder, stamped, stamps):
    trust = ValidationContext(
        trust_roots=[seal_cms.to_asn1(stamps.authority.certificate)], allow_fetching=False
    )
    target, writer = BytesIO(), IncrementalPdfFileWriter(BytesIO(stamped))
    stamper = PdfTimeStamper(stamps.stamper)
    result_of(stamper.async_timestamp_pdf(writer, "sha256", trust, output=target))
    made = target.getvalue()
    assert holds(folder, made)
    (stamp,) = [one for name, one in verifier.Pdf(made).seals() if name != verifier.SEAL_FIELD]
    covered = stamp["/ByteRange"][2] + stamp["/ByteRange"][3]
    for place in {*range(len(stamped), covered, 211)} - issuer_in(made, stamps):
        changed = bytearray(made)
        changed[place] ^= 0x01
        assert not holds(folder, bytes(changed)), place


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_a_seal_of_each_level_holds(folder, unsealed, tmp_path, level):
    timestamps.forget()
    with seal_pki.serving() as services:
        private_key = ec.generate_private_key(ec.SECP256R1())
        authority = services.authority.certificate
        certificate = services.authority.vouch_for("Pemerintah Kota Dumai", private_key)
        key = seal_key(tmp_path, seal_pki.pkcs12_of(private_key, certificate, [authority]))
        roots = tmp_path / "akar.pem"
        roots.write_bytes(authority.public_bytes(Encoding.PEM))
        stamper = timestamps.BoundedTimeStamper(services.url)
        terms = seals.Terms(level, "Dumai", stamper, timestamps.trust_in(roots, NOW))
        made = seals.seal(unsealed, key, terms, NOW)
        assert holds(folder, made)
        assert holds(folder, countersigned(made, key))
    timestamps.forget()
