"""Whether a PDF bears our seal, and whether it is still as it was when it was sealed.

Nothing is fetched. Whether the time-stamp server can be trusted is not asked here: the level tells
what the file holds, and any PDF reader can be given that server's root.
"""

import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .canonical import sha256_hex
from .coroutines import result_of
from .seal_cms import containers_of, to_asn1
from .seals import COUNTERSIGNED, FIELD

NOT_A_PDF = "Berkas ini bukan PDF yang dapat dibaca."
UNSEALED = "Berkas ini tidak bersegel."
OTHER_KEY = "Segel pada berkas ini tidak dibuat dengan sertifikat segel instalasi ini."
ALTERED = "Isi berkas ini berubah sejak disegel."
ADDED = "Pada berkas ini ditambahkan sesuatu yang tidak diizinkan segelnya."
BROKEN = "Segel pada berkas ini rusak."
STAMP_BROKEN = "Stempel waktu pada segel berkas ini rusak."
COUNTERSIGNATURE_BROKEN = (
    "Tanda tangan “Mengetahui” pada berkas ini tidak dibuat sistem ini, atau berubah sesudahnya."
)
LAST = 64
HEADER = re.compile(rb"(?<!\d)\d+[\x00\t\n\x0b\f\r ]+\d+[\x00\t\n\x0b\f\r ]+obj")
# Of these there is one before the seal; the last one packs objects.
NEVER_NEW = {"/Catalog", "/Pages", "/Page", "/ObjStm"}
FIELD_ACTS = {"/A", "/AA", "/Kids", "/Parent"}
# Where a field says to what it belongs.
PLACES = {"/P", "/Parent", "/Reference"}
LAST_BYTES = re.compile(rb"startxref\r?\n\d+\r?\n%%EOF\r?\n?\Z")
# What a parser may raise of a file that somebody has written by hand.
UNREADABLE = (
    PdfError,
    SignatureValidationError,
    SigningError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True)
class Seal:
    """What was found. `faults` are sentences, none for a seal that holds; without `fingerprint`
    there is no seal at all.

    `sealed_at` is what the sealing machine's clock said, `stamped_at` what a time-stamp server did.
    `countersigned` is why the field "Mengetahui" was signed, in the words of its signature: it
    holds as the seal does. `later` counts the other signatures that came after the seal.
    """

    faults: tuple[str, ...]
    fingerprint: str = ""
    level: str = ""
    sealed_at: datetime | None = None
    stamped_at: datetime | None = None
    countersigned: str = ""
    later: int = 0

    @property
    def holds(self):
        """Whether the file is as it was when one of our certificates sealed it."""
        return not self.faults

    @property
    def is_sealed(self):
        """Whether there is a seal, of whomever and in whatever state."""
        return bool(self.fingerprint)


def examine_seal(content, certificates):
    """What the seal of a PDF tells; `certificates` are ours, all that ever sealed, each as a PEM
    with its chain after it.

    Never raises, whatever the bytes are; it may take time and memory for a large or a hostile file,
    so whoever takes files from strangers limits them first.
    """
    try:
        reader = PdfFileReader(BytesIO(content), strict=True)
        found = [sig for sig in reader.embedded_signatures if sig.field_name == FIELD]
    except UNREADABLE:
        return Seal((NOT_A_PDF,))
    if len(found) != 1:
        return Seal((UNSEALED,) if not found else (BROKEN,))
    ours = [load_pem_x509_certificates(pem.encode()) for pem in certificates]
    try:
        return _examined(content, reader, found[0], ours)
    except UNREADABLE:
        return Seal((BROKEN,))


def _examined(content, reader, signature, ours):
    signer = signature.signer_cert.dump()
    chains = [(first, tuple(rest)) for first, *rest in ours if _der_of(first) == signer]
    roots = [to_asn1(certificate) for certificate, _ in chains]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status, level, stamps_hold = result_of(_validated(reader, signature, context))
    second = _countersignature(reader)
    stamp = status.timestamp_validity
    checks = (
        (chains, OTHER_KEY),
        (status.intact and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION, ALTERED),
        (status.valid and signature.docmdp_level is not None, BROKEN),
        (not chains or _is_tidy(content, signature, chains), BROKEN),
        (status.modification_level <= ModificationLevel.FORM_FILLING and status.docmdp_ok, ADDED),
        (_ends_with_a_revision(content, reader, signature), ADDED),
        (_hides_nothing(content, reader, signature), ADDED),
        (not NEVER_NEW & set(_later_types(reader, signature)), ADDED),
        (all(map(_is_quiet, _later_fields(reader, signature))), ADDED),
        (stamps_hold, STAMP_BROKEN),
        (second is None or _is_ours(content, reader, second, ours), COUNTERSIGNATURE_BROKEN),
    )
    return Seal(
        faults=tuple(dict.fromkeys(fault for fits, fault in checks if not fits)),
        fingerprint=sha256_hex(signer),
        level=level,
        sealed_at=signature.self_reported_timestamp,
        stamped_at=stamp.timestamp if stamp else None,
        countersigned=str(second.sig_object.get("/Reason", "")) if second else "",
        later=len(reader.embedded_regular_signatures) - 1 - (second is not None),
    )


def _countersignature(reader):
    """The signature in the field "Mengetahui"; None as long as it is empty or not there."""
    found = reader.embedded_regular_signatures
    return next((each for each in found if each.field_name == COUNTERSIGNED), None)


