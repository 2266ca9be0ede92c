"""The organisation's key for seals: a private key with its certificate, from a PKCS#12 file.

A key is parsed once in the life of a process (parsing costs more than sealing), and again if its
file is replaced. Without a file of one's own there is a demo key, which says so in its certificate.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from .canonical import sha256_hex
from .errors import Refusal

DEMO_FILE = "kunci-segel-demo.p12"
DEMO_ORGANISATION = "Netralitas – kunci demo"
DEMO_YEARS = 10
WORTH_A_WARNING = timedelta(days=30)
# What a SEAL_PKCS12 says on a machine that is to seal nothing.
NO_KEY = "none"


class SealError(Refusal):
    """Nothing can be sealed now; the message says why."""

    status = 409


class Delayed(SealError):
    """Something outside this installation is away; nothing is sealed at a lower level instead."""


class KeyMissing(SealError):
    """This machine has no key: another one seals."""

    def __init__(self):
        super().__init__("Kunci segel tidak ada pada mesin ini.")


class KeyUnreadable(SealError):
    """There is a file, but no key comes out of it."""


@dataclass(frozen=True)
class CertificateFacts:
    """What can be told of a certificate to whoever lacks the key; `pem` holds its chain as well."""

    pem: str
    fingerprint: str
    subject: str
    not_before: datetime
    not_after: datetime
    is_demo: bool


@dataclass(frozen=True)
class SealKey:
    """A private key (P-256 or another curve of NIST, or RSA), its certificate, and its chain."""

    private_key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    facts: CertificateFacts


def key_file():
    """Where the key of this installation lies, or is to lie; None where nothing is to be sealed."""
    named = settings.SEAL_PKCS12
    if named.lower() == NO_KEY:
        return None
    return Path(named) if named else Path(settings.DATA_DIR) / DEMO_FILE


def current_key():
    """The key to seal with. Raises KeyMissing and KeyUnreadable."""
    path = key_file()
    try:
        stat = path.stat() if path else None
    except FileNotFoundError:
        stat = None
    except OSError as error:
        raise KeyUnreadable("Berkas kunci segel tidak dapat dibuka.") from error
    if stat is None:
        raise KeyMissing
    password = settings.SEAL_PKCS12_PASSWORD if settings.SEAL_PKCS12 else ""
    return _read_key(path, stat.st_mtime_ns, stat.st_size, stat.st_ino, password)


@lru_cache(maxsize=4)
def _read_key(path, *identity):
    """The key in a file; `identity` is what another file under this name would differ in, and last
    the password."""
    password = identity[-1].encode() or None
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(path.read_bytes(), password)
    except OSError as error:
        raise KeyUnreadable("Berkas kunci segel tidak dapat dibuka.") from error
    except ValueError as error:
        raise KeyUnreadable(
            "Berkas kunci segel bukan PKCS#12, atau kata sandinya salah."
        ) from error
    if certificate is None or not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise KeyUnreadable("Berkas kunci segel tidak memuat kunci EC atau RSA beserta sertifikat.")
    return SealKey(key, certificate, tuple(chain), facts_of(certificate, chain))


def facts_of(certificate, chain=()):
    """What is to be known of a certificate of cryptography's, and of who vouches for it."""
    organisation = [
        attribute.value
        for attribute in certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    ]
    common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    names = [*(attribute.value for attribute in common), *organisation]
    return CertificateFacts(
        pem="".join(each.public_bytes(Encoding.PEM).decode() for each in (certificate, *chain)),
        fingerprint=sha256_hex(certificate.public_bytes(Encoding.DER)),
        subject=", ".join(dict.fromkeys(names)) or certificate.subject.rfc4514_string(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        is_demo=DEMO_ORGANISATION in organisation,
    )


def ensure_demo_key(now):
    """Make the demo key if this installation names no key and has none yet.

    Of several processes that do so at once one key stays: a link to a finished file is made, which
    fails where there is one.
    """
    path = key_file()
    if settings.SEAL_PKCS12 or path.exists():
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".kunci-")  # readable by its owner
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(demo_pkcs12(now))
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()


def demo_pkcs12(now):
    """A new P-256 key with a certificate that it signs itself, as PKCS#12 without password."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEMO_ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, DEMO_ORGANISATION),
        ]
    )
    certificate = self_signed(key, name, now, now + timedelta(days=365 * DEMO_YEARS))
    return pkcs12.serialize_key_and_certificates(
        DEMO_ORGANISATION.encode(), key, certificate, None, NoEncryption()
    )


def self_signed(key, name, not_before, not_after):
    """A certificate for sealing documents that nobody but its key vouches for."""
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before.astimezone(UTC) - timedelta(minutes=5))
        .not_valid_after(not_after.astimezone(UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
