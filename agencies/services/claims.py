"""Inviting all employees of an agency to claim their accounts, one at a time in the worker."""

from dataclasses import dataclass

from django.db import transaction
from django_tasks import task

from netralitas.lib.errors import Refusal

from ..models import Agency, Employee, User
from . import events
from .accounts import invite_employee

BATCH = 100
NOBODY = (
    "Tidak ada pegawai yang dapat diundang: semua sudah memiliki akun, belum ada surelnya, atau "
    "surelnya juga dipakai orang lain."
)


@dataclass(frozen=True)
class Round:
    """How many are `invited`, and how many not because others have their address as well."""

    invited: int
    shared: int


@transaction.atomic
def invite_all_employees(*, actor, agency):
    """Have the worker invite everybody of `agency` and below with an own address and no account.

    Returns the `Round` as it is now. Asked twice, nobody is invited twice. Raises Refusal if there
    is nobody.
    """
    people = Employee.objects.under(agency)
    sharing = people.without_account().sharing_address(agency.government)
    asked = Round(people.invitable(agency.government).count(), sharing.count())
    if not asked.invited:
        raise Refusal(NOBODY)
    events.record(
        actor=actor,
        act="account.invited",
        obj=agency,
        government=agency.government,
        data={"count": asked.invited, "shared_addresses": asked.shared},
    )
    invite_next.enqueue(str(agency.uuid), str(actor.uuid))
    return asked


@task()
def invite_next(agency_uuid, actor_uuid, after=0):
    """Invite the next few people, then let other tasks have their turn before the rest.

    `after` is the key of the last employee who had theirs. Safe to run twice: who has an account
    by now is left out.
    """
    agency = Agency.objects.get(uuid=agency_uuid)
    actor = User.objects.get(uuid=actor_uuid)
    left = Employee.objects.under(agency).invitable(agency.government).filter(pk__gt=after)
    people = list(left.order_by("pk").select_related("government")[:BATCH])
    for employee in people:
        _invite(actor, employee)
    if len(people) == BATCH:
        invite_next.enqueue(agency_uuid, actor_uuid, people[-1].pk)


def _invite(actor, employee):
    """Whoever got an account or left a moment ago needs no invitation."""
    try:
        invite_employee(actor=actor, employee=employee)
    except Refusal:
        return
