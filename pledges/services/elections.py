"""Elections and their phases: the only writer of these tables."""

from django.db import transaction

from agencies.services import events

from ..choices import TextState
from ..errors import WrongState
from ..models import Ceremony, Election, ElectionPhase, PledgeText

FIXED_FIELDS = ("kind", "name", "year")
FIXED = (
    "Jenis, nama, dan tahun pemilu tidak dapat diubah lagi karena daftar peserta salah satu "
    "acaranya sudah dibekukan. Tahapan masih dapat diubah."
)
IN_TEXTS = (
    "Naskah yang sudah diterbitkan untuk pemilu ini memuat nama dan tahunnya dan tidak ikut "
    "berubah. Bila nama atau tahun diubah, terbitkan versi naskah yang baru."
)


@transaction.atomic
def save_election(*, actor, election, phases):
    """Create or change an election with its phases, as one act.

    `phases` maps a `PhaseKind` to its (first day, last day); a phase not named is removed. Raises
    WrongState for another kind, name or year of an election that pacts name.
    """
    created = election.pk is None
    if not created:
        _check_fixed(election)
    election.save()
    election.phases.all().delete()
    ElectionPhase.objects.bulk_create(
        ElectionPhase(election=election, kind=kind, starts=starts, ends=ends)
        for kind, (starts, ends) in phases.items()
    )
    events.record(
        actor=actor,
        act="election.created" if created else "election.changed",
        obj=election,
        government=election.government,
        data={"phases": len(phases)},
    )
    return election


def is_fixed(election):
    """Whether the roster of one of its ceremonies was ever frozen."""
    return Ceremony.objects.filter(election=election.pk, frozen_at__isnull=False).exists()


def advice(election):
    """What whoever changes the election should know first, in a sentence; "" if nothing."""
    if is_fixed(election):
        return FIXED
    texts = PledgeText.objects.filter(election=election.pk, state=TextState.PUBLISHED)
    return IN_TEXTS if election.pk and texts.exists() else ""


def _check_fixed(election):
    """Nobody can freeze a ceremony of the election before the end of the act."""
    stored = Election.objects.select_for_update().get(pk=election.pk)
    changed = [name for name in FIXED_FIELDS if getattr(stored, name) != getattr(election, name)]
    if changed and is_fixed(stored):
        raise WrongState(FIXED, changed[0])
