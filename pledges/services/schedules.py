"""When and where a ceremony is held and who leads it: the only writer of these once it is saved.

A draft's schedule is set, as often as it takes; that of a frozen ceremony is changed with a reason.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from netralitas.lib.dates import kept
from netralitas.lib.errors import Refusal

from ..choices import CeremonyState
from ..errors import WrongState
from ..models import Ceremony, CeremonyOfficial
from . import trail
from .ceremonies import SPEAKERS

NO_REASON = "Isi alasan perubahan jadwal."
IS_PAST = "Waktu yang baru sudah lewat."
UNCHANGED = "Waktu dan tempat masih sama."
NOT_DRAFT = "Jadwal hanya dapat ditetapkan selama acara masih konsep."
NOT_READY = (
    "Jadwal hanya dapat diubah setelah daftar peserta dibekukan dan sebelum penandatanganan dibuka."
)


@transaction.atomic
def set_schedule(*, actor, ceremony, starts_at, time_zone, place, officials):
    """Say when and where a draft is held, who leads and who reads; witnesses stay as they are.

    From then on it is no proposal any more. `officials` are the fields of leader and reader. Waves
    that open by themselves do so as much later or earlier. Raises WrongState unless it is a draft.
    """
    drafts = Ceremony.objects.select_for_update().filter(pk=ceremony.pk, state=CeremonyState.DRAFT)
    before = drafts.first()
    if before is None:
        raise WrongState(NOT_DRAFT)
    drafts.update(starts_at=starts_at, time_zone=time_zone, place=place, is_scheduled=True)
    _shift_waves(ceremony, starts_at - before.starts_at)
    ceremony.officials.filter(role__in=SPEAKERS).delete()
    CeremonyOfficial.objects.bulk_create(
        CeremonyOfficial(ceremony=ceremony, **official) for official in officials
    )
    ceremony.refresh_from_db()
    trail.record(actor, "ceremony.scheduled", ceremony, _moments(before, ceremony))
    return ceremony


@transaction.atomic
def change(*, actor, ceremony, starts_at, time_zone, place, reason):
    """Reschedule a frozen ceremony that is not open yet, for a reason its participants are told.

    Waves that open by themselves do so as much later or earlier, and mails that are planned are
    sent so. Raises WrongState in any other state, Refusal without a reason, without a change, or
    for a time that is past.
    """
    reason = reason.strip()
    ready = Ceremony.objects.select_for_update().filter(pk=ceremony.pk, state=CeremonyState.READY)
    before = ready.first()
    if before is None:
        raise WrongState(NOT_READY)
    _check_change(before, starts_at, place, reason)
    ready.update(starts_at=starts_at, time_zone=time_zone, place=place, reason=reason)
    shift = starts_at - before.starts_at
    _shift_waves(ceremony, shift)
    ceremony.mailings.planned().update(send_at=F("send_at") + shift)
    ceremony.refresh_from_db()
    moments = _moments(before, ceremony)
    trail.record(actor, "ceremony.rescheduled", ceremony, moments, reason=reason)
    return ceremony


def _shift_waves(ceremony, shift):
    waiting = ceremony.waves.filter(opened_at=None).exclude(opens_at=None)
    waiting.update(opens_at=F("opens_at") + shift)


def _check_change(before, starts_at, place, reason):
    if not reason:
        raise Refusal(NO_REASON, "reason")
    if (starts_at, place) == (before.starts_at, before.place):
        raise Refusal(UNCHANGED, "day")
    if starts_at != before.starts_at and starts_at < timezone.now():
        raise Refusal(IS_PAST, "day")


def _moments(before, after):
    """When it was to be held and when it is, as the trail prints moments."""
    return {
        "was_at": kept(before.starts_at, before.time_zone),
        "will_be_at": kept(after.starts_at, after.time_zone),
        "place_changed": before.place != after.place,
    }
