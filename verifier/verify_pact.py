#!/usr/bin/env python3
"""Periksa sebuah pakta integritas tanpa jaringan dan tanpa sistem yang membuatnya.

    python verify_pact.py pakta.pdf bukti.json kepala.json [--key HEX] [--cert SHA256]
                          [--mengetahui mengetahui.json]

Needs Python 3.11 and the library `cryptography`, nothing else; docs/verification.md says what the
answers prove. Ends with 0 if everything holds, 1 if something does not, 2 if a file cannot be read.
"""

import argparse
import json
import re
import sys
import zlib
from dataclasses import dataclass
from hashlib import new as hash_of
from hashlib import sha256
from itertools import islice
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

RECORD, SEAL_FIELD = "catatan.json", "SegelOrganisasi"
# The field that waits, empty, for whoever takes note; its place on the page is sealed.
WAITING_FIELD = "Mengetahui"
NOTED_RECORD = re.compile(r"catatan SHA-256 ([0-9a-f]{64})")
LARGEST = 64 * 1024 * 1024
# A pact has one attachment; so many are looked through for it.
MOST_FILES = 100


class Unreadable(Exception):
    """A file is not what it should be; the message says which and why."""


class DoesNotHold(Exception):
    """A check that failed; the message says what does not hold."""


def require(fits, what):
    if not fits:
        raise DoesNotHold(what)


# The register: record, inclusion proof, head (RFC 9162, section 2.1) ------------------------------


