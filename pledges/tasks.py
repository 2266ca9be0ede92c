"""What the worker does. Every task is safe to run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from .models import Signature
from .services import pacts

RETRY_AFTER = timedelta(minutes=10)
RETRIES = 5


@task()
def issue_pact(signature_id, retries=RETRIES):
    """Make the pact of one signature, unless it is there already.

    What fails is tried again later, a few times; after that the pact is made when somebody asks for
    it, or by `manage.py issue_pacts`.
    """
    try:
        pacts.issue(Signature.objects.for_pact().get(pk=signature_id))
    except pacts.FAILURES:
        if retries:
            later = issue_pact.using(run_after=timezone.now() + RETRY_AFTER)
            later.enqueue(signature_id, retries - 1)
        raise
