"""Sheets of PIN slips: an OPD's participants in parts small enough to print at once."""

from ..errors import WrongState
from . import invitations

PER_SHEET = 160
NOBODY_LEFT = "Semua peserta pada lembar ini sudah menandatangani."


def parts(count):
    """Into how many sheets `count` participants fall."""
    return -(-count // PER_SHEET)


def issue_sheet(*, actor, ceremony, participants, part, typeset):
    """New PINs for the unsigned of one part, sorted by unit and name, as `typeset` prints them.

    A part is cut from all of the OPD's participants, so that it holds the same people however many
    have signed meanwhile. `typeset(slips)` comes first and the PINs become valid after it: if a
    sheet cannot be made, the old slips stay valid, and nobody who signs has to wait for a printer
    (a sheet takes seconds, for which SQLite would let nobody else write). Who signs in the
    meantime keeps the old slip. Raises WrongState if nobody in the part is still to sign.
    """
    everyone = participants.select_related("agency").order_by("agency__path", "bare_name", "id")
    sheet = everyone[(part - 1) * PER_SHEET : part * PER_SHEET]
    slips = invitations.draw_slips(ceremony, [each for each in sheet if each.is_pending])
    if not slips:
        raise WrongState(NOBODY_LEFT)
    printed = typeset(slips)
    if not invitations.validate_slips(actor=actor, ceremony=ceremony, slips=slips):
        raise WrongState(NOBODY_LEFT)
    return printed
