"""Whether what was acknowledged is stored, and what is stored fits together."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from agencies.models import Event
from netralitas.lib.task_queue import still_to_do
from pledges.choices import ParticipantState
from pledges.models import Participant, Signature, Tally
from pledges.services import verification
from pledges.tasks import issue_pact


@dataclass(frozen=True)
class Findings:
    """Counts, and a sentence for each thing that is wrong; losses are told by `lost` alone."""

    stored: int
    lost: int
    doubled: int
    faults: tuple[str, ...]


def compare(receipts):
    """What became of the acknowledged `receipts`, by key, in the database as it is now."""
    stored = {str(each.key): each for each in Signature.objects.for_pact()}
    people = Counter(str(each.participant.uuid) for each in stored.values())
    acknowledged = Counter(receipt.participant for receipt in receipts.values())
    return Findings(
        stored=len(stored),
        lost=sum(not _is_kept(receipt, stored.get(key)) for key, receipt in receipts.items()),
        doubled=sum(count > 1 for count in (people | acknowledged).values()),
        faults=tuple(_faults(stored.values())),
    )


def everybody_answered(receipts):
    """Whether each participant has a receipt and has signed."""
    everybody = {str(uuid) for uuid in Participant.objects.values_list("uuid", flat=True)}
    unsigned = Participant.objects.exclude(state=ParticipantState.SIGNED).exists()
    return everybody == {each.participant for each in receipts.values()} and not unsigned


def _is_kept(receipt, signature):
    """Stored under the same receipt, for the same person, with the digest that was shown."""
    return (
        signature is not None
        and signature.receipt == receipt.code
        and str(signature.participant.uuid) == receipt.participant
        and receipt.digest in {None, signature.digest}
    )


def _faults(signatures):
    for signature in signatures:
        for fault in verification.examine(signature).faults:
            yield f"{signature.receipt}: {fault}"
    checks = {
        "a participant is SIGNED without signature, or PENDING with one": _states_fit,
        "the tallies do not equal the rows": _tallies_fit,
        "a signature has no event of its own, or an event no signature": _events_fit,
        "a signature has neither pact nor task nor noted failure": _tasks_fit,
        "the database is damaged": _database_is_sound,
    }
    for fault, fits in checks.items():
        if not fits():
            yield fault


def _states_fit():
    return not Participant.objects.filter(
        Q(state=ParticipantState.SIGNED, signature=None)
        | Q(state=ParticipantState.PENDING, signature__isnull=False)
    ).exists()


def _tallies_fit():
    groups = Participant.objects.order_by().values_list("ceremony", "opd", "wave")
    signed = Count("pk", filter=Q(state=ParticipantState.SIGNED))
    invited = Count("pk", filter=~Q(state=ParticipantState.ANNULLED))
    rows = groups.annotate(invited=invited, signed=signed)
    tallies = Tally.objects.values_list("ceremony", "opd", "wave", "invited", "signed")
    return sorted(rows) == sorted(tallies)


def _events_fit():
    given = Event.objects.filter(act="signature.given").values_list("object_id", "data")
    told = sorted((participant, data["digest"]) for participant, data in given)
    rows = Signature.objects.values_list("participant__uuid", "digest")
    return told == sorted((str(participant), digest) for participant, digest in rows)


def _tasks_fit():
    waiting = {task.args_kwargs["args"][0] for task in still_to_do(issue_pact)}
    without = Signature.objects.without_pact().filter(pact_failure=None)
    return set(without.values_list("pk", flat=True)) <= waiting


def _database_is_sound():
    connection.check_constraints()
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        sound = cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return sound and not cursor.execute("PRAGMA foreign_key_check").fetchall()
