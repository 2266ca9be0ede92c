"""The database counts participants itself, and never differs from their rows."""

import pytest
from django.core.management import call_command
from django.db import connection

from pledges.models import Participant, Tally, Wave
from pledges.models.tally_triggers import dropping, keep_tallies
from tests import factories

pytestmark = pytest.mark.django_db


def counts_of(**filters):
    """(invited, signed, excused, refused) of each group with anybody in it, as stored."""
    tallies = Tally.objects.filter(invited__gt=0, **filters).order_by("wave__order", "opd")
    return list(tallies.values_list("invited", "signed", "excused", "refused"))


def uncounted(*acts):
    """Do something while there are no triggers, as the old version does during a migration."""
    with connection.cursor() as cursor:
        for statement in dropping(connection.vendor):
            cursor.execute(statement)
    for act in acts:
        act()


def test_freezing_and_signing_are_counted():
    ceremony = factories.open_ceremony(employees=3)
    factories.sign(factories.participant_of(ceremony, 0))
    assert counts_of() == [(3, 1, 0, 0)]


def test_any_change_of_states_is_counted():
    first, second = factories.open_ceremony(employees=5), factories.open_ceremony(employees=2)
    rows = Participant.objects.filter(ceremony=first)
    keys = list(rows.values_list("pk", flat=True))
    rows.filter(pk__in=keys[:2]).update(state="EXCUSED", reason="Cuti")
    rows.filter(pk__in=keys[1:4]).update(state="REFUSED", reason="Menolak")
    Participant.objects.filter(ceremony=second).update(state="SIGNED")
    rows.filter(pk=keys[3]).update(state="PENDING", reason="")
    assert counts_of(ceremony=first) == [(5, 0, 1, 2)]
    assert counts_of(ceremony=second) == [(2, 2, 0, 0)]


def test_a_row_taken_away_is_no_longer_counted():
    ceremony = factories.open_ceremony(employees=2)
    Participant.objects.filter(pk=factories.participant_of(ceremony, 0).pk).delete()
    assert counts_of() == [(1, 0, 0, 0)]


def test_whoever_goes_to_another_wave_or_opd_is_counted_there():
    ceremony = factories.open_ceremony(employees=4)
    later = Wave.objects.create(ceremony=ceremony, order=2, name="Kedua")
    first, second, third, _ = ceremony.participants.order_by("id")
    rows = Participant.objects.filter(ceremony=ceremony)
    rows.filter(pk__in=[first.pk, second.pk]).update(wave=later)
    rows.filter(pk=second.pk).update(state="SIGNED")
    rows.filter(pk=third.pk).update(wave=later, state="EXCUSED", reason="Cuti")
    assert counts_of() == [(1, 0, 0, 0), (3, 1, 1, 0)]
    rows.filter(pk=second.pk).update(opd=factories.OpdFactory(), state="REFUSED", reason="Menolak")
    assert counts_of(wave=later) == [(2, 0, 1, 0), (1, 0, 0, 1)]


@pytest.mark.django_db(transaction=True)
def test_what_happened_without_triggers_is_counted_after_the_migration():
    ceremony, other = factories.open_ceremony(employees=3), factories.open_ceremony(employees=1)
    right = Tally.objects.get(ceremony=other).pk
    signer = factories.participant_of(ceremony, 0)
    uncounted(
        lambda: factories.sign(signer),
        lambda: factories.open_ceremony(employees=2),
        lambda: Participant.objects.filter(pk=signer.pk).update(
            wave=Wave.objects.create(ceremony=ceremony, order=2, name="Kedua")
        ),
    )
    assert counts_of() == [(3, 0, 0, 0), (1, 0, 0, 0)]
    call_command("migrate", verbosity=0)
    assert counts_of(ceremony=ceremony) == [(2, 0, 0, 0), (1, 1, 0, 0)]
    assert sorted(counts_of()) == [(1, 0, 0, 0), (1, 1, 0, 0), (2, 0, 0, 0), (2, 0, 0, 0)]
    assert Tally.objects.get(ceremony=other).pk == right


@pytest.mark.django_db(transaction=True)
def test_a_trigger_that_was_wrong_is_replaced():
    ceremony = factories.open_ceremony(employees=1)
    how = "CREATE TRIGGER tally_update AFTER UPDATE ON pledges_participant "
    wrong = f"{how} BEGIN UPDATE pledges_tally SET invited = 9; END"
    if connection.vendor == "postgresql":
        wrong = f"{how} FOR EACH ROW EXECUTE FUNCTION tally_delete()"
    uncounted()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION tally_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "UPDATE pledges_tally SET invited = 9; RETURN NULL; END $$"
            )
        cursor.execute(wrong)
    factories.sign(factories.participant_of(ceremony))
    assert counts_of() == [(9, 0, 0, 0)]
    keep_tallies(using="default")
    assert counts_of() == [(1, 1, 0, 0)]


@pytest.mark.django_db(transaction=True)
def test_on_the_way_back_participants_can_still_be_changed():
    ceremony = factories.open_ceremony(employees=2)
    try:
        call_command("migrate", "pledges", "0003", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pledges_participant SET state = 'SIGNED'")
    finally:
        call_command("migrate", verbosity=0)
    assert counts_of(ceremony=ceremony) == [(2, 2, 0, 0)]
