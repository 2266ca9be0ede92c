"""Pacts: exactly one PDF for each signature. The only writer of that table."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from netralitas.lib.canonical import sha256_hex

from ..documents.pact import render_pact
from ..documents.pact_context import pact_context
from ..models import Pact

BATCH = 200


def issue(signature):
    """The pact of `signature`, made now if it is not there yet. Safe to call twice at once.

    The file is stored before its row is written, so a row always has its file; of two makers one
    wins and the other's file is removed.
    """
    pact = Pact.objects.filter(signature=signature).first()
    if pact:
        return pact
    content = render_pact(pact_context(signature), record=signature.record.encode())
    name = default_storage.save(file_name(signature), ContentFile(content))
    try:
        with transaction.atomic():
            return Pact.objects.create(signature=signature, file=name, sha256=sha256_hex(content))
    except IntegrityError:
        default_storage.delete(name)
        return Pact.objects.get(signature=signature)


def issue_due(signatures):
    """Make the pact of each signature that has none; yields them one by one."""
    for signature in one_by_one(signatures.without_pact()):
        yield issue(signature)


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
