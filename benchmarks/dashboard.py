"""The figures of a dashboard against one COUNT by state over the same rows, for a city's ceremony
and for one sixty times its size; all participants, and those of one OPD.
"""

from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from agencies.models import Employee
from benchmarks.measure import in_turns, seconds
from pledges.models import Participant, Signature
from pledges.services.dashboard_figures import figures_of_ceremony
from tests.factories import (
    EmployeeFactory,
    GovernmentFactory,
    OpdFactory,
    open_ceremony,
    sign,
)

from .board import CITY, MORE_EMPLOYEES, OPDS, PROVINCE, copied

ROUNDS = 5
GRADES = "substr('III/aIII/bIII/cIII/dIV/a ', 1 + 5 * (person.id %% 5), 5)"
KINDS = "CASE WHEN person.id %% 4 = 0 THEN 'PPPK' ELSE 'PNS' END"
STATES = "CASE WHEN person.id %% 10 < 6 THEN 'SIGNED' ELSE 'PENDING' END"
COLUMNS, VALUES = copied(
    Participant,
    employee_id="person.id",
    number="person.number",
    kind=KINDS,
    grade=f"trim({GRADES})",
    state=STATES,
)
MORE_PARTICIPANTS = f"""
    WITH first AS MATERIALIZED (SELECT * FROM pledges_participant WHERE ceremony_id = %s)
    INSERT INTO pledges_participant ({COLUMNS})
    SELECT {VALUES} FROM agencies_employee AS person
    JOIN first AS base ON base.agency_id = person.agency_id
    WHERE person.government_id = %s AND person.id NOT IN (
        SELECT employee_id FROM pledges_participant WHERE ceremony_id = %s
    )
"""
# Signatures as heavy as real ones, spread over nine hours.
COLUMNS, VALUES = copied(
    Signature,
    participant_id="person.id",
    key="lower(hex(randomblob(16)))",
    receipt="lower(hex(randomblob(13)))",
    digest="lower(hex(randomblob(32)))",
    signed_at="strftime('%%Y-%%m-%%d %%H:%%M:%%f000', '2023-01-11', "
    "(abs(random()) %% 32400) || ' seconds')",
)
SIGNATURES = f"""
    INSERT INTO pledges_signature ({COLUMNS})
    SELECT {VALUES} FROM pledges_participant AS person
    JOIN (SELECT * FROM pledges_signature WHERE participant_id = %s) AS base
    WHERE person.ceremony_id = %s AND person.state = 'SIGNED' AND person.id <> base.participant_id
"""


def ceremony_of(size):
    """An open ceremony of `size` participants in 45 OPD, of whom six in ten have signed."""
    government = GovernmentFactory()
    for opd in OpdFactory.create_batch(OPDS, parent=government):
        EmployeeFactory(agency=opd)
    ceremony = open_ceremony(government, employees=0)
    first = ceremony.participants.first()
    sign(first)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MORE_EMPLOYEES, [size - OPDS - 1, government.pk])
        cursor.execute(MORE_PARTICIPANTS, [ceremony.pk, government.pk, ceremony.pk])
        cursor.execute(SIGNATURES, [first.pk, ceremony.pk])
        cursor.execute("ANALYZE")
    return ceremony


def run():
    """Yield the benchmark's lines."""
    for size in (CITY, PROVINCE):
        made = []
        filling = seconds(lambda size=size, made=made: made.append(ceremony_of(size)))
        yield from told(made[0], size, filling)


def told(ceremony, size, filling):
    """The lines of one ceremony."""
    everything = [ceremony.organizer.path]
    one = [ceremony.tallies.order_by("pk").first().opd.path]
    baseline = ceremony.participants.order_by().values("state").annotate(people=Count("pk"))
    with CaptureQueriesContext(connection) as captured:
        figures = figures_of_ceremony(ceremony, everything)
    if figures.total.invited != size or Employee.objects.count() < size:
        raise RuntimeError("not everybody is counted")
    ours, counting = in_turns(
        lambda: figures_of_ceremony(ceremony, everything), lambda: list(baseline.all()), ROUNDS
    )
    of_one, _ = in_turns(
        lambda: figures_of_ceremony(ceremony, one), lambda: list(baseline.all()), ROUNDS
    )
    yield (
        f"dashboard: {size} participants (made in {filling:.0f} s), {figures.total.signed} "
        f"signatures: {len(captured)} queries, {1000 * ours:.0f} ms for all, {1000 * of_one:.0f} "
        f"ms for one OPD; one COUNT by state {1000 * counting:.0f} ms: {ours / counting:.1f}x"
    )
