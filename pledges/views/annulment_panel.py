"""What is told of an annulment: on the participant's page, the receipt, the verification."""

from django.utils import timezone

from netralitas.lib import dates

from .. import rules
from ..choices import CeremonyState
from ..models import Annulment, Participant
from ..services import annulment_officers
from ..services.annulments import TOO_NEW

NEVER_OPENS = (CeremonyState.ARCHIVED, CeremonyState.CANCELLED)


def panel(user, participant, signature):
    """What the participant's page shows of annulling, and what `user` may do about it."""
    organizer = participant.ceremony.organizer
    may_annul = rules.may_annul(user.rights, organizer)
    may_read = rules.may_read_annulment(user.rights, organizer)
    request = _request_about(signature) if may_read else None
    own = request is not None and request.asked_by_id == user.pk
    decides = may_annul and request is not None and not own
    may_consent = decides and annulment_officers.second_since(user, request) is not None
    return {
        "annulment": _annulment_of(participant),
        "annulment_request": request,
        "replacement": Participant.objects.filter(replaces=participant).first(),
        "replaced": participant.replaces,
        **late_signing(user, participant),
        "may_read_annulment": may_read,
        "may_ask_annulment": may_annul and participant.is_signed and request is None,
        "may_decide_annulment": decides,
        "may_consent_annulment": may_consent,
        "too_new": TOO_NEW,
        "may_withdraw_annulment": may_annul and own,
        **(second_officer(user, request.asked_at, organizer) if may_annul and own else {}),
    }


def second_officer(user, moment, organizer):
    """Whether somebody is missing who may consent to what `user` asks at `moment`."""
    return {"no_second_officer": not annulment_officers.has_second(user, moment, organizer)}


def second_officer_now(user, organizer):
    """The same of what `user` might ask now."""
    return second_officer(user, timezone.now(), organizer)


def late_signing(user, participant):
    """Whether the one who is to sign anew can only do so once signing is opened again."""
    ceremony = participant.ceremony
    waits = participant.replaces_id and participant.is_pending
    return {
        "waits_for_opening": waits and ceremony.state == CeremonyState.CLOSED,
        "never_opens": waits and ceremony.state in NEVER_OPENS,
        "may_open_again": rules.may_manage(user.rights, ceremony.organizer),
    }


def _request_about(signature):
    """The request about a signature that nobody has decided; None without either."""
    if signature is None:
        return None
    related = ("asked_by", "signature__participant__ceremony__organizer")
    return signature.annulment_requests.asked().select_related(*related).first()


def _annulment_of(participant):
    """The annulment of a participant, without a query where there can be none."""
    if not participant.is_annulled:
        return None
    found = Annulment.objects.select_related("requested_by", "consented_by")
    return found.filter(signature__participant=participant).first()


def told(annulment, ceremony):
    """What anybody may read of an annulment; None where there is none."""
    if annulment is None:
        return None
    when = dates.exact_date_time(annulment.annulled_at, ceremony.time_zone)
    return {"when": when, "cause": annulment.get_cause_display(), "digest": annulment.digest}


def told_of(participant):
    """The same of a participant's signature, for its receipt."""
    return told(_annulment_of(participant), participant.ceremony)
