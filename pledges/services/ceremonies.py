"""The life of a ceremony: the only writer of its state, and of what a draft says.

When and where a saved draft is held, and who leads it, is set by schedules.py; to which campaign it
belongs by campaigns.py.

`at` is the moment of an act if it is not now: what entering an older ceremony gives, no page does.
The audit trail always tells when it was really entered.
"""

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from netralitas.lib.errors import Refusal

from ..choices import CeremonyState, OfficialRole, Scope
from ..errors import WrongState
from ..models import Ceremony, CeremonyOfficial, Wave
from . import holding, trail
from .rosters import freeze_participants, leave_campaign

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
ONE_WAVE = ({"name": "Seluruh peserta"},)
SPEAKERS = (OfficialRole.LEADER, OfficialRole.READER)
# What a saved draft says; the rest has other writers, who may have written since it was read.
SAID = (
    *("title", "kind", "organizer", "election", "text"),
    *("scope", "official_echelons", "official_positions"),
)
OF_OTHERS = ("state", "starts_at", "time_zone", "place", "is_scheduled", "campaign", "reason")
LAST_WAVE = "Gelombang terakhir harus untuk semua peserta lainnya: tanpa eselon dan jabatan."
NO_DATE = "Tetapkan waktu dan tempat acara ini lebih dahulu: jadwalnya baru usulan."
NO_REASON = "Isi alasan pembatalan."
OF_CAMPAIGN = "Acara ini bagian dari rangkaian “{}”, sehingga {} mengikuti rangkaian itu."
HAS_ONE = "{} sudah mempunyai acara dalam rangkaian “{}”."
LEAD_FIRST = (
    "Bekukan lebih dahulu daftar peserta acara induk “{}”. Siapa yang menandatangani di sana tidak "
    "menjadi peserta acara ini lagi."
)
FROZEN = "Acara yang daftar pesertanya sudah dibekukan tidak dapat diubah."
ALREADY = {
    READY: "Daftar peserta acara ini sudah dibekukan.",
    OPEN: "Penandatanganan sudah dibuka.",
    CLOSED: "Penandatanganan sudah ditutup.",
    ARCHIVED: "Acara ini sudah diarsipkan.",
    CANCELLED: "Acara ini sudah dibatalkan.",
}
ACTS = {
    READY: "ceremony.frozen",
    OPEN: "ceremony.opened",
    CLOSED: "ceremony.closed",
    ARCHIVED: "ceremony.archived",
    CANCELLED: "ceremony.cancelled",
}


@transaction.atomic
def save_draft(*, actor, ceremony, agencies, officials, waves=ONE_WAVE):
    """Create or change a draft with its chosen agencies, officials and waves, as one act.

    Officials and waves are the fields of their rows, waves in their order. Of a draft that is there
    the time, place, leader and reader stay as they are. Raises WrongState once the roster is
    frozen, Refusal if election, text or agencies do not fit, an agency is no longer in use, or some
    participants would be in no wave.
    """
    created = ceremony.pk is None
    if not created:
        _hold_draft(ceremony)
    _check_parts(ceremony, agencies)
    _check_campaign(ceremony)
    _check_waves(waves)
    ceremony.save(update_fields=None if created else SAID)
    ceremony.agencies.set(agencies if ceremony.scope == Scope.AGENCIES else [])
    ceremony.officials.exclude(role__in=SPEAKERS).delete()
    CeremonyOfficial.objects.bulk_create(
        CeremonyOfficial(ceremony=ceremony, **official)
        for official in officials
        if created or official["role"] not in SPEAKERS
    )
    ceremony.waves.all().delete()
    Wave.objects.bulk_create(
        Wave(ceremony=ceremony, order=order, **wave) for order, wave in enumerate(waves, start=1)
    )
    trail.record(actor, "ceremony.created" if created else "ceremony.changed", ceremony)
    return ceremony


def _hold_draft(ceremony):
    """Nobody can freeze the draft before the end of the act. Raises WrongState if it is none."""
    stored = holding.ceremony(ceremony.pk)
    if not stored.is_draft:
        raise WrongState(FROZEN)
    for name in OF_OTHERS:
        setattr(ceremony, name, getattr(stored, name))


def _check_parts(ceremony, agencies):
    _check_in_use(ceremony, agencies)
    government = ceremony.organizer.government_path
    if ceremony.election.government.path != government:
        raise Refusal("Pemilu ini milik pemerintah daerah lain.", "election")
    if not ceremony.text.is_published:
        raise Refusal("Naskah harus diterbitkan lebih dahulu.", "text")
    if ceremony.text.government and ceremony.text.government.path != government:
        raise Refusal("Naskah ini milik pemerintah daerah lain.", "text")
    check_made_for(ceremony.text, ceremony.election)
    if ceremony.scope == Scope.AGENCIES and not agencies:
        raise Refusal("Pilih sekurang-kurangnya satu instansi.", "agencies")
    if any(agency.government_path != government for agency in agencies):
        raise Refusal("Instansi pemerintah daerah lain tidak dapat dipilih.", "agencies")
    if ceremony.scope == Scope.OFFICIALS and not (
        ceremony.official_echelons or ceremony.official_positions
    ):
        raise Refusal("Pilih eselon atau sebutkan jabatan yang ikut serta.", "official_echelons")