def _is_ours(content, reader, signature, ours):
    """Whether one of our certificates made this later signature, over all that was there then."""
    signer = signature.signer_cert.dump()
    chains = [(first, tuple(rest)) for first, *rest in ours if _der_of(first) == signer]
    roots = [to_asn1(certificate) for certificate, _ in chains]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = result_of(async_validate_pdf_signature(signature, context))
    return bool(
        chains
        and status.intact
        and status.valid
        and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and _is_tidy(content, signature, chains)
        and _ends_with_a_revision(content, reader, signature)
        and status.modification_level <= ModificationLevel.FORM_FILLING
        and not _written_anew(reader, signature)
    )


def _written_anew(reader, signature):
    """What the field of a signature shows, or its signature is made of, and was written once more
    in a later revision; pyHanko takes an appearance for something that may be filled in."""
    root = reader.get_historical_root(signature.signed_revision)
    fields = root["/AcroForm"]["/Fields"]
    own = [fields.raw_get(n) for n in range(len(fields)) if fields[n].get("/T") == COUNTERSIGNED]
    later = set()
    for revision in _later_revisions(reader, signature):
        later |= set(reader.xrefs.explicit_refs_in_revision(revision))
        later |= set(reader.xrefs.refs_freed_in_revision(revision))
    return later & _reached(own)


def _reached(values):
    """The references to all that a field consists of, without its page."""
    found, left = set(), list(values)
    while left:
        value = left.pop()
        if isinstance(value, IndirectObject):
            if value.reference in found:
                continue
            found.add(value.reference)
            value = value.get_object()
        if isinstance(value, DictionaryObject):
            left += [value.raw_get(name) for name in value if name not in PLACES]
        elif isinstance(value, ArrayObject):
            left += map(value.raw_get, range(len(value)))
    return found


def _is_tidy(content, signature, chains):
    """Whether the gap in which the container lies holds just what `seal` would have put there.

    No signature covers the gap, nor the outer parts of the container: what is hidden there, or
    written differently, would go unnoticed.
    """
    _, start, end, _ = signature.byte_range
    info = signature.signer_info
    unsigned = info["unsigned_attrs"].dump() if info["unsigned_attrs"].native else b""
    digest, value = signature.compute_digest(), info["signature"].native
    room = end - start - 2
    return content[start:end] in {
        b"<%s>" % made.hex().upper().encode().ljust(room, b"0")
        for made in (
            containers_of(certificate, chain).container(digest, lambda _: value, unsigned)
            for certificate, chain in chains
        )
    }


def _ends_with_a_revision(content, reader, signature):
    """Whether nothing follows the seal but whole revisions, to the last byte of the file."""
    if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    is_last = signature.signed_revision == reader.xrefs.total_revisions - 1
    return not is_last and LAST_BYTES.search(content[-LAST:]) is not None


def _hides_nothing(content, reader, signature):
    """Whether the tables of the revisions after the seal name each object that is written there.

    A reader who finds a table damaged takes whatever it meets.
    """
    _, _, after, length = signature.byte_range
    tail = content[after + length :]
    later = _later_revisions(reader, signature)
    tables = [reader.xrefs.get_xref_data(revision) for revision in later]
    named = {place for table in tables for _, place in table.standard_xrefs.values()}
    places = [reader.xrefs.get_xref_container_info(revision) for revision in later]
    named |= {place.start_location for place in places if place.stream_ref}
    found = {after + length + match.start() for match in HEADER.finditer(tail)}
    trailers = sum(place.stream_ref is None for place in places)
    return found == named and tail.count(b"trailer") == trailers


def _later_revisions(reader, signature):
    return range(signature.signed_revision + 1, reader.xrefs.total_revisions)


def _later_types(reader, signature):
    """Of what types the objects are whose numbers were not in use when the file was sealed."""
    sealed = signature.signed_revision
    for revision in _later_revisions(reader, signature):
        resolver = reader.get_historical_resolver(revision)
        for reference in reader.xrefs.explicit_refs_in_revision(revision):
            if reader.xrefs.get_historical_ref(reference, sealed) is None:
                found = resolver.get_object(reference)
                yield found.get("/Type") if isinstance(found, DictionaryObject) else None


def _later_fields(reader, signature):
    """The fields of the form that were not there when the file was sealed."""
    sealed = reader.get_historical_root(signature.signed_revision)["/AcroForm"]["/Fields"]
    known = {field.reference for field in map(sealed.raw_get, range(len(sealed)))}
    fields = reader.root["/AcroForm"]["/Fields"]
    for place in range(len(fields)):
        if getattr(fields.raw_get(place), "reference", None) not in known:
            yield fields[place]


def _is_quiet(field):
    """Whether a field is for a signature that shows nothing and does nothing: what has room on the
    page could cover it with another text."""
    left, bottom, right, top = field.get("/Rect", (0, 0, 0, 0))
    has_room = left != right or bottom != top
    return field["/FT"] == "/Sig" and not has_room and not FIELD_ACTS & field.keys()


def _der_of(certificate):
    return certificate.public_bytes(Encoding.DER)


async def _validated(reader, signature, context):
    """What pyHanko says of the seal, the level that the file reaches by what it holds, and whether
    all stamps in it are sound."""
    status = await async_validate_pdf_signature(signature, context)
    stamp = status.timestamp_validity
    if stamp is None:
        return status, "B-B", True
    later = [
        await async_validate_pdf_timestamp(each, context)
        for each in reader.embedded_timestamp_signatures
    ]
    hold = all(each.valid and each.intact for each in [stamp, *later])
    return status, _level(reader, later), hold


def _level(reader, later_stamps):
    """The level of a seal with a stamp of time."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return "B-T"
    if not (store.crls or store.ocsps):
        return "B-T"
    return "B-LTA" if later_stamps else "B-LT"
