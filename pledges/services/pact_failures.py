"""Pacts that could not be made yet: why, and when it is tried again. The only writer of that table.

A failure has no effect on anything but its own pact.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import CountersignedPact, Pact, PactFailure

NOTED = "; sudah diketahui (“Mengetahui”)"
UNSEALED = "Tidak bersegel (dibuat sebelum pakta disegel)"
# After one failure a minute, after two five, and so on; then every hour, for as long as it takes.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))


def note(signature, reason):
    """One attempt more has failed, unless somebody else made the pact meanwhile."""
    now = timezone.now()
    with transaction.atomic():
        failure, _ = PactFailure.objects.get_or_create(
            signature=signature, defaults={"reason": "", "failed_at": now, "next_at": now}
        )
        pause = PAUSES[min(failure.attempts, len(PAUSES) - 1)]
        PactFailure.objects.filter(pk=failure.pk).update(
            attempts=F("attempts") + 1, reason=reason[:255], failed_at=now, next_at=now + pause
        )
    if Pact.objects.filter(signature=signature).exists():
        forget(signature)


def forget(signature):
    """The pact is there."""
    PactFailure.objects.filter(signature=signature).delete()


def standing_of(signature):
    """How far the pact of a signature is, and whether it is sealed, in a sentence or less."""
    pact = Pact.objects.filter(signature=signature).first()
    if pact:
        sealed = f"Disegel, tingkat {pact.seal_level}" if pact.is_sealed else UNSEALED
        return f"{sealed}{_noted(signature)}"
    failure = PactFailure.objects.filter(signature=signature).first()
    return failure.reason if failure else "Sedang dibuat"


def _noted(signature):
    """Whether a head took note of it, and whether the file shows it already."""
    noted = CountersignedPact.objects.filter(signature=signature).first()
    if noted is None:
        return ""
    return NOTED if noted.is_made else f"{NOTED}; berkasnya sedang dilengkapi"


def pending_reason(signature):
    """Why the pact is not tried now for somebody who asks; "" if it may be."""
    failure = PactFailure.objects.filter(signature=signature, next_at__gt=timezone.now()).first()
    return failure.reason if failure else ""
