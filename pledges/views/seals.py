"""With which certificate pacts are sealed, until when, and what waits for its seal."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from netralitas.lib.access import require

from .. import rules
from ..choices import SealLevel
from ..models import PactFailure, SealCertificate
from ..services import pact_seals


@require_safe
def seal_detail(request):
    """The certificate in use, what is wrong with it, those before it, and the pacts held up."""
    rights = request.user.rights
    require(rules.may_read_seal(rights))
    certificate = SealCertificate.objects.current()
    context = {
        "certificate": certificate,
        "warning": pact_seals.warning_of(certificate, timezone.now()),
        "held_up": PactFailure.objects.by_ceremony(rights.paths(*rules.SEAL_READERS)),
        "level": SealLevel(settings.SEAL_LEVEL).label,
        "earlier": SealCertificate.objects.exclude(pk=certificate.pk) if certificate else [],
    }
    return render(request, "downloads/seal.html", context)
