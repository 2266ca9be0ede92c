"""Signing on the device of an operator: when it began and ended, and who was let sign on it."""

from django.db import transaction

from ..errors import NotOpen, WrongState
from . import invitations, signing, trail

ONESELF = (
    "Anda tidak dapat mendampingi diri sendiri. Akhiri mode bantuan, lalu tanda tangani di Halaman "
    "saya (/saya/) dengan akun Anda."
)


@transaction.atomic
def start(*, actor, ceremony):
    """Note that `actor` makes a device a kiosk. Raises WrongState unless signing is to come."""
    if not ceremony.awaits_signers:
        raise WrongState(
            "Mode bantuan hanya dapat dimulai sesudah daftar peserta dibekukan dan sebelum "
            "penandatanganan ditutup."
        )
    trail.record(actor, "assistance.started", ceremony)


@transaction.atomic
def end(*, actor, ceremony):
    """Note that the device is an ordinary one again: somebody gave its PIN."""
    trail.record(actor, "assistance.ended", ceremony)


@transaction.atomic
def end_by_wrong_pins(*, actor, ceremony):
    """Note that five wrong PINs have ended the session on the device."""
    trail.record(actor, "assistance.ended", ceremony, {"reason": "wrong_pin"})


@transaction.atomic
def open_assisted(*, actor, participant, identity_check):
    """The invitation by which `participant` signs on the device of `actor`.

    `identity_check` is how `actor` made sure who they are; both are recorded with the signature and
    printed on the pact. Raises NotOpen or NotYet when nobody, or not this person, can sign now, and
    WrongState for whoever is not expected to, and for `actor`: nobody vouches for themselves.
    """
    if participant.employee_id == actor.employee_id:
        raise WrongState(ONESELF)
    if not participant.ceremony.is_open:
        raise NotOpen("Penandatanganan tidak sedang dibuka.")
    signing.check_turn(participant)
    return invitations.open_assisted(
        actor=actor, participant=participant, identity_check=identity_check
    )
