"""Pacts: exactly one PDF for each signature. The only writer of that table."""

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from agencies.services import events
from netralitas.lib.canonical import sha256_hex
from netralitas.lib.errors import Refusal
from netralitas.lib.files import safe_name

from ..documents.pact import render_pact
from ..documents.pact_context import pact_context
from ..models import Pact

BATCH = 200
# What a signature that cannot be printed, or a store that is full or gone, may raise.
FAILURES = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
NOT_MADE = "Pakta belum dapat dibuat."

logger = logging.getLogger(__name__)


class BrokenPact(Refusal):
    """The stored file is not the one that was made, or is lost and cannot be made again."""

    def __init__(self, what):
        super().__init__(f"{what} Hubungi pengelola sistem.")


def issue(signature):
    """The pact of `signature`, made now if it is not there yet. Safe to call twice at once.

    The file is stored before its row is written, so a row always has its file; of two makers one
    wins and the other's file is removed.
    """
    pact = Pact.objects.filter(signature=signature).first()
    if pact:
        return pact
    content = _render(signature)
    name = default_storage.save(file_name(signature), ContentFile(content))
    try:
        with transaction.atomic():
            return Pact.objects.create(signature=signature, file=name, sha256=sha256_hex(content))
    except IntegrityError:
        default_storage.delete(name)
        return Pact.objects.get(signature=signature)


def content_of(signature):
    """The bytes of the pact of `signature`, made now if it is not there yet.

    They are always those whose SHA-256 was recorded: a lost file is made again, and BrokenPact is
    raised if that gives another one, or if the stored file is another.
    """
    pact = issue(signature)
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

    `actor` is None for the signer who came by a link or a slip. Raises BrokenPact, and leaves no
    event then.
    """
    content = content_of(signature)
    participant = signature.participant
    events.record(
        actor=actor,
        act="pact.downloaded",
        obj=participant.ceremony,
        government=participant.ceremony.organizer.government,
        employee=participant.employee,
        data={"count": 1},
    )
    return content


def attempt(act, signature):
    """What `act` gives for `signature`, and "": or None, and why not as a sentence.

    For those who go through many: one bad signature does not keep the others from being made.
    """
    try:
        return act(signature), ""
    except BrokenPact as error:
        return None, error.message
    except FAILURES:
        logger.exception("The pact of signature %s cannot be made.", signature.pk)
        return None, NOT_MADE


def issue_due(signatures):
    """Make the pact of each signature that has none; yields each with "" or why it failed."""
    for signature in one_by_one(signatures.without_pact().for_pact()):
        yield signature, attempt(issue, signature)[1]


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


def _render(signature):
    return render_pact(pact_context(signature), record=signature.record.encode())


def _restored(pact, signature):
    """The lost file of a pact, made and stored again. Of two who do so one file stays."""
    content = _render(signature)
    if sha256_hex(content) != pact.sha256:
        logger.error("The file of pact %s is lost and cannot be made again.", pact.pk)
        raise BrokenPact("Berkas pakta hilang dan tidak dapat dibuat kembali seperti semula.")
    name = default_storage.save(pact.file.name, ContentFile(content))
    if name != pact.file.name:
        default_storage.delete(name)
    logger.warning("The file of pact %s was lost and has been made again.", pact.pk)
    return content
