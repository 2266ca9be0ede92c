"""The second revision of countersigned pacts, made by the worker. Safe to run twice, and at once.

A row gets its file last; of two makers one wins, and the other's file is removed. What fails is
noted in the row, and tried again (`queue`).
"""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from netralitas.lib import dates
from netralitas.lib.appearances import Mark
from netralitas.lib.canonical import sha256_hex
from netralitas.lib.seals import Countersigning

from ...documents.pact_context import Common
from ...documents.pdf import printable_text
from ...models import Countersignature, CountersignedPact, Signature
from .. import pack_files, pact_failures, pact_seals, pacts, trail, verification

# So many in one task: others wait for the worker, too.
AT_A_TIME = 200
UNSEALED = "Pakta dari sebelum ada segel tidak dapat diberi tanda tangan “Mengetahui”."


def make_due(countersignature_id):
    """Make up to `AT_A_TIME` files that are due; whether more of them are.

    Packs of the ceremony are outdated once the last one is there.
    """
    countersignature = Countersignature.objects.select_related("ceremony").get(
        pk=countersignature_id
    )
    rows = CountersignedPact.objects.filter(countersignature=countersignature)
    due = rows.due(timezone.now())
    keys = list(due.values_list("pk", "signature")[:AT_A_TIME])
    said, common = said_by(countersignature), Common()
    for key, signature in keys:
        _make_or_note(key, Signature.objects.for_pact().get(pk=signature), said, common)
    if keys and not rows.to_be_made().exists():
        pack_files.outdate(countersignature.ceremony)
    return due.exists()


def said_by(countersignature):
    """What the second signature says and shows."""
    zone = countersignature.ceremony.time_zone
    who = ", ".join(filter(None, (countersignature.name, countersignature.number)))
    when = dates.exact_date_time(countersignature.signed_at, zone)
    lines = (
        f"Ditandatangani secara elektronik oleh {who}",
        countersignature.position,
        f"{when} menurut jam server",
    )
    return Countersigning(
        name=printable_text(countersignature.name),
        reason=f"Mengetahui; catatan SHA-256 {countersignature.digest}",
        mark=Mark(
            strokes=_frozen(countersignature.strokes),
            typed_name=printable_text(countersignature.typed_name),
            paragraphs=tuple(map(printable_text, lines)),
        ),
    )


def _frozen(value):
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _make_or_note(key, signature, said, common):
    reason = pacts.attempt(lambda signed, with_: _make(key, signed, said, with_), signature, common)
    if reason[1]:
        _note(key, reason[1])


def _make(key, signature, said, common):
    if not verification.examine(signature).genuine:
        raise pacts.NotReady(pacts.NOT_MADE)
    content = pacts.first_content_of(signature, common)
    if not pact_seals.is_sealed(signature):
        raise pacts.NotReady(UNSEALED)
    made = pact_seals.countersigned(content, said, location=signature.participant.ceremony.place)
    digest = sha256_hex(made)
    name = f"pakta/{signature.digest[:2]}/{signature.digest}_mengetahui_{digest[:16]}.pdf"
    name = default_storage.save(name, ContentFile(made))
    if not _keep(key, signature, name, digest):
        default_storage.delete(name)


def _keep(key, signature, name, digest):
    """Whether it was this maker whose file is kept."""
    row = CountersignedPact.objects.filter(pk=key, file="")
    with transaction.atomic():
        kept = row.update(
            file=name, sha256=digest, made_at=timezone.now(), next_at=None, attempts=0, reason=""
        )
        lost = CountersignedPact.objects.values_list("earlier", flat=True).get(pk=key)
        if kept and lost:
            told = {"lost": lost[-1], "sha256": digest}
            trail.record_of(None, "pact.resealed", signature.participant, told)
    return kept


def _note(key, reason):
    """One attempt more has failed, unless somebody else made it meanwhile; where none can ever
    succeed, no other is made.
    """
    row = CountersignedPact.objects.not_made().filter(pk=key)
    attempts = row.values_list("attempts", flat=True).first() or 0
    pause = pact_failures.PAUSES[min(attempts, len(pact_failures.PAUSES) - 1)]
    again = None if reason == UNSEALED else timezone.now() + pause
    row.update(attempts=F("attempts") + 1, reason=reason[:255], next_at=again)