def canonical(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def check_inclusion(digest, proof, head):
    """The record is the leaf at its place in the tree of the head."""
    require(proof["leaf"] == digest, "bukti ini milik catatan lain, bukan catatan di dalam pakta")
    require(proof["size"] == head["size"], "bukti dan kepala berbeda jumlah isinya")
    index, last, found = proof["index"], proof["size"] - 1, bytes.fromhex(digest)
    require(0 <= index <= last, "nomor urut pada bukti di luar register")
    for text in proof["path"]:
        sibling = bytes.fromhex(text)
        require(last > 0 and len(sibling) == 32, "jalur bukti terlalu panjang atau rusak")
        if index & 1 or index == last:
            found = sha256(b"\x01" + sibling + found).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = sha256(b"\x01" + found + sibling).digest()
        index, last = index >> 1, last >> 1
    require(last == 0, "jalur bukti terlalu pendek")
    require(found.hex() == proof["root"] == head["root"], "akar dari bukti bukan akar kepala")


def check_head(head, key):
    """The head was signed with the key it names, and that is the key the reader expects."""
    body = canonical({name: value for name, value in head.items() if name != "signature"})
    public = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"]))
    try:
        public.verify(bytes.fromhex(head["signature"]), body)
    except InvalidSignature:
        raise DoesNotHold("tanda tangan kepala register tidak sah") from None
    require(not key or key.lower() == head["key"], "kepala ditandatangani kunci lain")


def loaded(path):
    """What a JSON file says."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, RecursionError, ValueError) as error:
        raise Unreadable(f"{path}: tidak terbaca sebagai JSON ({error})") from None


def read_proof(path, digest):
    """The proof in a file; of a pack's file with many, the one that is about this record."""
    value = loaded(path)
    if isinstance(value, dict) and value.get("format") == "netralitas-proofs-1":
        proofs = value.get("proofs")
        if not isinstance(proofs, list):
            raise Unreadable(f"{path}: bukan berkas netralitas-proofs-1")
        own = [each for each in proofs if isinstance(each, dict) and each.get("leaf") == digest]
        if not own:
            raise Unreadable(f"{path}: tidak memuat bukti bagi pakta ini")
        value = own[0]
    return fitting(value, path, "netralitas-proof-1", PROOF)


def fitting(value, path, kind, members):
    """The value if it is a dict of exactly these members and types."""
    shape = {"format": str, **members}
    fits = isinstance(value, dict) and value.keys() == shape.keys() and value["format"] == kind
    if not fits or any(type(value[name]) is not wanted for name, wanted in shape.items()):
        raise Unreadable(f"{path}: bukan berkas {kind}")
    if not all(isinstance(text, str) for text in value.get("path", [])):
        raise Unreadable(f"{path}: bukan berkas {kind}")
    return value


# PDF: just enough to find the record and the seals (ISO 32000-1, 7.3 to 7.5) ----------------------

SPACE = re.compile(rb"(?:[\x00\t\n\f\r ]|%[^\r\n]*)*")
REF = re.compile(rb"(\d+)[\x00\t\n\f\r ]+0[\x00\t\n\f\r ]+R(?![^\x00\t\n\f\r ()<>\[\]{}/%])")
WORD = re.compile(rb"[^\x00\t\n\f\r ()<>\[\]{}/%]+")
OBJECT = re.compile(rb"(\d+)[\x00\t\n\f\r ]+0[\x00\t\n\f\r ]+obj(?![^\x00\t\n\f\r ()<>\[\]{}/%])")
HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
KEYWORDS = {b"true": True, b"false": False, b"null": None}
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")


ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")


def place_in(entry):
    """Where an object is by its row in a table; None for one that is free."""
    if entry[3] == b"f":
        return None
    if int(entry[2]):
        raise ValueError("generation")
    return "at", int(entry[1])


@dataclass(frozen=True)
class Ref:
    number: int


@dataclass(frozen=True)
class Stream:
    info: dict
    raw: bytes


def parse(data, at):
    """(a value, where it ends): names are str with their slash, strings bytes."""
    at = SPACE.match(data, at).end()
    opening = data[at : at + 1]
    if data.startswith(b"<<", at):
        items, at = parse_until(data, at + 2, b">>")
        found = dict(zip(items[::2], items[1::2], strict=True))
        # Of a name that comes twice one reader takes the first value, another the last.
        if 2 * len(found) != len(items) or not all(isinstance(name, str) for name in found):
            raise ValueError("names")
        return found, at
    if opening == b"[":
        return parse_until(data, at + 1, b"]")
    if opening in {b"<", b"("}:
        return (parse_hex if opening == b"<" else parse_literal)(data, at + 1)
    return parse_word(data, at)


def parse_word(data, at):
    if data[at] == 0x2F:
        name = WORD.match(data, at + 1)
        if not name:
            return "/", at + 1
        plain = HASH.sub(lambda code: bytes.fromhex(code[1].decode()), name[0])
        return "/" + plain.decode("latin-1"), name.end()
    if reference := REF.match(data, at):
        return Ref(int(reference[1])), reference.end()
    word = WORD.match(data, at)
    if word[0] in KEYWORDS:
        return KEYWORDS[word[0]], word.end()
    return (float(word[0]) if b"." in word[0] else int(word[0])), word.end()


def parse_hex(data, start):
    end = data.index(b">", start)
    digits = b"".join(data[start:end].split()).decode("ascii")
    return bytes.fromhex(digits + "0" * (len(digits) % 2)), end + 1


def parse_until(data, at, end):
    values = []
    while not data.startswith(end, at := SPACE.match(data, at).end()):
        value, at = parse(data, at)
        values.append(value)
    return values, at + len(end)


def parse_literal(data, start):
    depth, at = 1, start
    while depth:
        if data[at] == 0x5C:
            at += 1
        else:
            depth += {0x28: 1, 0x29: -1}.get(data[at], 0)
        at += 1
    return ESCAPE.sub(unescaped, data[start : at - 1]), at


def unescaped(match):
    code = match[1]
    if code.isdigit():
        return bytes([int(code, 8) & 255])
    return b"" if code in {b"\n", b"\r", b"\r\n"} else ESCAPES.get(code, code)


class Pdf:
    """The objects of a file, each as its last revision has it.

    Stricter than readers are: what they would mend, each in its own way, is an error here.
    """

    def __init__(self, data):
        self.data, self.places, self.trailer, self.cache = data, {}, {}, {}
        at, seen = int(data[data.rindex(b"startxref") + 9 :].split()[0]), set()
        while at is not None and at not in seen:
            seen.add(at)
            section, places, _ = self.section(at)
            self.trailer = {**section, **self.trailer}
            self.places = {**places, **self.places}
            at = section.get("/Prev")
        self.places = {number: place for number, place in self.places.items() if place}

    def section(self, at):
        """(its dictionary, {number: place or None if it is free}, where it ends) of a table."""
        read = self._table if self.data.startswith(b"xref", at) else self._xref_stream
        section, places, end = read(at)
        if "/XRefStm" in section:
            raise ValueError("two tables in one")
        return section, places, end

    def _table(self, at):
        at, places = at + 4, {}
        while not self.data.startswith(b"trailer", at := SPACE.match(self.data, at).end()):
            first, at = parse(self.data, at)
            count, at = parse(self.data, at)
            for number in range(first, first + count):
                entry = ENTRY.match(self.data, SPACE.match(self.data, at).end())
                places[number], at = place_in(entry), entry.end()
        trailer, end = parse(self.data, at + 7)
        return trailer, places, end

    def _xref_stream(self, at):
        _, stream, end = self.object_at(at)
        widths, rows = stream.info["/W"], decoded(stream)
        ranges = stream.info.get("/Index", [0, stream.info["/Size"]])
        pairs = list(zip(ranges[::2], ranges[1::2], strict=True))
        if sum(count for _, count in pairs) * sum(widths) != len(rows) or min(*widths, 0) < 0:
            raise ValueError("rows")
        numbers = (number for first, count in pairs for number in range(first, first + count))
        places = {}
        for place, number in enumerate(numbers if rows else ()):
            row, fields = rows[place * sum(widths) : (place + 1) * sum(widths)], []
            for width in widths:
                fields.append(int.from_bytes(row[:width]))
                row = row[width:]
            kind = fields[0] if widths[0] else 1
            if kind == 1 and fields[2]:
                raise ValueError("generation")
            found = {0: None, 1: ("at", fields[1]), 2: ("in", fields[1], fields[2])}
            places[number] = found[kind]
        return stream.info, places, end

    def object_at(self, at):
        """(the number, the value, where it ends) of what stands at a place."""
        head = OBJECT.match(self.data, at)
        value, at = parse(self.data, head.end())
        at = SPACE.match(self.data, at).end()
        if opening := re.compile(rb"stream\r?\n").match(self.data, at):
            at = opening.end() + self.get(value["/Length"])
            value = Stream(value, self.data[opening.end() : at])
            at = re.compile(rb"[\r\n]{0,2}endstream").match(self.data, at).end()
            at = SPACE.match(self.data, at).end()
        if not self.data.startswith(b"endobj", at):
            raise ValueError("endobj")
        return int(head[1]), value, at + 6

    def get(self, value):
        """A value, followed if it is a reference."""
        if not isinstance(value, Ref):
            return value
        if value.number not in self.cache:
            place = self.places.get(value.number)
            if place is None:
                number, found = value.number, None
            elif place[0] == "at":
                number, found, _ = self.object_at(place[1])
            else:
                number, found = self._packed(place[1], place[2])
            if number != value.number:
                raise ValueError("another object")
            self.cache[value.number] = found
        return self.cache[value.number]

    def _packed(self, number, index):
        stream = self.get(Ref(number))
        content, first = decoded(stream), stream.info["/First"]
        numbers = [int(word) for word in content[:first].split()]
        return numbers[2 * index], parse(content, first + numbers[2 * index + 1])[0]

    def record(self):
        """The bytes of the record attached to the file."""
        found = list(islice(self._files(self.walk("/Names", "/EmbeddedFiles"), 0), MOST_FILES))
        named = [spec for spec in found if text_of(self.get(spec.get("/UF", b""))) == RECORD]
        if len(named) != 1:
            raise Unreadable(f"PDF ini tidak memuat satu lampiran {RECORD}")
        return decoded(self.get(self.get(named[0]["/EF"])["/F"]))

    def _files(self, node, depth):
        node = self.get(node) or {}
        for spec in (self.get(node.get("/Names")) or [])[1::2]:
            yield self.get(spec)
        for kid in (self.get(node.get("/Kids")) or [])[:MOST_FILES] if depth < 3 else []:
            yield from self._files(kid, depth + 1)

    def walk(self, *names):
        """What these names lead to from the catalogue; None if nothing."""
        value = self.get(self.trailer["/Root"])
        for name in names:
            value = self.get(value.get(name)) if value else None
        return value

    def seals(self):
        """(the name, the signature dictionary) of each signed signature field."""
        for field in map(self.get, self.walk("/AcroForm", "/Fields") or []):
            if field.get("/FT") == "/Sig" and field.get("/V"):
                yield text_of(self.get(field.get("/T", b""))), self.get(field["/V"])


def text_of(value):
    return value[2:].decode("utf-16-be") if value[:2] == b"\xfe\xff" else value.decode("latin-1")


def decoded(stream):
    """The content of a stream: as it is, or deflated, perhaps with PNG's "up" prediction."""
    filters = stream.info.get("/Filter", [])
    filters = filters if isinstance(filters, list) else [filters]
    if filters not in ([], ["/FlateDecode"]):
        raise Unreadable(f"PDF memakai penyandian yang tidak dikenal: {filters}")
    content = zlib.decompressobj().decompress(stream.raw, LARGEST) if filters else stream.raw
    settings = stream.info.get("/DecodeParms") or {}
    if settings.get("/Predictor", 1) < 10:
        return content
    width, rows = settings["/Columns"], []
    previous = bytes(width)
    for at in range(0, len(content), width + 1):
        kind, row = content[at], content[at + 1 : at + 1 + width]
        if kind not in {0, 2}:
            raise Unreadable("PDF memakai penyandian yang tidak dikenal")
        added = zip(row, previous, strict=False)
        previous = bytes((a + b) & 255 for a, b in added) if kind else row
        rows.append(previous)
    return b"".join(rows)


# The seal: PAdES, a CMS SignedData over the file around it (RFC 5652, ETSI EN 319 142-1) ----------

DATA, TST_INFO = "1.2.840.113549.1.7.1", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_CERT, SIGNING_CERT_V2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
TIME_STAMP = "1.2.840.113549.1.9.16.2.14"
DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
SIGNATURES = {
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
    "1.2.840.113549.1.1.1": None,
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
}
SEQUENCE, SET, INTEGER, OCTETS, OID, CONTEXT_0, CONTEXT_1 = 0x30, 0x31, 2, 4, 6, 0xA0, 0xA1


@dataclass(frozen=True)
class Der:
    tag: int
    content: bytes
    raw: bytes

    def children(self, *tags):
        """What is inside; with `tags`, exactly these in this order."""
        found, at = [], 0
        while at < len(self.content):
            found.append(der(self.content, at))
            at += len(found[-1].raw)
        require(not tags or [one.tag for one in found] == list(tags), "susunan segel rusak")
        return found

    @property
    def oid(self):
        require(self.tag == OID, "susunan segel rusak")
        numbers, number = [], 0
        for byte in self.content:
            number = number << 7 | byte & 0x7F
            if not byte & 0x80:
                numbers, number = [*numbers, number], 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


def der(data, at=0):
    """The value at a place, in the one way in which DER writes it."""
    require(len(data) >= at + 2, "segel terpotong")
    length, start = data[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        length, start = int.from_bytes(data[start : start + size]), start + size
        shortest = max(1, (length.bit_length() + 7) // 8)
        require(size == shortest and length >= 0x80, "susunan segel rusak")
    require(start + length <= len(data), "segel terpotong")
    return Der(data[at], data[start : start + length], data[at : start + length])


def check_signed_data(raw, covered, content_type=DATA):
    """The certificate that signed, and the content inside (None if it is `covered`, outside)."""
    outer = der(raw)
    require(outer.tag == SEQUENCE, "susunan segel rusak")
    kind, wrapped = outer.children(OID, CONTEXT_0)
    require(kind.oid == "1.2.840.113549.1.7.2", "segel bukan tanda tangan CMS")
    (signed,) = wrapped.children(SEQUENCE)
    version, algorithms, holder, certificates, infos = signed.children(
        INTEGER, SET, SEQUENCE, CONTEXT_0, SET
    )
    (info,) = infos.children(SEQUENCE)
    parts = [INTEGER, SEQUENCE, SEQUENCE, CONTEXT_0, SEQUENCE, OCTETS]
    stamped = len(info.children()) > len(parts)
    info_version, signer, digest, attributes, algorithm, signature, *unsigned = info.children(
        *parts, *[CONTEXT_1] * stamped
    )
    versions = (version.content, info_version.content)
    require(versions == (b"\1" if content_type == DATA else b"\3", b"\1"), "susunan segel rusak")
    require([one.raw for one in algorithms.children()] == [digest.raw], "susunan segel rusak")
    name = DIGESTS.get(algorithm_of(digest))
    require(name is not None, "sidik segel memakai cara yang tidak dikenal")
    told, *inside = holder.children(OID, *[CONTEXT_0] * (content_type != DATA))
    require(told.oid == content_type, "isi segel lain")
    content = inside[0].children(OCTETS)[0].content if inside else None
    pairs = [one.children(OID, SET) for one in attributes.children()]
    found = {one.oid: values.children() for one, values in pairs}
    require(found[CONTENT_TYPE][0].oid == content_type, "isi segel lain")
    expected = hash_of(name, covered if content is None else content).digest()
    require(found[MESSAGE_DIGEST][0].content == expected, "isi berkas berubah sejak disegel")
    certificate = signing_certificate(certificates.children(), signer, found)
    to_verify = b"\x31" + attributes.raw[1:]
    check_signature(certificate, algorithm_of(algorithm), name, signature.content, to_verify)
    check_unsigned(unsigned, signature.content)
    return certificate, content


def algorithm_of(value):
    """The name of an algorithm that takes no parameters."""
    one, *parameters = value.children()
    require(value.tag == SEQUENCE, "susunan segel rusak")
    require([more.raw for more in parameters] in ([], [b"\5\0"]), "susunan segel rusak")
    return one.oid


def signing_certificate(certificates, signer, attributes):
    """The certificate named by issuer, serial number and digest; the others must vouch for it."""
    loaded = [x509.load_der_x509_certificate(one.raw) for one in certificates]
    old, new = attributes.get(SIGNING_CERT), attributes.get(SIGNING_CERT_V2)
    first = (new or old)[0].children()[0].children()[0].children()
    name = "sha256" if new else "sha1"
    if first[0].tag == SEQUENCE:
        name = DIGESTS[algorithm_of(first.pop(0))]
    for one, certificate in zip(certificates, loaded, strict=True):
        if hash_of(name, one.raw).digest() != first[0].content:
            continue
        issuer, serial = signer.children(SEQUENCE, INTEGER)
        require(issuer.raw == certificate.issuer.public_bytes(), "penyegel bukan sertifikatnya")
        require(int.from_bytes(serial.content) == certificate.serial_number, "penyegel lain")
        check_chain(certificate, loaded)
        return certificate
    raise DoesNotHold("sertifikat segel bukan yang disebut segel")


def check_chain(certificate, loaded):
    """Each certificate beside the signing one has issued it, or one that follows from it.

    Of the last one only the key is known to be right, unless it is a root that signed itself.
    """
    others = [one for one in loaded if one != certificate]
    while others:
        issuer = next((one for one in others if one.subject == certificate.issuer), None)
        require(issuer is not None, "segel memuat sertifikat yang tidak ada hubungannya")
        certificate.verify_directly_issued_by(issuer)
        others.remove(issuer)
        certificate = issuer
    if certificate.subject == certificate.issuer:
        certificate.verify_directly_issued_by(certificate)


def check_signature(certificate, algorithm, digest, signature, data):
    require(SIGNATURES.get(algorithm, 0) in {digest, None}, "cara tanda tangan segel tidak dikenal")
    key, used = certificate.public_key(), getattr(hashes, digest.upper())()
    require(
        isinstance(key, ec.EllipticCurvePublicKey) == algorithm.startswith("1.2.840.10045.")
        and isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey),
        "cara tanda tangan segel tidak dikenal",
    )
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(used))
    else:
        key.verify(signature, data, padding.PKCS1v15(), used)


def check_unsigned(unsigned, signature):
    """Beside what is signed nothing may stand but a time stamp over the signature."""
    for part in unsigned:
        for attribute in part.children():
            require(attribute.tag == SEQUENCE, "susunan segel rusak")
            kind, values = attribute.children(OID, SET)
            require(kind.oid == TIME_STAMP, "segel memuat tambahan yang tidak dikenal")
            for token in values.children():
                check_time_stamp(token.raw, signature)


def check_time_stamp(token, stamped):
    """The stamp is over these bytes, and signed with the certificate that it holds."""
    _, content = check_signed_data(token, None, TST_INFO)
    algorithm, digest = der(content).children()[2].children(SEQUENCE, OCTETS)
    name = DIGESTS.get(algorithm_of(algorithm), "sha256")
    require(digest.content == hash_of(name, stamped).digest(), "stempel waktu milik hal lain")


def check_seal(data, seal):
    """(where the sealed part of the file ends, the certificate)."""
    zero, gap, after, length = seal["/ByteRange"]
    end = after + length
    require(zero == 0 < gap < after <= end <= len(data), "segel tidak mencakup isi berkas")
    digits = data[gap + 1 : after - 1]
    require(data[gap : gap + 1] + data[after - 1 : after] == b"<>", "segel tidak pada tempatnya")
    require(digits in {digits.upper(), digits.lower()}, "segel ditulis ulang")
    require(re.fullmatch(rb"(?:[0-9A-Fa-f]{2})+", digits) is not None, "segel ditulis ulang")
    content = bytes.fromhex(digits.decode())
    require(content == seal["/Contents"], "segel tidak pada tempatnya")
    container = der(content).raw
    require(not content[len(container) :].strip(b"\0"), "di belakang segel ada isi lain")
    covered = data[:gap] + data[after:end]
    if seal.get("/SubFilter") == "/ETSI.RFC3161":
        check_time_stamp(container, covered)
        return end, None
    return end, check_signed_data(container, covered)[0]


# What came after the seal -------------------------------------------------------------------------

MAY_GROW = {
    "catalogue": {"/DSS", "/AcroForm", "/Extensions", "/Version"},
    "form": {"/Fields", "/SigFlags"},
}
# Of these there is one before the seal; the last one hides others from this reader.
NEVER_NEW = {"/Catalog", "/Pages", "/Page", "/ObjStm"}
FIELD_ACTS = {"/A", "/AA", "/Kids", "/Parent"}
STORE, STORE_KEY = {"/Type", "/VRI", "/Certs", "/CRLs", "/OCSPs"}, re.compile("/[0-9A-F]{40}")
HEADER = re.compile(rb"(?<!\d)\d+[\x00\t\n\x0b\f\r ]+\d+[\x00\t\n\x0b\f\r ]+obj")


class Additions:
    """What came after the seal, or after a countersignature: nothing but further signatures and
    what proves certificates.

    Looks at each object that is written there, also at those that no table names: a reader who
    finds a table damaged takes whatever it meets.
    """

    def __init__(self, before, after):
        self.before, self.after = before, after
        root = before.trailer["/Root"]
        self.catalogue, self.form = root.number, before.get(root).get("/AcroForm")
        told = (before.trailer.get("/Info"), before.get(root).get("/Metadata"))
        self.told = {value.number for value in told if isinstance(value, Ref)}

    def check(self):
        require(self.before.trailer["/Root"] == self.after.trailer["/Root"], ROOT_CHANGED)
        starts, trailers = set(), 0
        at, data = len(self.before.data), self.after.data
        while (at := SPACE.match(data, at).end()) < len(data):
            if data.startswith(b"startxref", at):
                _, at = parse(data, at + 9)
            elif data.startswith(b"xref", at):
                trailer, _, at = self.after.section(at)
                self.check_trailer(trailer)
                trailers += 1
            else:
                starts.add(at)
                number, value, at = self.after.object_at(at)
                self.check_object(number, value)
        tail = data[len(self.before.data) :]
        found = {len(self.before.data) + match.start() for match in HEADER.finditer(tail)}
        require(found == starts and tail.count(b"trailer") == trailers, HIDDEN)
        self.check_trailer(self.after.trailer)
        for number in self.before.places:
            self.check_object(number, self.after.get(Ref(number)))

    def check_trailer(self, trailer):
        fits = trailer["/Root"] == self.before.trailer["/Root"] and "/Encrypt" not in trailer
        require(fits and trailer["/Size"] > max(self.before.places), ROOT_CHANGED)

    def check_object(self, number, new):
        if number not in self.before.places:
            self.check_new(new)
            return
        old = self.before.get(Ref(number))
        if number == self.catalogue:
            require(same_but(old, new, MAY_GROW["catalogue"]), ROOT_CHANGED)
            self.check_form(self.before.get(self.form), self.after.get(new.get("/AcroForm")))
        elif self.form == Ref(number):
            self.check_form(old, new)
        elif isinstance(old, dict) and old.get("/Type") == "/Page":
            require(same_but(old, new, {"/Annots"}), PAGE_CHANGED)
            self.check_longer(old.get("/Annots"), new.get("/Annots"))
        elif number in self.told:
            self.check_new(new)
        elif is_store(old) and is_store(new):
            pass
        elif is_waiting(old) and new != old:
            self.check_filled(old, new)
        else:
            require(old == new, "isi PDF diubah sesudah segel")

    def check_form(self, old, new):
        require(same_but(old, new, MAY_GROW["form"]), "formulir PDF diubah sesudah segel")
        self.check_longer(old["/Fields"], new["/Fields"])

    def check_longer(self, old, new):
        """A list that only grew, and by fields for signatures alone."""
        old, new = self.before.get(old) or [], self.after.get(new) or []
        require(new[: len(old)] == old, PAGE_CHANGED)
        for one in new[len(old) :]:
            self.check_field(self.after.get(one))

    def check_field(self, field):
        """A field for a signature that shows nothing and does nothing: what has room on the page
        could cover it with another text."""
        fits = field.get("/FT") == "/Sig" and not FIELD_ACTS & field.keys()
        require(fits, PAGE_CHANGED)
        room = [self.after.get(one) for one in self.after.get(field.get("/Rect", [0, 0, 0, 0]))]
        require(len(room) == 4 and room[:2] == room[2:], VISIBLE)

    def check_filled(self, old, new):
        """The waiting field got its signature and shows something, within its sealed place."""
        require(same_but(old, new, {"/V", "/AP"}), PAGE_CHANGED)
        require("/V" in new and new["/AP"].keys() == {"/N"}, PAGE_CHANGED)
        shown = self.after.get(new["/AP"]["/N"])
        fits = isinstance(shown, Stream) and shown.info.get("/Subtype") == "/Form"
        require(fits, PAGE_CHANGED)

    def check_new(self, value):
        """An object that was not there before: nothing that could be taken for a page."""
        if isinstance(value, list):
            for one in value:
                self.check_new(one)
        info = value.info if isinstance(value, Stream) else value
        if not isinstance(info, dict):
            return
        require(info.get("/Type") not in NEVER_NEW, HIDDEN)
        if "/Root" in info:
            self.check_trailer(info)
        if "/Rect" in info:
            self.check_field(info)
        for one in info.values():
            if isinstance(one, dict | list):
                self.check_new(one)


ROOT_CHANGED = "katalog PDF diganti atau diubah sesudah segel"
PAGE_CHANGED = "halaman atau formulir diubah sesudah segel"
VISIBLE = "sesudah segel ditambahkan sesuatu yang tampak di atas halaman"
HIDDEN = "sesudah segel ditambahkan sesuatu yang tersembunyi"


def is_waiting(value):
    """Whether this is the empty field for the countersignature."""
    fits = isinstance(value, dict) and value.get("/FT") == "/Sig" and "/V" not in value
    return fits and text_of(value.get("/T", b"")) == WAITING_FIELD


def is_store(value):
    """Whether this is a store of what proves certificates, which grows, or the index in it; neither
    can be taken for anything that a page shows."""
    index = isinstance(value, dict) and all(map(STORE_KEY.fullmatch, value))
    return isinstance(value, dict) and (index or value.keys() <= STORE)


def check_additions(before, after):
    """After the seal came nothing but further signatures and what proves their certificates."""
    Additions(before, after).check()


def check_tail(tail, pdf):
    """What no signature covers is nothing, or one revision that brings what proves certificates."""
    one = tail.count(b"startxref") == 1 and b"/ByteRange" not in tail
    whole = re.search(rb"startxref\r?\n\d+\r?\n%%EOF\r?\n?\Z", tail[-64:]) is not None
    fits = not tail or (one and whole and pdf.walk("/DSS") is not None)
    require(fits, "bagian terakhir berkas tidak dicakup tanda tangan apa pun")


def same_but(old, new, names):
    def rest(value):
        return {name: one for name, one in value.items() if name not in names}

    return isinstance(new, dict) and rest(old) == rest(new)


# All together -------------------------------------------------------------------------------------

# What a file that was damaged or written by hand may lead the reader above to.
BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    x509.InvalidVersion,
    zlib.error,
)
PROOF = {"leaf": str, "index": int, "size": int, "path": list, "root": str}
HEAD = {
    "installation": str,
    "size": int,
    "previous": int,
    "root": str,
    "made_at": str,
    "key": str,
    "signature": str,
}


