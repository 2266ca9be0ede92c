"""Inviting everybody of an agency: each once, one at a time."""

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from agencies.models import Event, User
from agencies.services import claims
from netralitas.lib.errors import Refusal
from tests import factories


@pytest.fixture
def people(city):
    """Three who can be invited, and one each without address, with account, gone, elsewhere."""
    for name in ("satu", "dua"):
        factories.EmployeeFactory(agency=city.opd, email=f"{name}@dumaikota.example")
    factories.EmployeeFactory(agency=city.unit, email="unit@dumaikota.example")
    factories.EmployeeFactory(agency=city.opd)
    has_account = factories.EmployeeFactory(agency=city.opd, email="punya@dumaikota.example")
    factories.UserFactory(
        employee=has_account, government=city.government, email="punya@dumaikota.example"
    )
    factories.EmployeeFactory(agency=city.opd, email="keluar@dumaikota.example", active=False)
    factories.EmployeeFactory(agency=city.other_opd, email="lain@dumaikota.example")


def recipients():
    return sorted(message.to[0] for message in mail.outbox)


def test_everybody_with_an_address_and_no_account_is_invited(city, people, run_tasks):
    asked = claims.invite_all_employees(actor=city.operator, agency=city.opd)
    assert asked == claims.Round(invited=3, shared=0)
    run_tasks()
    assert recipients() == [f"{name}@dumaikota.example" for name in ("dua", "satu", "unit")]


def test_who_shares_an_address_is_skipped_and_counted(city, people, run_tasks):
    for address in ("TU@dumaikota.example", "tu@dumaikota.example", "punya@dumaikota.example"):
        factories.EmployeeFactory(agency=city.unit, email=address)
    factories.UserFactory(government=city.government, email="camat@dumaikota.example")
    factories.EmployeeFactory(agency=city.unit, email="camat@dumaikota.example")
    asked = claims.invite_all_employees(actor=city.hr, agency=city.opd)
    assert asked == claims.Round(invited=3, shared=4)
    event = Event.objects.of(city.opd).get()
    assert event.data == {"count": 3, "shared_addresses": 4}
    run_tasks()
    assert recipients() == [f"{name}@dumaikota.example" for name in ("dua", "satu", "unit")]


def test_an_address_of_who_left_or_works_for_another_government_is_nobody_elses(
    city, regency, run_tasks
):
    address = "siti@dumaikota.example"
    factories.EmployeeFactory(agency=city.opd, email=address)
    factories.EmployeeFactory(agency=city.opd, email=address, active=False)
    elsewhere = factories.EmployeeFactory(agency=regency.opd, email=address)
    factories.UserFactory(government=regency.government, employee=elsewhere, email=address)
    claims.invite_all_employees(actor=city.hr, agency=city.opd)
    run_tasks()
    assert recipients() == [address]


def test_asking_twice_invites_nobody_twice(city, people, run_tasks):
    claims.invite_all_employees(actor=city.hr, agency=city.opd)
    claims.invite_all_employees(actor=city.hr, agency=city.government)
    run_tasks()
    assert len(mail.outbox) == 4
    with pytest.raises(Refusal, match="Tidak ada pegawai yang dapat diundang"):
        claims.invite_all_employees(actor=city.hr, agency=city.opd)


def test_a_task_that_runs_again_invites_nobody_twice(city, people, run_tasks):
    for _ in range(2):
        claims.invite_next.enqueue(str(city.opd.uuid), str(city.hr.uuid))
        run_tasks()
    assert len(mail.outbox) == 3


def test_many_are_invited_in_batches_so_that_other_tasks_have_their_turn(
    city, people, run_tasks, monkeypatch
):
    monkeypatch.setattr(claims, "BATCH", 2)
    claims.invite_all_employees(actor=city.hr, agency=city.opd)
    run_tasks()
    assert len(mail.outbox) == 3
    assert DBTaskResult.objects.filter(task_path__endswith="invite_next").count() == 2


def test_the_act_and_each_account_are_events_of_whoever_asked(city, people, run_tasks):
    claims.invite_all_employees(actor=city.operator, agency=city.opd)
    run_tasks()
    asked = Event.objects.of(city.opd).get()
    assert (asked.act, asked.actor) == ("account.invited", city.operator)
    assert asked.data == {"count": 3, "shared_addresses": 0}
    created = Event.objects.filter(act="account.created", actor=city.operator)
    assert created.count() == User.objects.filter(password__startswith="!").count() == 3
