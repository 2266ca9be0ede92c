"""Heads: who the roster shows to lead an agency, without overruling what HR has set."""

import pytest
from django.db import transaction

from agencies.models import Agency, Employee
from agencies.services.employees import move_employee

from .files import applied, csv_file, pns

pytestmark = pytest.mark.django_db


def people(*who):
    """PNS by (number, unit, eselon)."""
    return csv_file(*(pns(n, UNOR_ID=unit, ESELON_NAMA=eselon) for n, unit, eselon in who))


def head_of(unit):
    """PNS ID of the head of the unit, or None."""
    return Agency.objects.values_list("head__siasn_id", flat=True).get(siasn_id=unit)


def test_the_highest_echelon_directly_in_the_agency_heads_it():
    applied(
        people(
            (1, "D1", "II.b"), (2, "D1", "III.a"), (3, "D1", ""), (4, "D1S", "III.b"), (5, "S", "")
        ),
        units=True,
    )
    assert (head_of("D1"), head_of("D1S")) == ("P1", "P4")
    assert (head_of("S"), head_of("D2"), head_of("R")) == (None, None, None)


def test_two_of_the_same_echelon_leave_the_post_open():
    applied(people((1, "D1", "III.a"), (2, "D1", "III.a"), (3, "D1", "IV.a")), units=True)
    assert head_of("D1") is None


def test_the_government_gets_no_head_of_the_roster():
    applied(people((1, "R", "II.a")), units=True)
    assert head_of("R") is None


def test_a_head_named_by_hand_stays_even_from_another_agency():
    applied(people((1, "D1", "II.b"), (2, "D2", "II.b")), units=True)
    acting = Employee.objects.get(siasn_id="P2")
    Agency.objects.filter(siasn_id="D1").update(head=acting)
    applied(people((1, "D1", "II.b"), (2, "D2", "II.b")))
    assert (head_of("D1"), head_of("D2")) == ("P2", "P2")


def test_a_head_who_moved_away_is_replaced_and_heads_the_new_agency():
    applied(people((1, "D1", "II.b"), (2, "D1", "III.a")), units=True)
    applied(people((1, "D2", "II.b"), (2, "D1", "III.a")))
    assert (head_of("D1"), head_of("D2")) == ("P2", "P1")


def test_a_head_who_left_is_replaced_or_the_post_is_vacant():
    applied(people((1, "D1", "II.b"), (2, "D2", "II.b"), (3, "D2", "III.a")), units=True)
    applied(people((3, "D2", "III.a")))
    assert (head_of("D1"), head_of("D2")) == (None, "P3")


def test_an_import_of_the_same_changes_no_head():
    roster = people((1, "D1", "II.b"), (2, "D2", "II.b"))
    applied(roster, units=True)
    before = list(Agency.objects.values_list("pk", "head_id"))
    applied(roster, units=True)
    assert list(Agency.objects.values_list("pk", "head_id")) == before


@pytest.fixture
def acting():
    """D1, headed by somebody who stands in its Sekretariat, and one more in D2."""
    applied(people((1, "D1S", "III.a"), (2, "D2", "")), units=True)
    Agency.objects.filter(siasn_id="D1").update(head=Employee.objects.get(siasn_id="P1"))


@pytest.mark.parametrize(("to", "head"), [("D2", None), ("D1", "P1"), ("D1S", "P1")])
def test_an_acting_head_keeps_the_post_only_within_the_agency(acting, to, head):
    applied(people((1, to, "III.a"), (2, "D2", "")))
    assert head_of("D1") == head


@pytest.mark.parametrize("to", ["D1", "D2", "D2S", "S"])
def test_an_import_vacates_the_posts_that_moving_by_hand_would(acting, to):
    Agency.objects.filter(siasn_id="D2").update(head=Employee.objects.get(siasn_id="P1"))
    with transaction.atomic():
        employee, place = Employee.objects.get(siasn_id="P1"), Agency.objects.get(siasn_id=to)
        move_employee(actor=None, employee=employee, agency=place)
        by_hand = [head_of("D1"), head_of("D2")]
        transaction.set_rollback(True)
    applied(people((1, to, ""), (2, "D2", "")))
    assert [head_of("D1"), head_of("D2")] == by_hand
