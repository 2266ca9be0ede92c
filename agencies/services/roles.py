"""Roles: who holds which on which agency; the only writer of roles."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from netralitas.lib.errors import Refusal

from ..choices import AccountState, RoleName
from ..models import Agency, Role, User
from . import events

FOREIGN = "Akun ini dikelola pemerintah daerah lain."
HR_ON_ROOT = "Peran BKPSDM hanya dapat diberikan pada pemerintah daerah, tidak pada OPD atau unit."
RETIRED = "Instansi ini tidak dipakai lagi."
LAST_HR = (
    "Ini satu-satunya akun BKPSDM yang dapat masuk pada {government}. Berikan dahulu peran BKPSDM "
    "kepada orang lain, dan pastikan ia sudah membuat kata sandinya."
)
NOT_HELD = "Peran ini sudah diakhiri."


@transaction.atomic
def grant_role(*, actor, user, role, agency):
    """Give `user` a role on `agency` and everything below it.

    Granting it again changes nothing, but for one that stayed behind when its holder moved: it is
    then held on purpose.

    Raises Refusal for an agency of another government than the one that keeps the account, for a
    retired agency, and for HR on anything but the government itself.
    """
    if user.government_id != agency.government.pk:
        raise Refusal(FOREIGN, field="agency")
    if agency.retired_at:
        raise Refusal(RETIRED, field="agency")
    if role == RoleName.HR and agency.depth > 1:
        raise Refusal(HR_ON_ROOT, field="agency")
    granted, created = Role.objects.get_or_create(user=user, agency=agency, role=role)
    stayed_behind = Role.objects.outdated().filter(pk=granted.pk).exists()
    if stayed_behind:
        Role.objects.filter(pk=granted.pk).update(granted_at=timezone.now())
    if created or stayed_behind:
        _record(actor, "role.granted", granted)
    return granted


@transaction.atomic
def end_role(*, actor, role):
    """Take a role away; the next request of its holder is without it.

    Raises Refusal if it has ended already, or if nobody who can log in would be HR of the
    government after it.
    """
    if role.role == RoleName.HR and role.agency.depth == 1:
        check_other_hr(role.user, role.agency)
    deleted, _ = Role.objects.filter(pk=role.pk).delete()
    if not deleted:
        raise Refusal(NOT_HELD)
    _record(actor, "role.ended", role)


def check_other_hr(user, government):
    """Raises Refusal unless somebody else than `user` can log in as HR of `government`.

    Call it inside the transaction: it locks the government, so that two officers cannot end each
    other at once.
    """
    locked = Agency.objects.select_for_update(no_key=True).get(pk=government.pk)
    officers = User.objects.in_state(AccountState.ACTIVE).filter(
        roles__role=RoleName.HR, roles__agency=locked
    )
    if not officers.filter(~Q(pk=user.pk)).exists() and officers.filter(pk=user.pk).exists():
        raise Refusal(LAST_HR.format(government=locked.name))


def _record(actor, act, role):
    events.record(
        actor=actor,
        act=act,
        obj=role.user,
        government=role.agency.government,
        employee=role.user.employee,
        data={"role": role.role, "agency": str(role.agency.uuid)},
    )
