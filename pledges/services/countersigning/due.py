"""Which signed pacts await whose countersignature. Reads only.

The head of an OPD takes note of its pacts; of the pacts of heads of OPD whoever is head of the
government does, and nobody of the own pact.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.functions import Coalesce

from agencies.choices import AgencyLevel, RoleName
from agencies.models import Agency, Role
from agencies.querysets import below
from netralitas.lib.canonical import canonical, sha256_hex

from ...choices import ParticipantState
from ...models import Signature

# One signature covers as many, the oldest first: more than the largest government has employees.
MOST_AT_ONCE = 10_000
# How many keys one query names.
CHUNK = 500
DIGEST_LENGTH = 32
LONGEST_NAME = len(f"{MOST_AT_ONCE}-") + DIGEST_LENGTH
LEVELS = (AgencyLevel.GOVERNMENT, AgencyLevel.OPD)


@dataclass(frozen=True)
class Waiting:
    """How many pacts await an agency's head, and the names of those who can log in as that."""

    agency: Agency
    count: int
    heads: list[str]


def headed_by(user):
    """The OPD and governments for which `user` countersigns: the role is held on that very one."""
    held = Role.objects.filter(user=user, role=RoleName.HEAD, agency=OuterRef("pk"))
    return Agency.objects.filter(Exists(held), level__in=LEVELS).order_by("path")


def due_to(user, agency):
    """The signatures of which `user`, as head of `agency`, has still to take note."""
    signatures = with_heads(Signature.objects.all()).filter(_noted_at(agency), countersigned=None)
    counted = signatures.filter(participant__state=ParticipantState.SIGNED)
    return counted.exclude(participant__employee=user.employee_id) if user.employee_id else counted


def waiting_in(ceremony, paths):
    """A `Waiting` for each agency within `paths` whose head has still to take note of pacts of a
    ceremony, the most first; in three queries. The pacts of heads await the government's.
    """
    signed = Signature.objects.filter(
        participant__ceremony=ceremony,
        participant__state=ParticipantState.SIGNED,
        countersigned=None,
    )
    counts, government = Counter(), ceremony.organizer.government
    rows = with_heads(signed).order_by().values_list("participant__opd", "of_head")
    for opd, of_head, count in rows.annotate(n=Count("pk")):
        counts[government.pk if of_head else opd] += count
    agencies = Agency.objects.filter(below(paths), pk__in=counts)
    roles = Role.objects.filter(role=RoleName.HEAD, user__is_active=True, agency__in=counts)
    heads = {}
    for role in roles.select_related("user__employee").order_by("pk"):
        heads.setdefault(role.agency_id, []).append(str(role.user))
    waiting = [Waiting(each, counts[each.pk], heads.get(each.pk, [])) for each in agencies]
    return sorted(waiting, key=lambda each: (-each.count, each.agency.name))


def batch_of(user, agency, ceremony, name=""):
    """The same of one ceremony, at most `MOST_AT_ONCE`, in their order.

    With the `name` of a batch that was looked at no more than were in it: whoever signs a pact
    meanwhile comes after them, and waits for the next.
    """
    due = due_to(user, agency).filter(participant__ceremony=ceremony)
    length = name.partition("-")[0]
    most = int(length) if length.isdecimal() else MOST_AT_ONCE
    return due.order_by("pk")[: min(most, MOST_AT_ONCE)]


def name_of(receipts):
    """Stands for a batch, by its length and its digest: who signs says so what was looked at."""
    receipts = sorted(receipts)
    return f"{len(receipts)}-{sha256_hex(canonical(receipts))[:DIGEST_LENGTH]}"


def counts(user):
    """{ceremony's key: how many pacts await `user`}, one query for each agency headed."""
    found = {}
    for agency in headed_by(user):
        rows = due_to(user, agency).order_by().values("participant__ceremony")
        for key, count in rows.annotate(n=Count("pk")).values_list("participant__ceremony", "n"):
            found[key] = found.get(key, 0) + count
    return found


def with_heads(signatures):
    """Adds `of_head`: whether whoever signed headed the own OPD, by its data or by a role, when the
    pact was made; until that is there, whether they do today.
    """
    heads = Agency.objects.filter(
        pk=OuterRef("participant__opd"), head=OuterRef("participant__employee")
    )
    roles = Role.objects.filter(
        role=RoleName.HEAD,
        agency=OuterRef("participant__opd"),
        user__is_active=True,
        user__employee=OuterRef("participant__employee"),
    )
    today = ExpressionWrapper(Q(Exists(heads)) | Q(Exists(roles)), output_field=BooleanField())
    return signatures.annotate(of_head=Coalesce("pact__of_head", today))


def is_of_head(signature):
    """The same of one signature."""
    return with_heads(type(signature).objects.filter(pk=signature.pk)).get().of_head


def _noted_at(agency):
    if agency.level == AgencyLevel.GOVERNMENT:
        heads = Q(participant__opd__path__startswith=agency.path, of_head=True)
        return Q(participant__opd=agency) | heads
    return Q(participant__opd=agency, of_head=False)