def _check_campaign(ceremony):
    """All ceremonies of a campaign share election and text, and each agency holds one of them."""
    campaign = ceremony.campaign
    if campaign is None:
        return
    if ceremony.election_id != campaign.election_id:
        raise Refusal(OF_CAMPAIGN.format(campaign.name, "pemilunya"), "election")
    if ceremony.text_id != campaign.text_id:
        raise Refusal(OF_CAMPAIGN.format(campaign.name, "naskahnya"), "text")
    others = campaign.ceremonies.exclude(pk=ceremony.pk).exclude(state=CANCELLED)
    if others.filter(organizer=ceremony.organizer).exists():
        raise Refusal(HAS_ONE.format(ceremony.organizer.name, campaign.name), "organizer")


def _check_waves(waves):
    """The last wave, and no other, takes whoever no earlier one takes. Raises Refusal."""
    *earlier, last = [bool(wave.get("echelons") or wave.get("positions")) for wave in waves]
    if last:
        raise Refusal(LAST_WAVE, "waves")
    if not all(earlier):
        raise Refusal(
            "Sebutkan eselon atau jabatan setiap gelombang sebelum yang terakhir.", "waves"
        )


def check_made_for(text, election):
    """Raises Refusal for a text that names another election than the one it is pledged before."""
    if text.election_id not in (None, election.pk):
        raise Refusal(f"Naskah ini disusun untuk {text.election.name}.", "text")


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

    Raises WrongState if it was no draft, Refusal if nobody would take part, an agency named in the
    draft is no longer in use, its date is only proposed, or the lead of its campaign is not frozen:
    whoever counts there does not take part here.
    """
    # Nobody can rename the election, or freeze another of the campaign, before the end of the act.
    stored = holding.ceremony(ceremony.pk)
    if stored.is_draft:
        check_freezable(stored)
    _move(ceremony, READY, frozen_at=at or timezone.now())
    count = freeze_participants(ceremony)
    if not count:
        raise Refusal(
            "Tidak ada pegawai aktif yang termasuk peserta acara ini. Impor pegawai atau ubah "
            "pilihan peserta.",
            "scope",
        )
    trail.record(actor, ACTS[READY], ceremony, {"participants": count})
    return ceremony


def check_freezable(ceremony):
    """Raises Refusal for a draft that cannot be frozen, whatever its roster."""
    if ceremony.is_proposed:
        raise Refusal(NO_DATE)
    _check_lead(ceremony)
    _check_in_use(ceremony, ceremony.agencies.all())


def _check_lead(ceremony):
    lead = ceremony.campaign.lead if ceremony.campaign else None
    if lead and lead != ceremony and lead.is_draft:
        raise Refusal(LEAD_FIRST.format(lead.title))


@transaction.atomic
def open_signing(*, actor, ceremony, at=None):
    """Let participants sign; from CLOSED it reopens the window for those who have not, as late.

    First the first wave's turn comes, unless it opens by itself; for late signing that of all.
    """
    at = at or timezone.now()
    _move(ceremony, OPEN, opened_at=Coalesce("opened_at", at))
    waiting = ceremony.waves.filter(opened_at=None)
    if not ceremony.is_late:
        waiting = waiting.filter(order=1, opens_at=None)
    waiting.update(opened_at=at)
    trail.record(actor, ACTS[OPEN], ceremony, {"late": ceremony.is_late})
    return ceremony


@transaction.atomic
def open_wave(*, actor, wave):
    """Begin the turn of a wave now. Raises WrongState unless the ceremony is open and it waits."""
    now = timezone.now()
    opening = Wave.objects.filter(pk=wave.pk, opened_at=None, ceremony__state=OPEN)
    opening = opening.exclude(pk__in=Wave.objects.begun(now).filter(pk=wave.pk))
    if not opening.update(opened_at=now):
        raise WrongState("Gelombang ini sudah dibuka, atau acaranya tidak sedang dibuka.")
    wave.refresh_from_db()
    trail.record(actor, "wave.opened", wave.ceremony, {"wave": wave.order})
    return wave


@transaction.atomic
def close_signing(*, actor, ceremony, at=None):
    """End signing. Raises WrongState unless it is open."""
    at = at or timezone.now()
    _move(ceremony, CLOSED, closed_at=Coalesce("closed_at", at), last_closed_at=at)
    trail.record(actor, ACTS[CLOSED], ceremony, {"signed": ceremony.participants.signed().count()})
    return ceremony


@transaction.atomic
def archive(*, actor, ceremony):
    """Put a closed ceremony away for good; its pacts stay."""
    _move(ceremony, ARCHIVED)
    trail.record(actor, ACTS[ARCHIVED], ceremony)
    return ceremony


@transaction.atomic
def cancel(*, actor, ceremony, reason):
    """Cancel a ceremony that is not over, for a reason that its participants are told.

    Signatures already given are kept. Whoever has not signed may sign at another ceremony of the
    campaign. Raises Refusal without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise Refusal(NO_REASON, "reason")
    _move(ceremony, CANCELLED, reason=reason)
    leave_campaign(ceremony)
    trail.record(actor, ACTS[CANCELLED], ceremony, reason=reason)
    return ceremony


def _move(ceremony, to, **fields):
    """Change the state by conditional update, so that of two who try only one succeeds."""
    sources = [state for state, targets in TRANSITIONS.items() if to in targets]
    moved = Ceremony.objects.filter(pk=ceremony.pk, state__in=sources).update(state=to, **fields)
    ceremony.refresh_from_db()
    if not moved and ceremony.state == to:
        raise WrongState(ALREADY[to])
    if not moved:
        raise WrongState(not_possible(ceremony, to))


def not_possible(ceremony, to):
    """Why a ceremony cannot go over to the state `to` from where it stands."""
    return (
        f"Acara berstatus “{ceremony.get_state_display()}”, sehingga tidak dapat diubah "
        f"menjadi “{CeremonyState(to).label}”."
    )
