"""The life of a ceremony: the only writer of ceremonies, their officials and their state.

`at` is the moment of an act if it is not now: what entering an older ceremony gives, no page does.
The audit trail always tells when it was really entered.
"""

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from agencies.services import events
from netralitas.lib.errors import Refusal

from ..choices import CeremonyState, Scope
from ..errors import WrongState
from ..models import Ceremony, CeremonyOfficial, Election
from .rosters import freeze_participants

DRAFT, READY, OPEN = CeremonyState.DRAFT, CeremonyState.READY, CeremonyState.OPEN
CLOSED, ARCHIVED = CeremonyState.CLOSED, CeremonyState.ARCHIVED
CANCELLED = CeremonyState.CANCELLED

TRANSITIONS = {
    DRAFT: {READY, CANCELLED},
    READY: {OPEN, CANCELLED},
    OPEN: {CLOSED, CANCELLED},
    CLOSED: {OPEN, ARCHIVED},
    ARCHIVED: set(),
    CANCELLED: set(),
}
FROZEN = "Acara yang daftar pesertanya sudah dibekukan tidak dapat diubah."
ACTS = {
    READY: "ceremony.frozen",
    OPEN: "ceremony.opened",
    CLOSED: "ceremony.closed",
    ARCHIVED: "ceremony.archived",
    CANCELLED: "ceremony.cancelled",
}


@transaction.atomic
def save_draft(*, actor, ceremony, agencies, officials):
    """Create or change a draft with its chosen agencies and its officials, as one act.

    Raises WrongState once the roster is frozen, Refusal if election, text or agencies do not fit
    or an agency is no longer in use.
    """
    created = ceremony.pk is None
    if not created:
        _lock_draft(ceremony)
    _check_parts(ceremony, agencies)
    ceremony.save()
    ceremony.agencies.set(agencies if ceremony.scope == Scope.AGENCIES else [])
    ceremony.officials.all().delete()
    CeremonyOfficial.objects.bulk_create(
        CeremonyOfficial(ceremony=ceremony, **official) for official in officials
    )
    _record(actor, "ceremony.created" if created else "ceremony.changed", ceremony)
    return ceremony


def _lock_draft(ceremony):
    """Nobody can freeze the draft before the end of the act. Raises WrongState if it is none."""
    drafts = Ceremony.objects.select_for_update().filter(pk=ceremony.pk, state=DRAFT)
    if drafts.first() is None:
        raise WrongState(FROZEN)


def _check_parts(ceremony, agencies):
    _check_in_use(ceremony, agencies)
    government = ceremony.organizer.government_path
    if ceremony.election.government.path != government:
        raise Refusal("Pemilu ini milik pemerintah daerah lain.", "election")
    if not ceremony.text.is_published:
        raise Refusal("Naskah harus diterbitkan lebih dahulu.", "text")
    if ceremony.text.government and ceremony.text.government.path != government:
        raise Refusal("Naskah ini milik pemerintah daerah lain.", "text")
    if ceremony.scope == Scope.AGENCIES and not agencies:
        raise Refusal("Pilih sekurang-kurangnya satu instansi.", "agencies")
    if any(agency.government_path != government for agency in agencies):
        raise Refusal("Instansi pemerintah daerah lain tidak dapat dipilih.", "agencies")
    if ceremony.scope == Scope.OFFICIALS and not (
        ceremony.official_echelons or ceremony.official_positions
    ):
        raise Refusal("Pilih eselon atau sebutkan jabatan yang ikut serta.", "official_echelons")


def _check_in_use(ceremony, agencies):
    """Raises Refusal where a reorganisation has taken an agency away: whoever worked there would
    be left out without a word.
    """
    for field, agency in [("organizer", ceremony.organizer), *(("agencies", a) for a in agencies)]:
        if agency.retired_at:
            raise Refusal(f"{agency.name} tidak dipakai lagi. Pilih penggantinya.", field)


@transaction.atomic
def freeze(*, actor, ceremony, at=None):
    """Freeze the roster: DRAFT becomes READY with one participant for each eligible employee.

    Raises WrongState if it was no draft, Refusal if nobody would take part or an agency named in
    the draft is no longer in use.
    """
    # Nobody can rename the election before the end of the act.
    Election.objects.select_for_update().get(pk=ceremony.election_id)
    _move(ceremony, READY, frozen_at=at or timezone.now())
    _check_in_use(ceremony, ceremony.agencies.all())
    count = freeze_participants(ceremony)
    if not count:
        raise Refusal(
            "Tidak ada pegawai aktif yang termasuk peserta acara ini. Impor pegawai atau ubah "
            "pilihan peserta.",
            "scope",
        )
    _record(actor, ACTS[READY], ceremony, {"participants": count})
    return ceremony


@transaction.atomic
def open_signing(*, actor, ceremony, at=None):
    """Let participants sign; from CLOSED it reopens the window for those who have not, as late."""
    _move(ceremony, OPEN, opened_at=Coalesce("opened_at", at or timezone.now()))
    _record(actor, ACTS[OPEN], ceremony, {"late": ceremony.is_late})
    return ceremony


@transaction.atomic
def close_signing(*, actor, ceremony, at=None):
    """End signing. Raises WrongState unless it is open."""
    _move(ceremony, CLOSED, closed_at=Coalesce("closed_at", at or timezone.now()))
    _record(actor, ACTS[CLOSED], ceremony, {"signed": ceremony.participants.signed().count()})
    return ceremony


@transaction.atomic
def archive(*, actor, ceremony):
    """Put a closed ceremony away for good; its pacts stay."""
    _move(ceremony, ARCHIVED)
    _record(actor, ACTS[ARCHIVED], ceremony)
    return ceremony


@transaction.atomic
def cancel(*, actor, ceremony):
    """Cancel a ceremony that is not over. Signatures already given are kept."""
    _move(ceremony, CANCELLED)
    _record(actor, ACTS[CANCELLED], ceremony)
    return ceremony


def _move(ceremony, to, **fields):
    """Change the state by conditional update, so that of two who try only one succeeds."""
    sources = [state for state, targets in TRANSITIONS.items() if to in targets]
    moved = Ceremony.objects.filter(pk=ceremony.pk, state__in=sources).update(state=to, **fields)
    ceremony.refresh_from_db()
    if not moved:
        raise WrongState(
            f"Acara berstatus “{ceremony.get_state_display()}”, sehingga tidak dapat diubah "
            f"menjadi “{CeremonyState(to).label}”."
        )


def _record(actor, act, ceremony, data=None):
    events.record(
        actor=actor, act=act, obj=ceremony, government=ceremony.organizer.government, data=data
    )
