"""A head who takes note of signed pacts, and the worker that makes their second revisions."""

from django.utils import timezone

from agencies.choices import RoleName
from pledges.choices import Confirmation
from pledges.services.countersigning import acts, due, making

from . import factories


def head_of(agency, **fields):
    """A new account that heads an OPD or a government; `employee` may be whose it is."""
    return factories.user_with_role(RoleName.HEAD, agency, **fields)


def sitting_of(head, agency, ceremony, **changes):
    """What the head hands in after looking at the list as it is now."""
    receipts = due.batch_of(head, agency, ceremony).values_list("receipt", flat=True)
    given = {
        "batch": due.name_of(receipts),
        "confirmation": Confirmation.PASSWORD,
        "confirmed_at": timezone.now(),
        "consent": True,
        "strokes": factories.STROKES,
    }
    return acts.Sitting(**{**given, **changes})


def countersign(ceremony, agency=None, head=None, **changes):
    """The countersignature of a (new) head over all that awaits it."""
    agency = agency or ceremony.organizer
    head = head or head_of(agency)
    sitting = sitting_of(head, agency, ceremony, **changes)
    return acts.countersign(actor=head, ceremony=ceremony, agency=agency, sitting=sitting)


def made(countersignature):
    """The CountersignedPacts under it, with their files as the worker makes them."""
    while making.make_due(countersignature.pk):
        pass
    return list(countersignature.pacts.select_related("signature").order_by("pk"))
