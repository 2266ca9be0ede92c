"""Annulling a signature: one officer asks, a second one agrees; nothing is ever deleted.

The only writer of requests and annulments, of the state ANNULLED, and of the participant that takes
the place. Each act holds the participant's row first, so that of two at once one waits and finds
the request decided.
"""

from django.db import transaction
from django.utils import timezone

from netralitas.lib.canonical import canonical, leaf_digest

from ..choices import AnnulmentCause, AnnulmentState, ParticipantState
from ..errors import WrongState
from ..models import Annulment, AnnulmentRequest, Participant
from ..models.annulment import BY_ANOTHER
from ..models.participant import FROZEN_FIELDS
from . import annulment_officers, annulment_records, holding, invitations, pack_files, trail

SIGNED, ANNULLED = ParticipantState.SIGNED, ParticipantState.ANNULLED
# What the one who takes the place has of the one before, besides the frozen identity.
SAME_PLACE = (
    *("ceremony_id", "campaign_id", "employee_id", "wave_id", "agency_id", "opd_id"),
    *("name", "bare_name", "agency_name", "opd_name"),
)
NOT_SIGNED = "Hanya pakta yang sudah ditandatangani dan belum dibatalkan yang dapat dibatalkan."
ALREADY_ASKED = "Pembatalan pakta ini sudah diajukan dan menunggu petugas lain."
DECIDED = "Pengajuan pembatalan ini sudah diputuskan atau ditarik."
TOO_NEW = (
    "Anda belum menjadi petugas BKPSDM saat pembatalan ini diajukan, atau akun Anda diubah "
    "sesudahnya. Yang menyetujui harus petugas yang sudah bertugas sebelum pengajuan."
)
NOT_YOURS = "Hanya yang mengajukan yang dapat menarik pengajuan ini. Petugas lain menolaknya."


def hindrance(signature):
    """Why nobody can ask for it now, in a sentence; "" if somebody can."""
    if not signature.participant.is_signed:
        return NOT_SIGNED
    asked = AnnulmentRequest.objects.asked().filter(signature=signature).exists()
    return ALREADY_ASKED if asked else ""


@transaction.atomic
def ask(*, actor, signature, cause, explanation):
    """The request of `actor` that a signature be annulled; another officer decides it.

    Raises WrongState if the signature does not count any more, or the same was asked before.
    """
    if _hold(signature) != SIGNED:
        raise WrongState(NOT_SIGNED)
    if AnnulmentRequest.objects.asked().filter(signature=signature).exists():
        raise WrongState(ALREADY_ASKED)
    request = AnnulmentRequest.objects.create(
        signature=signature, cause=cause, explanation=explanation, asked_by=actor
    )
    _record(actor, "annulment.asked", request)
    return request


@transaction.atomic
def withdraw(*, actor, request):
    """Take an own request back. Raises WrongState for another's, or once it is decided."""
    if request.asked_by_id != actor.pk:
        raise WrongState(NOT_YOURS)
    _decide(actor, request, AnnulmentState.WITHDRAWN)
    _record(actor, "annulment.withdrawn", request)


@transaction.atomic
def decline(*, actor, request):
    """The signature goes on counting. Raises WrongState for whoever asked, or if it is decided."""
    _check_second(actor, request)
    _decide(actor, request, AnnulmentState.DECLINED)
    _record(actor, "annulment.declined", request)


@transaction.atomic
def consent(*, actor, request):
    """The `Annulment`: the signature counts nowhere any more, and is to be given anew.

    Its participant keeps it and becomes ANNULLED; every way in of that one ends. A new participant
    with the same frozen identity is expected to sign instead, whatever the state of the ceremony:
    of a closed one it is told as unsigned, until it is reopened. Raises WrongState for whoever
    asked, for whoever became HR only afterwards, once the request is decided, or if the signature
    does not count any more. Packs that may hold the pact are voided.
    """
    _check_second(actor, request)
    since = annulment_officers.second_since(actor, request)
    if since is None:
        raise WrongState(TOO_NEW)
    participant = request.signature.participant
    # Nobody cancels it before the end of the act, so that the campaign of the new one is right.
    participant.ceremony = holding.ceremony(participant.ceremony_id)
    now = _decide(actor, request, AnnulmentState.CONSENTED)
    reason = AnnulmentCause(request.cause).label
    counted = Participant.objects.filter(pk=participant.pk, state=SIGNED)
    if not counted.update(state=ANNULLED, reason=reason):
        raise WrongState(NOT_SIGNED)
    participant.refresh_from_db(fields=["state", "reason"])
    invitations.revoke_all(participant)
    _replace(participant)
    annulment = _annul(actor, request, since, now)
    pack_files.void(participant.ceremony)
    _record(actor, "signature.annulled", request, digest=annulment.digest)
    return annulment


def _hold(signature):
    """Hold the participant's row until the transaction ends; its state as it is now."""
    rows = Participant.objects.select_for_update(no_key=True).order_by()
    return rows.values_list("state", flat=True).get(pk=signature.participant_id)


def _check_second(actor, request):
    if request.asked_by_id == actor.pk:
        raise WrongState(BY_ANOTHER)


def _decide(actor, request, state):
    """End a request by conditional update; returns when. Raises WrongState if it is ended."""
    _hold(request.signature)
    now = timezone.now()
    asked = AnnulmentRequest.objects.asked().filter(pk=request.pk)
    if not asked.update(state=state, decided_by=actor, decided_at=now):
        raise WrongState(DECIDED)
    request.refresh_from_db(fields=["state", "decided_by", "decided_at"])
    return now


def _replace(participant):
    same = {name: getattr(participant, name) for name in (*SAME_PLACE, *FROZEN_FIELDS)}
    if participant.ceremony.is_cancelled:
        # Nobody signs there again, so another ceremony of the campaign may take the person in.
        same["campaign_id"] = None
    return Participant.objects.create(replaces=participant, **same)


def _annul(actor, request, since, now):
    annulment = Annulment(
        signature=request.signature,
        cause=request.cause,
        explanation=request.explanation,
        requested_by=request.asked_by,
        requested_at=request.asked_at,
        consented_by=actor,
        consenter_since=since,
        annulled_at=now,
    )
    record = canonical(annulment_records.record_of(annulment))
    annulment.record = record.decode()
    annulment.digest = leaf_digest(record)
    annulment.save()
    return annulment


def _record(actor, act, request, **data):
    """Only the cause is told: the explanation may name people, and the trail is kept for ever."""
    data = {"reason": request.cause, **data}
    trail.record_of(actor, act, request.signature.participant, data)
