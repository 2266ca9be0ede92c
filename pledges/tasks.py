"""What the worker does. Every task is safe to run twice."""

from django_tasks import task

from .models import Signature
from .services import pacts


@task()
def issue_pact(signature_id):
    """Make the pact of one signature, unless it is there already."""
    pacts.issue(Signature.objects.get(pk=signature_id))