class Findings:
    """What was checked, in words, and whether all of it holds."""

    def __init__(self):
        self.lines, self.ok = [], True

    def check(self, what, act, *arguments):
        """What `act` returns; None, and on record, if it does not hold."""
        try:
            result = act(*arguments)
        except DoesNotHold as error:
            reason = str(error)
        except (InvalidSignature, UnsupportedAlgorithm):
            reason = "tanda tangannya tidak sah"
        except BROKEN:
            reason = "tidak terbaca"
        else:
            self.lines.append(plain(f"[COCOK]  {what}"))
            return result if result is not None else True
        self.lines.append(plain(f"[TIDAK]  {what}: {reason}."))
        self.ok = False
        return None

    def note(self, text):
        self.lines.append(plain(f"         {text}"))


def plain(text):
    """One line, without what a terminal would obey: the words come from files of strangers."""
    return "".join(char if char.isprintable() else "?" for char in text)


def sealed_part(findings, data, certificates):
    """(the file as it was sealed, the digest that the countersignature tells, if there is one);
    the file as it is, if it has no seal that holds.
    """
    whole = Pdf(data)
    seals = [seal for name, seal in whole.seals() if name == SEAL_FIELD]
    if len(seals) != 1:
        findings.ok = False
        findings.lines.append("[TIDAK]  Segel organisasi: berkas ini tidak bersegel.")
        return whole, ""
    held = findings.check("Segel organisasi pada PDF", check_seal, data, seals[0])
    if held is None:
        return whole, ""
    end, certificate = held
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    findings.note(f"Penyegel: {certificate.subject.rfc4514_string()}")
    findings.note(f"Sidik sertifikat (SHA-256): {fingerprint}")
    if not certificates:
        findings.note("Sertifikat itu tidak dicocokkan (--cert)")
    else:
        findings.check("Sertifikat segel", require, fingerprint in certificates, "lain")
    if end == len(data):
        return whole, ""
    before = Pdf(data[:end])
    findings.check("Tambahan sesudah segel", check_additions, before, whole)
    later = [(name, seal) for name, seal in whole.seals() if name != SEAL_FIELD]
    noted = ""
    for name, seal in later:
        held = findings.check(f"Tanda tangan sesudahnya, {name}", check_seal, data, seal)
        end = max(end, held[0]) if held else end
        if held and name == WAITING_FIELD:
            upto = Pdf(data[: held[0]])
            findings.check("Tambahan sesudah “Mengetahui”", check_additions, upto, whole)
            trusted = certificates | {fingerprint}
            findings.check("Sertifikat “Mengetahui”", check_noted, held[1], trusted)
            findings.note(f"Yang mengetahui: {text_of(seal.get('/Name', b''))}")
            noted = text_of(seal.get("/Reason", b""))
    findings.check("Akhir berkas", check_tail, data[end:], whole)
    told = NOTED_RECORD.search(noted)
    return before, told[1] if told else ""


