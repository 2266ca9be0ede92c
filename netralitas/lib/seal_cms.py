"""The CMS container of a seal, made from a model that pyHanko built once for the key.

Two containers of one key differ in the digest of the document and in the signature over it alone.
Building one anew takes pyHanko longer than all else that sealing does.
"""

from functools import lru_cache

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign import Signer
from pyhanko.sign.signers.pdf_cms import select_suitable_signing_md
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from .coroutines import result_of

SEQUENCE, SET, OCTETS = 0x30, 0x31, 0x04
CONTEXT_0 = 0xA0
SHORT_FORM = 0x80


class HeldKey(Signer):
    """Signs with a private key that is parsed already; pyHanko's own would parse it each time.

    Without a private key it signs nothing, but tells what a container would look like.
    """

    def __init__(self, certificate, chain, private_key=None):
        store = SimpleCertificateStore()
        store.register_multiple(map(to_asn1, chain))
        super().__init__(signing_cert=to_asn1(certificate), cert_registry=store)
        self.private_key = private_key
        self.longest = longest_signature(certificate.public_key())
        self.digest = select_suitable_signing_md(self.signing_cert.public_key)

    def sign(self, data):
        """The signature over `data`; RSA with the padding of PKCS#1."""
        algorithm = get_pyca_cryptography_hash(self.digest)
        if isinstance(self.private_key, ec.EllipticCurvePrivateKey):
            return self.private_key.sign(data, ec.ECDSA(algorithm))
        return self.private_key.sign(data, padding.PKCS1v15(), algorithm)

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        """What pyHanko asks for."""
        return self.sign(data) if self.private_key else bytes(self.longest)


class Containers:
    """Makes the CMS containers of one certificate with its chain, by a model of pyHanko's."""

    def __init__(self, certificate, chain):
        self.signer = HeldKey(certificate, chain)
        empty = bytes(get_pyca_cryptography_hash(self.signer.digest).digest_size)
        model = result_of(self.signer.async_sign(empty, self.signer.digest, use_pades=True))
        signed_data = model["content"]
        info = signed_data["signer_infos"][0]
        self.content_type = model["content_type"].dump()
        self.before_infos = b"".join(
            signed_data[name].dump()
            for name in ("version", "digest_algorithms", "encap_content_info", "certificates")
        )
        self.before_attributes = b"".join(
            info[name].dump() for name in ("version", "sid", "digest_algorithm")
        )
        self.attributes = [
            attribute.dump()
            for attribute in info["signed_attrs"]
            if attribute["type"].native != "message_digest"
        ]
        self.signature_algorithm = info["signature_algorithm"].dump()
        # As digits in a PDF, and a few more: the lengths that stand before a signature may grow.
        self.room = 2 * (len(model.dump()) + 16)

    def to_sign(self, document_digest):
        """What is signed for a document of this digest: the members of a set of DER."""
        digest = cms.CMSAttribute({"type": "message_digest", "values": [document_digest]})
        # DER sorts a set by the bytes of its members.
        return b"".join(sorted([*self.attributes, digest.dump()]))

    def container(self, document_digest, sign, unsigned=b""):
        """The DER bytes of the container; `sign` gives the signature over bytes.

        `unsigned` is what time-stamp servers added, as it stands in a container.
        """
        attributes = self.to_sign(document_digest)
        info = _der(
            SEQUENCE,
            self.before_attributes
            + _der(CONTEXT_0, attributes)
            + self.signature_algorithm
            + _der(OCTETS, sign(_der(SET, attributes)))
            + unsigned,
        )
        signed_data = _der(SEQUENCE, self.before_infos + _der(SET, info))
        return _der(SEQUENCE, self.content_type + _der(CONTEXT_0, signed_data))


@lru_cache(maxsize=16)
def containers_of(certificate, chain):
    """The maker of containers for a certificate, built once in the life of a process."""
    return Containers(certificate, chain)


@lru_cache(maxsize=4)
def held(key):
    """The signer of a SealKey, for pyHanko."""
    return HeldKey(key.certificate, key.chain, key.private_key)


def longest_signature(public_key):
    """How many bytes a signature of this key may have: EC ones are two integers of DER."""
    if isinstance(public_key, ec.EllipticCurvePublicKey):
        return 2 * ((public_key.key_size + 7) // 8 + 3) + 3
    return public_key.key_size // 8


def to_asn1(certificate):
    """A certificate of cryptography's as pyHanko takes it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _der(tag, content):
    """One value of DER: its tag, its length, its content."""
    length = len(content)
    if length < SHORT_FORM:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, SHORT_FORM | len(size)]) + size + content
