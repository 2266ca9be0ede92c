"""Sheets of PIN slips: an OPD's participants in parts small enough to print at once."""

from django.db import transaction

from ..documents.slips import render_slips
from ..errors import WrongState
from . import invitations

PER_SHEET = 160


def parts(count):
    """Into how many sheets `count` participants fall."""
    return -(-count // PER_SHEET)


@transaction.atomic
def print_sheet(*, actor, ceremony, opd, participants, part):
    """The PDF of one part's sheet, with PINs issued by `issue_sheet`; raises what that raises.

    Printed before the PINs are committed: if a sheet cannot be made, the old slips stay valid.
    """
    issued = issue_sheet(actor=actor, ceremony=ceremony, participants=participants, part=part)
    return render_slips(ceremony, opd, issued)


@transaction.atomic
def issue_sheet(*, actor, ceremony, participants, part):
    """New PINs for the unsigned of one part, sorted by unit and name; their old PINs end.

    A part is cut from all of the OPD's participants, so that it holds the same people however many
    have signed meanwhile. Raises WrongState if nobody in it is still to sign.
    """
    everyone = participants.select_related("agency").order_by("agency__path", "bare_name", "id")
    # Locked before it is read: who signs at this moment is either on no slip or signs after it.
    everyone = everyone.select_for_update(of=["self"], no_key=True)
    sheet = everyone[(part - 1) * PER_SHEET : part * PER_SHEET]
    unsigned = [participant for participant in sheet if participant.is_pending]
    if not unsigned:
        raise WrongState("Semua peserta pada lembar ini sudah menandatangani.")
    return invitations.issue_slips(actor=actor, ceremony=ceremony, participants=unsigned)
