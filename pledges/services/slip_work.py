"""What the worker does with a sheet of slips: draw the PINs, and the paper they will stand on.

It may run twice and be killed anywhere: until the sheet is READY nothing is left but how far it is,
and whoever is second to make it READY throws his own away.
"""

import json
import secrets
import time
from operator import attrgetter

from django.core.files.base import ContentFile
from django.utils import timezone

from agencies.models import User
from netralitas.lib import vault
from netralitas.lib.errors import Refusal

from ..choices import BatchState, SlipOrder, SlipScope
from ..documents.slips import Pile, render_slips
from ..errors import WrongState
from ..models import SlipBatch
from ..rules import INVITERS
from . import invitations, slip_files

TOLD_EVERY = 0.5
NOBODY_LEFT = {
    SlipScope.MISSING: "Semua peserta yang masih harus menandatangani sudah memegang slip. Untuk "
    f"mengganti slip yang hilang, pilih “{SlipScope.ALL.label}”.",
    SlipScope.ALL: "Tidak ada peserta yang masih harus menandatangani.",
}
ORDERS = {
    SlipOrder.UNIT: ("agency__path", "agency_name", "bare_name", "id"),
    SlipOrder.NAME: ("bare_name", "id"),
}
PILED_BY = {
    SlipOrder.UNIT: attrgetter("opd_id", "agency_id", "agency_name"),
    SlipOrder.NAME: attrgetter("opd_id"),
}


def participants_of(ceremony, user, opd=None):
    """The participants to whom `user` may hand slips now, of one OPD or of all."""
    mine = ceremony.participants.within(user.rights.paths(*INVITERS))
    return mine.filter(opd=opd) if opd else mine


def expected_on(batch, user):
    """Those for whom a sheet that `user` asked for is to be made. Raises WrongState if nobody."""
    people = participants_of(batch.ceremony, user, batch.opd).unsigned()
    if batch.scope == SlipScope.MISSING:
        people = people.without_slip()
    if not people.exists():
        raise WrongState(NOBODY_LEFT[batch.scope])
    return people


def make(batch_uuid):
    """Draw the slips of a batch that is QUEUED, or MAKING since another worker was killed.

    It becomes READY, or FAILED with the sentence of a Refusal.
    """
    batch = SlipBatch.objects.filter(uuid=batch_uuid).unfinished().select_related("opd").first()
    if batch is None:
        return
    rows = SlipBatch.objects.filter(pk=batch.pk)
    try:
        slips = _drawn(batch)
        rows.unfinished().update(state=BatchState.MAKING, done=0, total=len(slips))
        sheet = render_slips(batch.ceremony, parts_of(slips, batch.order), _teller(rows))
    except Refusal as refusal:
        rows.unfinished().update(state=BatchState.FAILED, reason=refusal.message)
        return
    _keep(batch, rows, slips, sheet)


def _drawn(batch):
    """PINs for those still to sign whom the asker may invite now. Raises WrongState."""
    # As they are today: roles may have ended since the asking.
    asker = User.objects.get(pk=batch.asked_by_id)
    people = expected_on(batch, asker).select_related("agency")
    people = list(people.order_by("opd_name", "opd", *ORDERS[batch.order]))
    for each in people:
        each.ceremony = batch.ceremony
    return invitations.draw_slips(batch.ceremony, people)


def parts_of(slips, order):
    """The piles of each OPD, from sorted slips."""
    piles = {}
    for slip in slips:
        piles.setdefault(PILED_BY[order](slip.participant), []).append(slip)
    parts = {}
    for pile in piles.values():
        first = pile[0].participant
        name = first.agency_name if order == SlipOrder.UNIT else first.opd_name
        part = parts.setdefault(first.opd_id, [])
        part.append(Pile(name=name, opd=first.opd_name, slips=tuple(pile)))
    return list(parts.values())


def _teller(rows):
    """A function that writes how many slips are drawn, about twice a second."""
    told = time.monotonic()

    def tell(done):
        nonlocal told
        if time.monotonic() - told >= TOLD_EVERY:
            told = time.monotonic()
            rows.update(done=done)

    return tell


def _keep(batch, rows, slips, sheet):
    """READY, with the sealed sheet in the file store."""
    pins = {slip.participant.pk: slip.pin for slip in slips}
    content = vault.lock(json.dumps(pins).encode() + b"\n" + sheet, str(batch.uuid))
    storage = batch.content.storage
    name = storage.save(f"{slip_files.FOLDER}/{secrets.token_hex(16)}", ContentFile(content))
    ready = rows.unfinished().update(
        state=BatchState.READY, content=name, done=len(slips), ready_at=timezone.now()
    )
    if not ready:
        storage.delete(name)


def opened(batch):
    """({participant's key: PIN}, PDF) of a sheet. Raises VaultError, or OSError if it is gone."""
    with batch.content.open("rb") as stored:
        content = vault.unlock(stored.read(), str(batch.uuid))
    pins, _, sheet = content.partition(b"\n")
    return {int(key): pin for key, pin in json.loads(pins).items()}, sheet
