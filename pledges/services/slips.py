"""Sheets of PIN slips: an OPD's participants in parts small enough to print at once."""

from ..errors import WrongState
from . import invitations

PER_SHEET = 160


def parts(count):
    """Into how many sheets `count` participants fall."""
    return -(-count // PER_SHEET)


def issue_sheet(*, actor, ceremony, participants, part):
    """New PINs for the unsigned of one part, sorted by unit and name; their old PINs end.

    A part is cut from all of the OPD's participants, so that it holds the same people however many
    have signed meanwhile. Raises WrongState if nobody in it is still to sign.
    """
    everyone = participants.select_related("agency").order_by("agency__path", "bare_name", "id")
    sheet = everyone[(part - 1) * PER_SHEET : part * PER_SHEET]
    unsigned = [participant for participant in sheet if participant.is_pending]
    if not unsigned:
        raise WrongState("Semua peserta pada lembar ini sudah menandatangani.")
    return invitations.issue_slips(actor=actor, ceremony=ceremony, participants=unsigned)
