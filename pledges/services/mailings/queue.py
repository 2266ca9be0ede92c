"""When the worker is asked to send."""

from netralitas.lib.task_queue import still_to_do

from ...tasks import send_mailings
from . import sending


def enqueue_due():
    """Leave the sending in the queue if something is due and it is not there; whether it was left.

    Asked twice at once, the second run finds what the first has left.
    """
    if not sending.is_anything_due() or still_to_do(send_mailings).exists():
        return False
    send_mailings.enqueue()
    return True
