"""Agencies as HR keeps them: letterhead, head, time zone. The tree itself comes by import."""

from django.db import transaction

from netralitas.lib.errors import Refusal

from ..choices import AgencyLevel
from ..models import Agency, Employee
from . import events

NOT_A_HEAD = "Kepala harus pegawai aktif di instansi ini atau di unit di bawahnya."
ONLY_GOVERNMENT = "Hanya dapat diatur pada pemerintah daerah."


@transaction.atomic
def edit_agency(*, actor, agency, address, head, seat=None, time_zone=None):
    """Change letterhead address and head of an agency, and seat and time zone of a government.

    `seat` or `time_zone` None leaves it as it is. The event names the fields that changed, never
    their content. Raises Refusal for a head from elsewhere or no longer active (unless it is the
    present one) and for seat or time zone on anything but a government; nothing is written then.
    """
    stored = Agency.objects.select_for_update().get(pk=agency.pk)
    if head is not None and head.pk != stored.head_id:
        _check_head(stored, head)
    of_government = {"seat": seat, "time_zone": time_zone}
    given = {name: value for name, value in of_government.items() if value is not None}
    if given and stored.level != AgencyLevel.GOVERNMENT:
        raise Refusal(ONLY_GOVERNMENT, field=next(iter(given)))
    wanted = {"address": address, "head": head, **given}
    changed = [name for name, value in wanted.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, wanted[name])
    if changed:
        stored.save(update_fields=changed)
        _record(actor, stored, changed)
    return stored


def _check_head(agency, head):
    if not Employee.objects.active().under(agency).filter(pk=head.pk).exists():
        raise Refusal(NOT_A_HEAD, field="head")


def _record(actor, agency, changed):
    data = {"fields": changed}
    events.record(
        actor=actor, act="agency.changed", obj=agency, government=agency.government, data=data
    )
