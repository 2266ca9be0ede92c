"""What a phone keeps to sign without network: the page for slips, and the script that serves it."""

from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..choices import CeremonyState
from . import signing_pages as pages
from .entrance import closed_page, keepable, known
from .public import unlisted

KEPT_IN = {CeremonyState.READY, CeremonyState.OPEN}


@login_not_required
@unlisted
@require_safe
def offline(request, code):
    """The pledge with fields for number and PIN, which are checked when the signature arrives.

    It can be kept before the ceremony opens, and holds nothing of any person.
    """
    ceremony = known(code)
    if ceremony is None:
        raise Http404
    if ceremony.state not in KEPT_IN:
        return closed_page(request, ceremony)
    return keepable(render(request, "signing/sign.html", pages.offline_page(ceremony)))


@login_not_required
@never_cache
@require_safe
def service_worker(request):
    """The script that opens the signing pages without network. At the root, so that it may."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@cache
def _script():
    return Path(finders.find("js/signing/service-worker.js")).read_bytes()
