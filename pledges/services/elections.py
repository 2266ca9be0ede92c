"""Elections and their phases: the only writer of these tables."""

from django.db import transaction

from agencies.services import events

from ..models import ElectionPhase


@transaction.atomic
def save_election(*, actor, election, phases):
    """Create or change an election with its phases, as one act.

    `phases` maps a `PhaseKind` to its (first day, last day); a phase not named is removed.
    """
    created = election.pk is None
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