def check_noted(certificate, trusted):
    """The countersignature was made with a certificate of the organisation that sealed."""
    require(certificate is not None, "tanda tangannya bukan milik organisasi")
    known = certificate.fingerprint(hashes.SHA256()).hex() in trusted
    require(known, "bukan sertifikat penyegel; bila berganti, sebutkan keduanya dengan --cert")


def verify(pdf_path, proof_path, head_path, key="", certificate="", noted_path=None):
    """The findings; several certificates are set apart by commas. Raises Unreadable."""
    head = fitting(loaded(head_path), head_path, "netralitas-head-1", HEAD)
    findings = Findings()
    try:
        data = pdf_path.read_bytes()
        certificates = set(certificate.lower().split(",")) - {""}
        pdf, noted = sealed_part(findings, data, certificates)
        record = pdf.record()
    except OSError as error:
        raise Unreadable(f"{pdf_path}: {error.strerror}") from None
    except BROKEN:
        raise Unreadable(f"{pdf_path}: bukan PDF yang utuh") from None
    digest = sha256(b"\0" + record).hexdigest()
    proof = read_proof(proof_path, digest)
    if proof["size"] != head["size"]:
        raise Unreadable(
            f"{proof_path}: bukti di bawah kepala dengan {proof['size']} isi, sedangkan kepala "
            f"yang diberikan memuat {head['size']}; unduh bukti.json?kepala={head['size']}"
        )
    findings.check("Catatan di dalam PDF ada di register", check_inclusion, digest, proof, head)
    findings.check("Kepala register ditandatangani", check_head, head, key)
    if noted_path:
        noted_proof = fitting(loaded(noted_path), noted_path, "netralitas-proof-1", PROOF)
        what = "Catatan “Mengetahui” ada di register"
        findings.check(what, check_inclusion, noted, noted_proof, head)
    elif noted:
        findings.note(f"Sidik catatan “Mengetahui”: {noted}")
    told = findings.check("Catatan di dalam PDF terbaca", told_by, record)
    for line in told or []:
        findings.note(line)
    findings.note(f"Sidik catatan: {digest}")
    findings.note(f"Register {head['installation']}: nomor {proof['index'] + 1} dari")
    findings.note(f"{head['size']} isi, kepala dibuat {head['made_at']}")
    if told:
        findings.note("Pembatalan sesudahnya tidak tercatat di dalam berkas, dan hanya terlihat di")
        findings.note(f"{head['installation']}/v/{json.loads(record)['receipt']}/")
    if not key:
        findings.note(f"Kunci kepala tidak dicocokkan (--key): {head['key']}")
    return findings


