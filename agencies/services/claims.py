"""Inviting all employees of an agency to claim their accounts, one at a time in the worker."""

from django.db import transaction
from django_tasks import task

from netralitas.lib.errors import Refusal

from ..models import Agency, Employee, User
from . import events
from .accounts import invite_employee

BATCH = 100
NOBODY = "Tidak ada pegawai yang dapat diundang: semua sudah memiliki akun atau belum ada surelnya."


@transaction.atomic
def invite_all_employees(*, actor, agency):
    """Have the worker invite everybody of `agency` and below with an address and no account.

    Returns how many that are now. Asked twice, nobody is invited twice. Raises Refusal if there is
    nobody.
    """
    count = Employee.objects.under(agency).without_account().exclude(email="").count()
    if not count:
        raise Refusal(NOBODY)
    events.record(
        actor=actor,
        act="account.invited",
        obj=agency,
        government=agency.government,
        data={"count": count},
    )
    invite_next.enqueue(str(agency.uuid), str(actor.uuid))
    return count


@task()
def invite_next(agency_uuid, actor_uuid, after=0):
    """Invite the next few people, then let other tasks have their turn before the rest.

    `after` is the key of the last employee who had theirs. Safe to run twice: who has an account
    by now is left out.
    """
    agency = Agency.objects.get(uuid=agency_uuid)
    actor = User.objects.get(uuid=actor_uuid)
    left = Employee.objects.under(agency).without_account().exclude(email="").filter(pk__gt=after)
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
