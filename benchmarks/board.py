"""The big screen asked by twenty screens: a city's ceremony against one sixty times its size."""

from django.db import connection, transaction
from django.urls import reverse

from agencies.models import Employee
from benchmarks.clients import load, request
from benchmarks.measure import percentile, queries_of, seconds
from benchmarks.server import server
from pledges.models import Participant
from pledges.services import boards
from tests.factories import EmployeeFactory, GovernmentFactory, OpdFactory, open_ceremony

CITY, PROVINCE = 8_379, 500_000
OPDS = 45
SCREENS = 20
ROUNDS = 5
ASKED = 15


def address_of_ceremony(size):
    """Where a screen asks for the figures of a new open ceremony with `size` participants."""
    government = GovernmentFactory()
    for opd in OpdFactory.create_batch(OPDS, parent=government):
        EmployeeFactory(agency=opd)
    ceremony = open_ceremony(government, employees=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MORE_EMPLOYEES, [size - OPDS - 1, government.pk])
        cursor.execute(MORE_PARTICIPANTS, [ceremony.pk, government.pk, ceremony.pk])
    return reverse("display-figures", args=[boards.new_display(ceremony)])


def copied(model, **changes):
    """(the columns of a model but its key, what a copy of a row called `base` has in them)."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = {"uuid": "lower(hex(randomblob(16)))", **changes}
    return ", ".join(columns), ", ".join(values.get(name, f"base.{name}") for name in columns)


COLUMNS, VALUES = copied(Employee, number="printf('1%017d', n.at)")
MORE_EMPLOYEES = f"""
    WITH RECURSIVE n (at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM n WHERE at < %s),
    first AS (
        SELECT *, row_number() OVER (ORDER BY id) - 1 AS place
        FROM agencies_employee WHERE government_id = %s
    )
    INSERT INTO agencies_employee ({COLUMNS})
    SELECT {VALUES} FROM n JOIN first AS base ON base.place = n.at %% {OPDS}
"""
COLUMNS, VALUES = copied(
    Participant,
    employee_id="person.id",
    number="person.number",
    state="CASE WHEN person.id %% 10 < 6 THEN 'SIGNED' ELSE 'PENDING' END",
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


def run():
    """Yield the benchmark's lines."""
    city, addresses = address_of_ceremony(CITY), []
    filling = seconds(lambda: addresses.append(address_of_ceremony(PROVINCE)))
    yield f"board: {PROVINCE} participants and the counts of them made in {filling:.0f} s"
    addresses = [city, *addresses]
    queries = [queries_of(address) for address in addresses]
    asked = [[request("GET", address)] * (SCREENS * ASKED) for address in addresses]
    times = [], []
    with server() as port:
        for requests in asked:
            load(port, requests, 200, SCREENS)
        for _ in range(ROUNDS):
            for requests, found in zip(asked, times, strict=True):
                found.extend(load(port, requests, 200, SCREENS)[1])
    small, large = (percentile(found, 95) for found in times)
    yield (
        f"board: {queries[0]} queries and p95 {small:.0f} ms at {CITY} participants, {queries[1]} "
        f"and {large:.0f} ms at {PROVINCE}; ratio {large / small:.2f}x (aim 1.5x; {SCREENS} "
        "screens at once)"
    )
