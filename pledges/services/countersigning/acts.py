"""Countersigning a batch: the only writer of countersignatures, and of which pact is under which.

Nothing of a pact's own row or file changes; its second revision is made by the worker.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from agencies.models import User
from netralitas.lib import strokes as drawing
from netralitas.lib.canonical import canonical, leaf_digest
from netralitas.lib.names import same_name

from ... import rules, tasks
from ...documents.pact import number_line
from ...documents.pact_context import title_of_head
from ...errors import BadSignature, BatchChanged, NotConfirmed, WrongState
from ...models import Ceremony, Countersignature, CountersignedPact, Participant
from .. import pack_files, signing, trail
from . import due, records

# So long a confirmation holds; it is asked for just before the act.
FRESH = timedelta(minutes=5)
NOTHING_DUE = "Tidak ada pakta yang menunggu tanda tangan “Mengetahui” Anda pada acara ini."
NOT_CONSENTED = "Nyatakan bahwa Anda telah memeriksa daftar pakta ini."
NOT_HEAD = "Peran Anda sebagai kepala instansi ini sudah berakhir."


@dataclass(frozen=True)
class Sitting:
    """What a head hands in: the name of the batch that was looked at (`due.name_of`), the drawing
    or the typed name, the statement; and how and when it was confirmed who it is.
    """

    batch: str
    confirmation: str
    confirmed_at: datetime
    consent: bool = False
    strokes: list = field(default_factory=list)
    typed_name: str = ""


@transaction.atomic
def countersign(*, actor, ceremony, agency, sitting):
    """The `Countersignature` of `actor` as head of `agency` over the batch that was looked at.

    Raises WrongState if nothing awaits it, or `actor` is head no more; BatchChanged if something of
    the batch does not any more; NotConfirmed if who it is was confirmed too long ago, or for
    another act; BadSignature.
    """
    now = timezone.now()
    # Of two at once the second finds nothing left.
    Ceremony.objects.select_for_update(no_key=True).get(pk=ceremony.pk)
    if not rules.may_countersign_for(actor.rights, agency):
        raise WrongState(NOT_HEAD)
    batch = due.batch_of(actor, agency, ceremony, sitting.batch)
    signatures = list(batch.select_related("participant__opd"))
    _hold(signatures)
    if not all(_may_note(actor, signature) for signature in signatures):
        raise WrongState(NOT_HEAD)
    if not signatures:
        raise WrongState(NOTHING_DUE)
    if due.name_of(signature.receipt for signature in signatures) != sitting.batch:
        raise BatchChanged
    _check_confirmation(actor, sitting.confirmed_at, now)
    _check(actor, sitting)
    return _write(actor, ceremony, agency, sitting, signatures, now)


def signer_facts(user, agency):
    """Name, position and number as they are printed; the position as that of the agency's head
    where the account is nobody's employee or the employee has none."""
    title, employee = title_of_head(agency, agency.name), user.employee
    if employee is None:
        return {"name": str(user), "position": title, "number": ""}
    return {
        "name": employee.full_name,
        "position": employee.position or title,
        "number": number_line(employee.number, employee.number_kind),
    }


def _may_note(actor, signature):
    participant = signature.participant
    is_own = participant.employee_id == actor.employee_id
    return rules.may_countersign(
        actor.rights, participant.opd, of_head=signature.of_head, is_own=is_own
    )


def _hold(signatures):
    """Nobody annuls one of them until the transaction ends; who did before is not among them."""
    keys = [signature.participant_id for signature in signatures]
    rows = Participant.objects.select_for_update(no_key=True).order_by("pk").signed()
    held = set()
    for start in range(0, len(keys), due.CHUNK):
        part = rows.filter(pk__in=keys[start : start + due.CHUNK])
        held.update(part.values_list("pk", flat=True))
    signatures[:] = [each for each in signatures if each.participant_id in held]


def _check_confirmation(actor, confirmed_at, now):
    """Who it is was confirmed for this act: just now, and for no other, also of two at once."""
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    is_used = Countersignature.objects.filter(signer=actor, confirmed_at=confirmed_at).exists()
    if is_used or not now - FRESH < confirmed_at <= now:
        raise NotConfirmed


def _check(actor, sitting):
    if sitting.typed_name:
        names = [str(actor)]
        if actor.employee:
            names += [actor.employee.name, actor.employee.full_name]
        if not sitting.typed_name.isprintable() or not any(
            same_name(sitting.typed_name, name) for name in names
        ):
            raise BadSignature(f"Ketik nama Anda: {names[-1]}.", "typed_name")
    else:
        try:
            drawing.check(sitting.strokes)
        except drawing.StrokesError as error:
            raise BadSignature(signing.STROKES_REFUSALS[error.code], "strokes") from error
    if not sitting.consent:
        raise BadSignature(NOT_CONSENTED, "consent")


def _write(actor, ceremony, agency, sitting, signatures, now):
    made = Countersignature(
        ceremony=ceremony,
        agency=agency,
        signer=actor,
        strokes=[] if sitting.typed_name else sitting.strokes,
        typed_name=sitting.typed_name,
        confirmation=sitting.confirmation,
        confirmed_at=sitting.confirmed_at,
        signed_at=now,
        **signer_facts(actor, agency),
    )
    record = canonical(records.record_of(made, signatures, sitting.confirmed_at))
    made.record, made.digest = record.decode(), leaf_digest(record)
    made.save()
    CountersignedPact.objects.bulk_create(
        (
            CountersignedPact(signature=signature, countersignature=made, next_at=now)
            for signature in signatures
        ),
        batch_size=due.CHUNK,
    )
    pack_files.outdate(ceremony)
    data = {"agency": str(agency.uuid), "count": len(signatures), "digest": made.digest}
    trail.record(actor, "countersignature.given", ceremony, data)
    tasks.make_countersigned.enqueue(made.pk)
    return made
