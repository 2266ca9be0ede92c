"""The organisation's seal over a PDF: PAdES, as a certification that permits a countersignature.

The seal is appended to the bytes it is put on; not one of them changes. Whoever seals the same
bytes twice gets two different files: the seal tells its time, and its signature holds chance.
So it is with the countersignature, which fills in a field that the seal has found empty.
"""

from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.form_tools import annot_width_height
from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import SignatureObject
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

from . import dates
from .appearances import Mark, appearance
from .coroutines import result_of
from .seal_cms import containers_of, held
from .seal_keys import Delayed, SealError

FIELD = "SegelOrganisasi"
# The field that waits for whoever takes note.
COUNTERSIGNED = "Mengetahui"
REASON = "Segel organisasi penyelenggara: isi berkas ini tidak berubah sejak disegel"
# Filling in and signing: a countersignature comes as a second revision.
PERMITTED = MDPPerm.FILL_FORMS
# What pyHanko raises, as it is or wrapped, of a certificate that nobody vouches for now.
UNVOUCHED = (PathBuildingError, ValidationError)
UNREADABLE = "Berkas PDF tidak dapat disegel."
NOT_VOUCHED_FOR = (
    "Sertifikat segel atau sertifikat peladen stempel waktu tidak dapat diperiksa (masa berlaku, "
    "pencabutan, penerbit), sehingga tidak disegel."
)


class Revision(IncrementalPdfFileWriter):
    """What is appended to a PDF, and leaves alone what the PDF says of itself.

    pyHanko would date the document anew and name itself as its producer, in two places that then
    contradict each other.
    """

    def _update_meta(self):
        """Called before writing."""


@dataclass(frozen=True)
class Terms:
    """How to seal: at which level, and who stamps the time and vouches for certificates.

    `timestamper` is needed above B-B, `trust` (a ValidationContext) above B-T.
    """

    level: str = "B-B"
    location: str = ""
    timestamper: object = None
    trust: object = None


@dataclass(frozen=True)
class Countersigning:
    """What a countersignature says: who, why, and what the field shows where it has a place."""

    name: str
    reason: str
    mark: Mark


class AsItIs(BaseStampStyle):
    """Has pyHanko leave alone what a field shows."""

    def create_stamp(self, writer, box, text_params):
        """Nothing."""


def seal(content, key, terms, now):
    """The bytes of a PDF with the seal of `key` after them, at exactly the level of `terms`.

    Raises SealError where that cannot be had: the certificate is not valid at `now`, the PDF cannot
    be read, the time-stamp server or what vouches for a certificate is away.
    """
    name = key.facts.subject
    return _signed(content, key, terms, now, {"field": FIELD, "reason": REASON, "name": name})


def countersign(content, key, terms, now, countersigning):
    """The bytes of a sealed PDF with a second revision: the field "Mengetahui" filled in and signed
    with `key`, so that the seal stays valid. A PDF without that field gets one that shows nothing.

    Raises SealError as `seal` does.
    """
    said = {"reason": countersigning.reason, "name": countersigning.name}
    said |= {"field": COUNTERSIGNED, "mark": countersigning.mark}
    return _signed(content, key, terms, now, said)


def _signed(content, key, terms, now, said):
    check_in_time(key.facts, now)
    put = _put_plain if terms.level == "B-B" else _put_stamped
    try:
        writer = Revision(BytesIO(content))
        if "mark" in said:
            _show(writer, said)
        return put(writer, key, terms, now, said)
    except (*UNVOUCHED, PdfError, SigningError) as error:
        if isinstance(error, UNVOUCHED) or isinstance(error.__cause__, UNVOUCHED):
            raise Delayed(NOT_VOUCHED_FOR) from error
        raise SealError(UNREADABLE) from error


def check_in_time(facts, now):
    """Raises SealError for a certificate that is expired or not valid yet."""
    if now > facts.not_after:
        raise SealError(f"Sertifikat segel kedaluwarsa sejak {dates.date_only(facts.not_after)}.")
    if now < facts.not_before:
        begins = dates.date_only(facts.not_before)
        raise SealError(f"Sertifikat segel baru berlaku mulai {begins}.")


def _show(writer, said):
    """Have the empty field show the mark, if it has room on the page."""
    waiting = enumerate_sig_fields(writer, filled_status=False, with_name=said["field"])
    for _, _, reference in waiting:
        field = reference.get_object()
        width, height = annot_width_height(field)
        if width and height:
            shown = writer.import_object(appearance(said["mark"], float(width), float(height)))
            field["/AP"] = DictionaryObject({pdf_name("/N"): shown})
            writer.update_container(field)


def _put_plain(writer, key, terms, now, said):
    """Level B-B, whose container needs nothing from elsewhere."""
    containers, signer = containers_of(key.certificate, key.chain), held(key)
    writer.ensure_output_version(version=(1, 7))
    writer.register_extension(ESIC_EXTENSION_1)
    field = said["field"]
    steps = PdfCMSEmbedder(new_field_spec=SigFieldSpec(field)).write_cms(field, writer)
    next(steps)
    signature = SignatureObject(
        now,
        subfilter=SigSeedSubFilter.PADES,
        name=said["name"],
        location=terms.location or None,
        reason=said["reason"],
        bytes_reserved=containers.room,
    )
    certifies = field == FIELD
    permitted = SigMDPSetup(
        signer.digest, certify=certifies, docmdp_perms=PERMITTED if certifies else None
    )
    steps.send(SigObjSetup(signature, mdp_setup=permitted))
    prepared, output = steps.send(SigIOSetup(signer.digest))
    steps.send(containers.container(prepared.document_digest, signer.sign))
    return output.getvalue()


def _put_stamped(writer, key, terms, now, said):
    """Level B-T and those above it."""
    signer = held(key)
    metadata = PdfSignatureMetadata(
        field_name=said["field"],
        md_algorithm=signer.digest,
        reason=said["reason"],
        location=terms.location or None,
        name=said["name"],
        certify=said["field"] == FIELD,
        docmdp_permissions=PERMITTED,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=terms.level in {"B-LT", "B-LTA"},
        use_pades_lta=terms.level == "B-LTA",
        validation_context=terms.trust,
        signer_key_usage={"digital_signature"},
    )
    pdf_signer = PdfSigner(
        metadata,
        signer,
        timestamper=terms.timestamper,
        stamp_style=AsItIs(),
        new_field_spec=SigFieldSpec(said["field"]),
    )
    return result_of(pdf_signer.async_sign_pdf(writer)).getvalue()
