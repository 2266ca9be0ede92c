"""Pacts: exactly one sealed PDF for each signature. The only writer of that table.

Rendered, sealed, stored, then written down: a row always has its file. What fails leaves nothing
but a line in the log; who tries again, and when, is in `pact_failures` and `pact_queue`.
"""

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, IntegrityError, transaction

from netralitas.lib.canonical import sha256_hex
from netralitas.lib.errors import Refusal
from netralitas.lib.files import safe_name
from netralitas.lib.seal_keys import KeyMissing

from ..documents.pact import render_pact
from ..documents.pact_context import Common, pact_context
from ..documents.pdf import TooLongForOnePage
from ..errors import BrokenPact
from ..models import Pact
from . import pact_failures, pact_seals, trail, verification
from .countersigning import due, stored

BATCH = 200
# What a signature that cannot be printed, or a store that is full or gone, may raise.
FAILURES = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
NOT_MADE = "Pakta belum dapat dibuat."
# Why not, as far as it can be told to somebody who cannot read the log.
REASONS = (
    (TooLongForOnePage, "Isi pakta terlalu panjang untuk satu halaman."),
    (OSError, "Berkas pakta tidak dapat disimpan: penyimpanan penuh atau tidak terjangkau."),
)
NOT_READY = "Pakta ini sedang dibuat. Buka lagi alamat ini beberapa saat lagi."

logger = logging.getLogger(__name__)


class NotReady(Refusal):
    """The worker has not come to this pact yet, or waits until it can seal it; says why."""


def issue(signature, common=None):
    """The pact of `signature`, made now if it is not there yet. Safe to call twice at once.

    Whoever makes many hands on one `Common`. Of two makers one wins and the other's file is
    removed. Raises SealError if it cannot be sealed.
    """
    pact = Pact.objects.filter(signature=signature).first()
    if pact:
        return pact
    pact_seals.check()
    unsealed = _render(signature, common)
    content, certificate = _sealed(signature, unsealed)
    name = default_storage.save(file_name(signature), ContentFile(content))
    try:
        with transaction.atomic():
            return Pact.objects.create(
                signature=signature,
                file=name,
                sha256=sha256_hex(content),
                unsealed_sha256=sha256_hex(unsealed),
                seal_level=pact_seals.level(),
                of_head=due.is_of_head(signature),
                certificate=certificate,
            )
    except Error as error:
        # What no row names must not stay; a database that went away may have written the row.
        if not Pact.objects.filter(file=name).exists():
            default_storage.delete(name)
        if isinstance(error, IntegrityError):
            return Pact.objects.get(signature=signature)
        raise


def content_of(signature, common=None):
    """The bytes of the pact of `signature` as it is given to people: with the countersignature once
    that revision is there, else `first_content_of`. Raises what that does.
    """
    return stored.content_of(signature) or first_content_of(signature, common)


def first_content_of(signature, common=None):
    """The bytes of the pact of `signature`, made now if it is not there yet and can be made here.

    They are always those whose SHA-256 was recorded: BrokenPact is raised if the stored file is
    another; NotReady if the pact is not there, and is not to be tried now or not on this machine.
    """
    pact = Pact.objects.filter(signature=signature).first() or _made_now(signature, common)
    try:
        with pact.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        return _restored(pact, signature)
    if sha256_hex(content) != pact.sha256:
        logger.error("The file of pact %s is not the one that was made.", pact.pk)
        raise BrokenPact("Berkas pakta tidak cocok dengan catatan, sehingga tidak diberikan.")
    return content


def hand_out(*, actor, signature):
    """`content_of` the pact for somebody who takes it along, with the event that says so.

    `actor` is None for the signer who came by a link or a slip. Raises BrokenPact or NotReady, and
    leaves no event then.
    """
    content = content_of(signature)
    participant = signature.participant
    trail.record(
        actor,
        "pact.downloaded",
        participant.ceremony,
        {"count": 1},
        employee=participant.employee,
    )
    return content


def attempt(act, signature, common=None):
    """What `act` gives for `signature` and `common`, and "": or None, and why not as a sentence.

    For those who go through many: one bad signature does not keep the others from being made.
    """
    try:
        return act(signature, common), ""
    except Refusal as error:
        return None, error.message
    except FAILURES as error:
        logger.exception("The pact of signature %s cannot be made.", signature.pk)
        told = (reason for kind, reason in REASONS if isinstance(error, kind))
        return None, next(told, NOT_MADE)


