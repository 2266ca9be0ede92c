"""Keys, certificates and authorities for seals, and a time-stamp server on this machine."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from netralitas.lib import seal_keys
from netralitas.lib.seal_cms import to_asn1

PASSWORD = "kata sandi segel"
DAY = timedelta(days=1)
YEAR = 365 * DAY


def name_of(text):
    """The name of an organisation as certificates write it."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, text),
        ]
    )


@cache
def rsa_key(purpose):
    """An RSA key, made once: that takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pkcs12_of(key, certificate, chain=(), password=PASSWORD):
    """What the authority hands over to the organisation."""
    locked = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"segel", key, certificate, list(chain), locked)


def own_pkcs12(organisation="Pemerintah Kota Dumai", *, key=None, begins=-DAY, ends=YEAR):
    """A key whose certificate nobody else vouches for; it is valid between these times from now."""
    key, now = key or ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    certificate = seal_keys.self_signed(key, name_of(organisation), now + begins, now + ends)
    return pkcs12_of(key, certificate)


def use(settings, folder, content, password=PASSWORD):
    """Have the installation seal with this PKCS#12; returns where it lies."""
    path = folder / "segel.p12"
    path.write_bytes(content)
    settings.SEAL_PKCS12, settings.SEAL_PKCS12_PASSWORD = str(path), password
    return path


class Authority:
    """A certificate authority whose list of revoked certificates lies at `crl_address`."""

    def __init__(self, crl_address):
        self.key, self.name = rsa_key("akar"), name_of("Akar Uji")
        self.crl_address, self.revoked = crl_address, []
        self.certificate = (
            self._builder(self.name, self.key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self.key, SHA256())
        )

    def _builder(self, subject, key):
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY)
            .not_valid_after(now + YEAR)
        )

    def vouch_for(self, subject, key, usage=None):
        """A certificate for somebody; `usage` is what alone the key may be used for."""
        builder = self._builder(name_of(subject), key).add_extension(
            x509.CRLDistributionPoints(
                [
                    x509.DistributionPoint(
                        [x509.UniformResourceIdentifier(self.crl_address)], None, None, None
                    )
                ]
            ),
            critical=False,
        )
        if usage:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        allowed = dict.fromkeys(
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
        builder = builder.add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **allowed),
            critical=True,
        )
        return builder.sign(self.key, SHA256())

    def crl(self):
        """Which certificates it has revoked."""
        now = datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.name)
            .last_update(now - timedelta(minutes=1))
            .next_update(now + DAY)
        )
        for certificate in self.revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(certificate.serial_number)
                .revocation_date(now - timedelta(hours=1))
                .build()
            )
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.DER)


class Services:
    """What a time-stamp server and an authority offer over HTTP; `manner` is how it answers."""

    def __init__(self):
        self.manner, self.requests, self.let_go = "well", 0, threading.Event()

    def open(self, port):
        """Begin to serve at a port of this machine."""
        self.url = f"http://127.0.0.1:{port}/tsr"
        self.authority = Authority(f"http://127.0.0.1:{port}/akar.crl")
        key = rsa_key("stempel waktu")
        certificate = self.authority.vouch_for(
            "Stempel Waktu Uji", key, ExtendedKeyUsageOID.TIME_STAMPING
        )
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self.stamper = DummyTimeStamper(
            to_asn1(certificate),
            keys.PrivateKeyInfo.load(der),
            certs_to_embed=[to_asn1(self.authority.certificate)],
        )

    def stamp(self, request):
        """A stamp for the DER of a request."""
        return self.stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()


class Handler(BaseHTTPRequestHandler):
    """Answers as its `services` are told to."""

    services = None

    def do_GET(self):
        self.answer(self.services.authority.crl(), "application/pkix-crl")

    def do_POST(self):
        services = self.services
        services.requests += 1
        request = self.rfile.read(int(self.headers["Content-Length"]))
        if services.manner == "hangs":
            services.let_go.wait(30)
        elif services.manner == "fails":
            self.send_error(500)
        elif services.manner == "rubbish":
            self.answer(b"<html>Selamat datang</html>", "text/html")
        elif services.manner == "floods":
            self.answer(bytes(4 * 1024 * 1024), "application/timestamp-reply")
        elif services.manner == "another":
            first = services.stamp(tsp.TimeStampReq.load(request).dump())
            self.answer(first.replace(b"Stempel Waktu Uji", b"Stempel Waktu Iju"), "x/y")
        else:
            self.answer(services.stamp(request), "application/timestamp-reply")

    def answer(self, body, content_type):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the client has read enough

    def log_message(self, *arguments):
        """Says nothing."""


@contextmanager
def serving():
    """Services on a free port of this machine, until the end of the context."""
    services = Services()
    handler = type("OwnHandler", (Handler,), {"services": services})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        services.open(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield services
        finally:
            services.let_go.set()
            server.shutdown()
            thread.join()
