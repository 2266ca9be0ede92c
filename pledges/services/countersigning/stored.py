"""The stored file of a countersigned pact, for whoever takes the pact along."""

import logging

from django.utils import timezone

from netralitas.lib.canonical import sha256_hex

from ...errors import BrokenPact
from ...models import CountersignedPact

OTHER_FILE = "Berkas pakta tidak cocok dengan catatan, sehingga tidak diberikan."

logger = logging.getLogger(__name__)


def content_of(signature):
    """The bytes of the countersigned pact of a signature, whose SHA-256 was recorded; None as long
    as there is none.

    A lost one is to be made again, and is not there until then. Raises BrokenPact if the stored
    file is another.
    """
    pact = CountersignedPact.objects.filter(signature=signature).exclude(file="").first()
    if pact is None:
        return None
    try:
        with pact.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        _forget(pact)
        return None
    if sha256_hex(content) != pact.sha256:
        logger.error("The file of countersigned pact %s is not the one that was made.", pact.pk)
        raise BrokenPact(OTHER_FILE)
    return content


def _forget(pact):
    """What is lost comes again as another file; its digest stays known."""
    logger.warning("The file of countersigned pact %s is lost and will be made again.", pact.pk)
    CountersignedPact.objects.filter(pk=pact.pk, sha256=pact.sha256).update(
        file="",
        sha256="",
        made_at=None,
        earlier=[*pact.earlier, pact.sha256],
        next_at=timezone.now(),
    )
