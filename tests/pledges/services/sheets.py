"""What stands on a sheet of slips, and whom it lets in."""

from pledges.errors import WrongPin
from pledges.services import invitations, slip_work


def pins_of(batch):
    """{participant's key: PIN} of a made sheet."""
    return slip_work.opened(batch)[0]


def let_in(ceremony, pins):
    """The keys of those whose PIN opens the signing page."""
    found = set()
    for participant in ceremony.participants.all():
        pin = pins.get(participant.pk, "")
        try:
            invitations.find_by_pin(ceremony=ceremony, number=participant.number, pin=pin)
        except WrongPin:
            continue
        found.add(participant.pk)
    return found
