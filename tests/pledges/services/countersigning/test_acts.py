"""Countersigning a batch: who takes note of what, once, and what is on record of it."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from agencies.choices import RoleName
from agencies.models import Event, Role, User
from netralitas.lib.canonical import leaf_digest, utc
from netralitas.lib.errors import AppendOnlyError, Refusal
from pledges.errors import BadSignature, BatchChanged, NotConfirmed, WrongState
from pledges.models import Countersignature, CountersignedPact
from pledges.services import pack_files, pacts, register
from pledges.services.countersigning import acts, due, records
from tests import factories
from tests.annulling import annul
from tests.countersigning import countersign, head_of, sitting_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def opd():
    return factories.OpdFactory()


@pytest.fixture
def ceremony(opd):
    return factories.open_ceremony(opd, employees=3)


@pytest.fixture
def signatures(ceremony):
    return [factories.sign(factories.participant_of(ceremony, n)) for n in range(2)]


@pytest.fixture
def head(opd, signatures):
    employee = factories.EmployeeFactory(
        agency=opd, name="Khairil Adli", title_suffix="S.Sos.", position="Kepala Dinas Kominfo"
    )
    return head_of(opd, employee=employee)


def receipts(signatures):
    return {signature.receipt for signature in signatures}


def due_to(user, agency, ceremony):
    return receipts(due.batch_of(user, agency, ceremony))


# The batch --------------------------------------------------------------------------------------


def test_a_head_takes_note_of_all_that_are_signed_at_once(ceremony, signatures, head):
    made = countersign(ceremony, head=head)
    covered = CountersignedPact.objects.filter(countersignature=made).order_by("pk")
    assert [pact.signature for pact in covered] == signatures
    assert {pact.is_made for pact in covered} == {False}
    assert (made.name, made.position) == ("Khairil Adli, S.Sos.", "Kepala Dinas Kominfo")
    assert made.number.startswith("NIP ")
    assert due_to(head, ceremony.organizer, ceremony) == set()


def test_the_record_names_each_signature_and_is_the_digest_in_the_register(
    ceremony, signatures, head
):
    made = countersign(ceremony, head=head)
    told = json.loads(made.record)
    assert told["signatures"] == [[each.receipt, each.digest] for each in signatures]
    assert told["signer"]["agency"]["uuid"] == str(ceremony.organizer.uuid)
    assert (told["confirmed"]["by"], told["signed_at"]) == ("PASSWORD", utc(made.signed_at))
    assert leaf_digest(made.record.encode()) == made.digest
    register.seal()
    standing = register.standing_of(made)
    assert (standing.number, standing.holds) == (3, True)
    assert records.faults_of(made) == ()


def test_the_trail_tells_of_it_without_names(ceremony, signatures, head):
    made = countersign(ceremony, head=head)
    event = Event.objects.get(act="countersignature.given")
    assert (event.actor, event.object_id) == (head, str(ceremony.uuid))
    assert event.data == {
        "agency": str(ceremony.organizer.uuid),
        "count": 2,
        "digest": made.digest,
    }


def test_who_signs_later_is_in_a_later_batch(ceremony, signatures, head):
    countersign(ceremony, head=head)
    late = factories.sign(factories.participant_of(ceremony, 2))
    second = countersign(ceremony, head=head)
    assert [pact.signature for pact in second.pacts.all()] == [late]


def test_nothing_is_taken_note_of_twice(ceremony, signatures, head):
    sitting = sitting_of(head, ceremony.organizer, ceremony)
    values = {"ceremony": ceremony, "agency": ceremony.organizer, "sitting": sitting}
    made = acts.countersign(actor=head, **values)
    with pytest.raises(WrongState, match="Tidak ada pakta"):
        acts.countersign(actor=head, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        CountersignedPact.objects.create(signature=signatures[0], countersignature=made)


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_at_once_one_takes_note(ceremony, signatures):
    heads = [head_of(ceremony.organizer) for _ in range(2)]

    def sign(head):
        try:
            countersign(ceremony, head=head)
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(sign, heads))
    assert answers == ["WrongState", "done"]
    assert CountersignedPact.objects.count() == len(signatures)
    assert Countersignature.objects.count() == 1


def test_a_countersignature_is_never_changed(ceremony, signatures, head):
    made = countersign(ceremony, head=head)
    with pytest.raises(AppendOnlyError):
        made.save()
    with pytest.raises(AppendOnlyError):
        Countersignature.objects.all().delete()


def test_who_cannot_draw_types_the_name(ceremony, signatures, head):
    made = countersign(ceremony, head=head, strokes=[], typed_name="khairil adli")
    assert (made.strokes, made.typed_name) == ([], "khairil adli")
    assert records.faults_of(made) == ()


def test_an_account_of_no_employee_signs_as_head_of_the_agency(ceremony, signatures):
    opd = ceremony.organizer
    made = countersign(ceremony, head=head_of(opd, first_name="Plt. Kepala"))
    assert (made.name, made.position, made.number) == ("Plt. Kepala", f"Kepala {opd.name}", "")


def test_packs_without_it_are_no_longer_given(ceremony, signatures, head):
    pack = factories.pack(ceremony, asker=head)
    countersign(ceremony, head=head)
    pack.refresh_from_db()
    assert (pack.state, pack.reason) == ("EXPIRED", pack_files.COUNTERSIGNED)


# What is refused --------------------------------------------------------------------------------


def test_what_was_signed_since_it_was_looked_at_waits_for_the_next(ceremony, signatures, head):
    sitting = sitting_of(head, ceremony.organizer, ceremony)
    late = factories.sign(factories.participant_of(ceremony, 2))
    made = acts.countersign(
        actor=head, ceremony=ceremony, agency=ceremony.organizer, sitting=sitting
    )
    assert {pact.signature for pact in made.pacts.all()} == set(signatures)
    assert due_to(head, ceremony.organizer, ceremony) == {late.receipt}


NOT_LOOKED_AT = ("", "x", "2", "2-", "0-", "-1-" + "0" * 32, "9" * 30 + "-0")


def test_one_confirmation_serves_one_act(ceremony, signatures, head):
    confirmed_at = timezone.now()
    countersign(ceremony, head=head, confirmed_at=confirmed_at)
    factories.sign(factories.participant_of(ceremony, 2))
    with pytest.raises(NotConfirmed):
        countersign(ceremony, head=head, confirmed_at=confirmed_at)
    countersign(ceremony, head=head)


@pytest.mark.parametrize("name", NOT_LOOKED_AT)
def test_a_list_that_nobody_looked_at_is_not_signed(ceremony, signatures, head, name):
    with pytest.raises((BatchChanged, WrongState)):
        countersign(ceremony, head=head, batch=name)
    assert not Countersignature.objects.exists()


def test_one_of_another_length_is_not_the_list(ceremony, signatures, head):
    whole = sitting_of(head, ceremony.organizer, ceremony).batch
    with pytest.raises(BatchChanged):
        countersign(ceremony, head=head, batch=whole.replace("2-", "1-"))


@pytest.mark.parametrize("ago", [acts.FRESH, timedelta(seconds=-5)])
def test_a_confirmation_holds_for_five_minutes(ceremony, signatures, head, ago):
    with pytest.raises(NotConfirmed):
        countersign(ceremony, head=head, confirmed_at=timezone.now() - ago)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent": False}, "consent"),
        ({"strokes": []}, "strokes"),
        ({"strokes": [[[0, 0], [5000, 0]]]}, "strokes"),
        ({"strokes": [], "typed_name": "Orang Lain"}, "typed_name"),
    ],
)
def test_what_is_no_signature_is_refused(ceremony, signatures, head, changes, field):
    with pytest.raises(BadSignature) as refusal:
        countersign(ceremony, head=head, **changes)
    assert refusal.value.field == field
    assert not Countersignature.objects.exists()


def test_whoever_heads_the_agency_no_more_signs_nothing(ceremony, signatures, head):
    sitting = sitting_of(head, ceremony.organizer, ceremony)
    Role.objects.filter(user=head).delete()
    head = User.objects.get(pk=head.pk)
    with pytest.raises(WrongState, match="sudah berakhir"):
        acts.countersign(actor=head, ceremony=ceremony, agency=ceremony.organizer, sitting=sitting)


# Who takes note of whose pact -------------------------------------------------------------------


@pytest.fixture
def city():
    return factories.GovernmentFactory()


@pytest.fixture
def officials(city):
    """A ceremony of the city: the head of an OPD, a member of it, and one of the city itself."""
    opd = factories.OpdFactory(parent=city)
    people = {
        "head": factories.EmployeeFactory(agency=opd),
        "member": factories.EmployeeFactory(agency=opd),
        "secretary": factories.EmployeeFactory(agency=city),
    }
    opd.head = people["head"]
    opd.save()
    ceremony = factories.open_ceremony(city, employees=0)
    signed = {
        name: factories.sign(ceremony.participants.get(employee=employee))
        for name, employee in people.items()
    }
    return opd, ceremony, people, signed


def test_the_pact_of_a_head_stays_that_of_a_head_whoever_heads_the_opd_later(city, officials):
    opd, ceremony, people, signed = officials
    for signature in signed.values():
        pacts.issue(signature)
    opd.head = people["member"]
    opd.save()
    successor = head_of(opd, employee=people["secretary"])
    assert due_to(successor, opd, ceremony) == {signed["member"].receipt}
    assert due_to(head_of(city), city, ceremony) == receipts([signed["head"], signed["secretary"]])


def test_heads_of_opd_are_noted_above_and_their_people_by_them(city, officials):
    opd, ceremony, people, signed = officials
    head = head_of(opd, employee=people["head"])
    assert due_to(head, opd, ceremony) == {signed["member"].receipt}
    mayor = head_of(city)
    assert due_to(mayor, city, ceremony) == receipts([signed["head"], signed["secretary"]])
    assert [due.counts(user) for user in (head, mayor)] == [{ceremony.pk: 1}, {ceremony.pk: 2}]


def test_nobody_takes_note_of_the_own_pact(city, officials):
    opd, ceremony, people, signed = officials
    secretary = head_of(city, employee=people["secretary"])
    assert due_to(secretary, city, ceremony) == {signed["head"].receipt}
    acting = head_of(opd, employee=people["member"])
    assert due_to(acting, opd, ceremony) == set()
    assert due_to(head_of(city), city, ceremony) == receipts(signed.values())


def test_a_role_below_or_above_the_opd_takes_no_note_of_its_pacts(officials):
    opd, ceremony, _, _ = officials
    unit = factories.UnitFactory(parent=opd)
    chief = head_of(unit)
    assert list(due.headed_by(chief)) == []
    assert due.counts(chief) == {}
    assert list(due.headed_by(factories.user_with_role(RoleName.HR, opd))) == []


def test_what_was_annulled_awaits_nobody(ceremony, signatures, head):
    sitting = sitting_of(head, ceremony.organizer, ceremony)
    annul(signatures[0])
    assert due_to(head, ceremony.organizer, ceremony) == {signatures[1].receipt}
    with pytest.raises(BatchChanged):
        acts.countersign(actor=head, ceremony=ceremony, agency=ceremony.organizer, sitting=sitting)
    again = replace(sitting, batch=due.name_of([signatures[1].receipt]))
    made = acts.countersign(actor=head, ceremony=ceremony, agency=ceremony.organizer, sitting=again)
    assert [pact.signature for pact in made.pacts.all()] == [signatures[1]]
