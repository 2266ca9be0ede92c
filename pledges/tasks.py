"""What the worker does. Every task is safe to run twice."""

from django_tasks import task

from .models import Signature
from .services import pack_work, pacts, slip_work
from .services.countersigning import making
from .services.mailings import sending

# Before the pacts, of which a ceremony leaves thousands, and after the imports.
SOMEBODY_WAITS = 40
# A reminder that comes after the ceremony helps nobody; so it does not wait for the pacts either.
HAS_ITS_HOUR = 20


@task()
def issue_pact(signature_id, *_earlier):
    """Make the pact of one signature, unless it is there already.

    What fails is noted with its reason, and asked for again later (services/pact_queue.py).
    `_earlier` takes what older versions left in the queue beside the signature.
    """
    pacts.make_or_note(Signature.objects.for_pact().get(pk=signature_id))


@task(priority=SOMEBODY_WAITS)
def make_slips(batch_uuid):
    """Draw the sheet of slips that somebody asked for, unless it is there already."""
    slip_work.make(batch_uuid)


@task(priority=SOMEBODY_WAITS)
def make_pack(pack_uuid):
    """Put together the pack that somebody asked for, unless it is there already."""
    pack_work.make(pack_uuid)


@task()
def make_countersigned(countersignature_id):
    """Make the second revisions of the pacts under a countersignature, a part of them at a time."""
    if making.make_due(countersignature_id):
        make_countersigned.enqueue(countersignature_id)


@task(priority=HAS_ITS_HOUR)
def send_mailings():
    """Send the invitations and reminders that are due, as far as the rate lets."""
    sending.work()
