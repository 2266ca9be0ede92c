"""Every address × every role × the expected status: the table is access_matrix.txt, beside this.

A new address fails `test_every_address_is_in_the_table` until it has a row there: who may see it is
decided in that table, never by accident. addresses.py has their arguments, and what a POST sends.
`login` is 302 to the login page. What stands behind a colon tells two rows of one address apart.

    visitor     not logged in             nobody      logged in, without role or employee
    employee    of the OPD, with account  operator    of the OPD
    head        of the OPD                auditor     of its government
    hr          of its government         foreign_hr  of another government
    other_head  of another OPD of the same government
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from .addresses import ARGUMENTS, DATA
from .world import ACTORS, World

TABLE = Path(__file__).with_name("access_matrix.txt").read_text(encoding="utf-8")


def rows():
    """(method, name, {actor: status}) for each row of the table."""
    header, _, *lines = filter(None, TABLE.splitlines())
    assert header.split() == ["method", "name", *ACTORS]
    for line in lines:
        method, name, *statuses = line.split()
        yield method, name, dict(zip(ACTORS, statuses, strict=True))


def address_of(row):
    """The name of the address that a row of the table is about."""
    return row.partition(":")[0]


def addresses(patterns=None):
    """The name of every address of the site; "" for one without a name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or ""
        else:
            yield from addresses(pattern.url_patterns)


def test_every_address_is_in_the_table():
    assert sorted(set(addresses())) == sorted({address_of(name) for _, name, _ in rows()})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "name", "expected"), [pytest.param(*row, id=f"{row[0]} {row[1]}") for row in rows()]
)
def test_an_address_answers_each_role_as_the_table_says(client, method, name, expected):
    world = World()
    address = reverse(address_of(name), kwargs=ARGUMENTS.get(name, lambda world: {})(world))
    data = DATA.get(name, lambda world: {})(world) if method == "POST" else {}
    users = {actor: world.actor(actor) for actor in ACTORS}
    answers = {actor: answer_to(client, users[actor], method, address, data) for actor in ACTORS}
    assert answers == expected


def answer_to(client, user, method, address, data):
    """What one actor gets, as the table writes it; whatever the request changed is taken back."""
    with transaction.atomic():
        client.cookies.clear()
        if user is not None:
            client.force_login(user)
        response = client.get(address) if method == "GET" else client.post(address, data)
        response.getvalue()
        transaction.set_rollback(True)
    to, _, _ = response.headers.get("Location", "").partition("?")
    return "login" if to == reverse("account_login") else str(response.status_code)