def make_or_note(signature, common=None):
    """Make the pact of `signature`; if that fails, note why and when it is tried again.

    Returns "" or why not.
    """
    reason = attempt(issue, signature, common)[1]
    if reason:
        pact_failures.note(signature, reason)
    else:
        pact_failures.forget(signature)
    return reason


def issue_due(signatures):
    """Make the pact of each signature that has none; yields each with "" or why it failed."""
    common = Common()
    for signature in one_by_one(signatures.without_pact().for_pact()):
        yield signature, make_or_note(signature, common)


def one_by_one(signatures):
    """The signatures in their order, a batch in memory at a time, no cursor left open.

    Making a pact writes, and SQLite refuses to write in the midst of a reading that another
    process has overtaken.
    """
    keys = list(signatures.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield from signatures.filter(pk__in=keys[start : start + BATCH])


def file_name(signature):
    """Where the PDF lies in the store; the digest keeps names apart and unguessable."""
    return f"pakta/{signature.digest[:2]}/{signature.digest}.pdf"


def pact_file_name(participant):
    """What a single pact is called where it is saved."""
    return f"Pakta Integritas - {safe_name(participant.name)}.pdf"


def _render(signature, common=None):
    """Raises NotReady for a signature that does not fit its record any more: whoever can change
    rows must not get a seal over another text than was signed."""
    if not verification.examine(signature).genuine:
        logger.error("Signature %s does not fit its record: no pact is made.", signature.pk)
        raise NotReady(NOT_MADE)
    return render_pact(pact_context(signature, common), record=signature.record.encode())


def _sealed(signature, unsealed):
    """What is stored for an unsealed pact, and the certificate it is sealed with."""
    return pact_seals.sealed(unsealed, location=signature.participant.ceremony.place)


def _made_now(signature, common):
    """A pact for somebody who waits, unless it has failed and is not to be tried again yet."""
    reason = pact_failures.pending_reason(signature)
    if reason:
        raise NotReady(reason)
    try:
        return issue(signature, common)
    except KeyMissing as error:
        raise NotReady(NOT_READY) from error


def _restored(pact, signature):
    """The lost file of a pact, made and stored again. Of two who do so one file stays.

    What was sealed must come out as it was; the seal over it is a new one, at no lower level. The
    digest of the lost file stays known, and the trail tells of both.
    """
    unsealed = _render(signature)
    if sha256_hex(unsealed) != (pact.unsealed_sha256 or pact.sha256):
        logger.error("The file of pact %s is lost and cannot be made again.", pact.pk)
        raise BrokenPact("Berkas pakta hilang dan tidak dapat dibuat kembali seperti semula.")
    if not pact.is_sealed:
        return _stored_again(pact, unsealed)
    if pact_seals.is_below(pact.seal_level):
        logger.error("Pact %s was sealed at %s, and is lost.", pact.pk, pact.seal_level)
        raise BrokenPact("Berkas pakta hilang, dan tingkat segel kini diatur lebih rendah.")
    try:
        content, certificate = _sealed(signature, unsealed)
    except KeyMissing as error:
        raise NotReady(NOT_READY) from error
    return _sealed_anew(pact, signature, content, certificate)


def _stored_again(pact, content):
    """A pact from before there were seals, byte for byte."""
    name = default_storage.save(pact.file.name, ContentFile(content))
    if name != pact.file.name:
        default_storage.delete(name)
    logger.warning("The file of pact %s was lost and has been made again.", pact.pk)
    return content


def _sealed_anew(pact, signature, content, certificate):
    """Another file with the same pact in it, in the place of the lost one.

    Its name is another too: nobody who still knows the lost one's digest may find these bytes.
    """
    stem, ending = file_name(signature).rsplit(".", 1)
    name = f"{stem}_{sha256_hex(content)[:16]}.{ending}"
    name = default_storage.save(name, ContentFile(content))
    lost = Pact.objects.filter(pk=pact.pk, sha256=pact.sha256)
    with transaction.atomic():
        first = lost.update(
            file=name,
            sha256=sha256_hex(content),
            seal_level=pact_seals.level(),
            certificate=certificate,
            earlier=[*pact.earlier, pact.sha256],
        )
        if first:
            digests = {"lost": pact.sha256, "sha256": sha256_hex(content)}
            participant = signature.participant
            trail.record(
                None, "pact.resealed", participant.ceremony, digests, employee=participant.employee
            )
    if not first:
        default_storage.delete(name)
        return first_content_of(signature)
    logger.warning("The file of pact %s was lost and has been sealed anew.", pact.pk)
    return content