def told_by(record):
    """What the record says, in lines."""
    told = json.loads(record)
    signer, ceremony = told["signer"], told["ceremony"]
    return [
        f"Penanda tangan: {signer['name']}, {signer['opd']}",
        f"Acara: {ceremony['title']}; ditandatangani {told['signed_at']}",
        f"Kode bukti: {told['receipt']}",
    ]


ALL_FIT = "Semua cocok."
FITS_ITSELF = (
    "Semua cocok satu sama lain, tetapi siapa pembuatnya belum terbukti: siapa pun dapat membuat\n"
    "kunci dan sertifikat sendiri. Ulangi dengan --key dan --cert yang diumumkan organisasi."
)


def main(arguments=None):
    reader = argparse.ArgumentParser(description="Periksa pakta integritas tanpa jaringan.")
    for name in ("pdf", "proof", "head"):
        reader.add_argument(name, type=Path)
    reader.add_argument("--key", default="", help="kunci publik register yang diumumkan (hex)")
    reader.add_argument(
        "--cert", default="", help="sidik SHA-256 sertifikat segel yang diumumkan (pisahkan koma)"
    )
    reader.add_argument("--mengetahui", type=Path, help="bukti register dari “Mengetahui”")
    given = reader.parse_args(arguments)
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        files = (given.pdf, given.proof, given.head)
        findings = verify(*files, given.key, given.cert, given.mengetahui)
    except Unreadable as error:
        sys.stdout.write(plain(f"[GAGAL]  {error}.") + "\n")
        return 2
    verdict = ALL_FIT if given.key and given.cert else FITS_ITSELF
    verdict = verdict if findings.ok else "Ada yang TIDAK cocok: jangan percayai berkas ini."
    sys.stdout.write("\n".join([*findings.lines, verdict, ""]))
    return 0 if findings.ok else 1


if __name__ == "__main__":
    sys.exit(main())
