"""Pacts per second, rendered and sealed, against the naive way; and whether memory stays flat."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import cycle
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.template.loader import render_to_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from weasyprint import HTML

from benchmarks.field import ceremony_of
from benchmarks.measure import in_turns, seconds
from netralitas.lib import seal_keys
from netralitas.lib.codes import grouped, new_receipt
from netralitas.lib.seals import Terms, seal
from pledges.documents.pact import render_pact
from pledges.documents.pact_context import Common, pact_context
from pledges.documents.pact_page import DENSITIES, pictures_of
from pledges.documents.pdf import printable
from pledges.models import Signature
from tests.factories import sign

PEOPLE, AGENCIES = 24, 4
ROUNDS = 15
MANY, SAMPLES = 5_000, (500, 2_500, 5_000)
PASSWORD = b"rahasia"


def naive(context, key_file):
    """A plain script: one call with the stylesheet inside, nothing reused, no record, no PDF/A;
    then pyHanko as its manual shows it, with an RSA key of 3072 bits read each time.
    """
    signer = SimpleSigner.load_pkcs12(key_file, passphrase=PASSWORD)
    writer = IncrementalPdfFileWriter(BytesIO(plain(context)))
    return sign_pdf(writer, PdfSignatureMetadata(field_name="Segel"), signer=signer).getvalue()


def plain(context):
    """The same page by one plain call."""
    pact = printable(context)
    values = {"pact": pact, "pictures": pictures_of(pact), "spoken_name": pact.signer_name}
    html = render_to_string("pdf/pact.html", {**values, "density": DENSITIES[0]})
    css = render_to_string("pdf/pact.css")
    return HTML(string=html.replace("</head>", f"<style>{css}</style></head>")).write_pdf()


def ours(context, record, key):
    """What the worker does for one pact before it stores it."""
    return seal(render_pact(context, record), key, Terms(), datetime.now(UTC))


def run():
    """Yield the benchmark's lines."""
    ceremony = ceremony_of(PEOPLE, AGENCIES)
    for participant in ceremony.participants.all():
        sign(participant)
    signatures = list(Signature.objects.for_pact())
    records = [signature.record.encode() for signature in signatures]
    common = Common()
    looked_up = [timed(pact_context, signature, common) for signature in signatures]
    contexts = [context for _, context in looked_up]
    key = _seal_key()
    with tempfile.TemporaryDirectory() as folder:
        key_file = _rsa_key(folder)
        pairs = cycle(zip(contexts, records, strict=True))
        first = seconds(lambda: ours(*next(pairs), key))
        fast, slow = in_turns(
            lambda: [ours(*next(pairs), key) for _ in range(10)],
            lambda: naive(contexts[0], key_file),
            ROUNDS,
        )
    fast /= 10
    yield (
        f"pacts: {1 / fast:.0f}/s rendered and sealed; naive way {1 / slow:.1f}/s; "
        f"ratio {slow / fast:.1f}x"
    )
    yield from stages(contexts[0], records[0], key, first, min(time for time, _ in looked_up))
    yield from memory(contexts, records[0], key)


def stages(context, record, key, first, looked_up):
    """Where the time of a pact goes."""
    unsealed = render_pact(context, record)
    rendering, laying_out = in_turns(
        lambda: render_pact(context, record), lambda: plain(context), ROUNDS
    )
    now = datetime.now(UTC)
    sealing = min(seconds(lambda: seal(unsealed, key, Terms(), now)) for _ in range(ROUNDS))
    yield (
        f"pacts: rendered in {1000 * rendering:.1f} ms (plain write_pdf {1000 * laying_out:.0f} "
        f"ms, ratio {laying_out / rendering:.0f}x), sealed in {1000 * sealing:.1f} ms, words "
        f"looked up in {1000 * looked_up:.1f} ms; the first of its shape takes "
        f"{1000 * first:.0f} ms; {len(unsealed) / 1000:.0f} kB before the seal"
    )


def memory(contexts, record, key):
    """How much memory the process holds after the first pacts, and after many."""
    held = []
    for number, context in zip(range(1, MANY + 1), cycle(contexts), strict=False):
        ours(_other(context, number), record, key)
        if number in SAMPLES:
            held.append(f"{resident_megabytes():.0f} MB after {number:,}")
    yield f"pacts: memory held, each pact another one: {', '.join(held)}"


def timed(work, *arguments):
    """(seconds, result) of one call."""
    found = []
    return seconds(lambda: found.append(work(*arguments))), found[0]


def resident_megabytes():
    """The memory of this process that is in use."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _other(context, number):
    """The pact of somebody else."""
    name, receipt = f"{context.signer_name} {number}", new_receipt()
    identity = (("Nama", name), *context.identity[1:])
    return replace(
        context,
        document_title=f"Pakta {name}",
        identifier=receipt,
        signer_name=name,
        identity=identity,
        receipt=grouped(receipt),
        verify_url=context.verify_url.replace(context.receipt.replace("-", ""), receipt),
    )


def _seal_key():
    now = datetime.now(UTC)
    seal_keys.ensure_demo_key(now)
    return seal_keys.current_key()


def _rsa_key(folder):
    """A PKCS#12 file as an office has one: RSA, 3072 bits, with a password."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Segel")]), datetime.now(UTC)
    certificate = seal_keys.self_signed(key, name, now, now + timedelta(days=365))
    path = Path(folder, "kunci.p12")
    encryption = BestAvailableEncryption(PASSWORD)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"segel", key, certificate, None, encryption)
    )
    return str(path)
