"""Whether the stored file of a pact is the one that was made, for the record it was made of."""

import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
from django.core.files.storage import default_storage

from netralitas.lib.seal_examination import examine_seal

from ..documents.pdf import RECORD_NAME
from ..models import Pact, SealCertificate, TreeHead

CHUNK = 1024 * 1024
# The moment of a head has no fraction.
SECOND = timedelta(seconds=1)
LOST = "Berkas PDF tidak ada lagi."
REPLACED = "Berkas PDF bukan yang dahulu dibuat."
OTHER_RECORD = "Catatan di dalam berkas PDF bukan catatan tanda tangan ini."
UNSEALED = "Berkas PDF tidak bersegel, padahal dibuat sesudah pakta disegel."
SIGNED_LATER = "Pada berkas PDF ada tanda tangan sesudah segel, yang tidak diberikan sistem ini."
NOT_COUNTERSIGNED = "Tanda tangan “Mengetahui” pada berkas PDF bukan yang tercatat."
OTHER_PACT = "Berkas PDF dengan “Mengetahui” tidak melanjutkan berkas pakta yang dibuat."
REVISION_END = re.compile(rb"%%EOF\r?\n?")
FOREIGN_CERTIFICATE = "Sertifikat segel yang tersimpan sudah diubah."


class PactCheck:
    """Looks at one pact after another, with all certificates that ever sealed here.

    Pacts without a seal are accepted only from before the first one that has a seal, and of
    signatures from before the first head of the register: seals are as old as heads.
    """

    def __init__(self):
        rows = list(SealCertificate.objects.order_by("pk"))
        self.certificates = [row.pem for row in rows if row.is_intact()]
        self.altered = {row.pk for row in rows if not row.is_intact()}
        sealed = Pact.objects.exclude(seal_level="").order_by("pk")
        self.first_sealed = sealed.values_list("pk", flat=True).first()
        heads = TreeHead.objects.order_by("made_at").values_list("made_at", flat=True)
        self.first_head = heads.first()

    def faults_of(self, pact):
        """What is wrong with a pact and its file: sentences, none if nothing is."""
        content, faults = _read(pact)
        return faults or tuple(self._seal_faults(pact, content))

    def faults_of_countersigned(self, countersigned):
        """The same of a CountersignedPact that is made: both revisions of its file."""
        content, faults = _read(countersigned)
        return faults or tuple(self._revision_faults(countersigned, content))

    def _revision_faults(self, countersigned, content):
        seal = examine_seal(content, self.certificates)
        yield from seal.faults
        if seal.later:
            yield SIGNED_LATER
        if countersigned.countersignature.digest not in seal.countersigned:
            yield NOT_COUNTERSIGNED
        pact = getattr(countersigned.signature, "pact", None)
        if pact is None or not _continues(content, pact):
            yield OTHER_PACT

    def _seal_faults(self, pact, content):
        if pact.certificate_id in self.altered:
            yield FOREIGN_CERTIFICATE
        elif pact.is_sealed:
            seal = examine_seal(content, self.certificates)
            yield from seal.faults
            if seal.later or seal.countersigned:
                yield SIGNED_LATER
        elif self._is_of_today(pact):
            yield UNSEALED

    def _is_of_today(self, pact):
        """Whether it was made when pacts had seals."""
        by_pact = self.first_sealed is not None and pact.pk > self.first_sealed
        signed_at, head = pact.signature.signed_at, self.first_head
        by_head = head is not None and signed_at > head + SECOND
        return by_pact or by_head


def attached_record(content):
    """The bytes of the record in a PDF; None if there is none, or this is no PDF."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            attached = pdf.attachments.get(RECORD_NAME)
            return attached.get_file().read_bytes() if attached else None
    except pikepdf.PdfError:
        return None


def _read(row):
    """(the content of a row's file, why it is not what was made of this signature)."""
    try:
        with default_storage.open(row.file.name, "rb") as file:
            if _sha256_of(file) != row.sha256:
                return b"", (REPLACED,)
            file.seek(0)
            content = file.read()
    except OSError:
        return b"", (LOST,)
    if attached_record(content) != row.signature.record.encode():
        return b"", (OTHER_RECORD,)
    return content, ()


def _continues(content, pact):
    """Whether a file begins with the pact as it was sealed; of one that was lost and sealed anew
    only the digests of the lost ones are left."""
    ends = (match.end() for match in REVISION_END.finditer(content))
    digests = {pact.sha256, *pact.earlier}
    return any(sha256(content[:end]).hexdigest() in digests for end in ends)


def _sha256_of(file):
    """The digest of a file of any length, a piece in memory at a time."""
    digest = sha256()
    while piece := file.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()
