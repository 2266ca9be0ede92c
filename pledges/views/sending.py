"""What devices exchange with the server by scripts: signatures kept until there was network."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from netralitas.lib.errors import Refusal

from ..errors import AlreadySigned, Locked, TooLarge, Unreadable
from ..forms.sending import read_delivery
from ..services import deliveries
from .public import unlisted

# What a database that is away, locked or full may raise.
UNSTORED = (OperationalError, InterfaceError)
RETRY_AFTER = 5

logger = logging.getLogger(__name__)


@csrf_exempt
@login_not_required
@unlisted
@require_POST
def send(request, code):
    """Take a signature from a device; 200 with its receipt, also when it comes again.

    Exempt from CSRF and login because the secret in the body, not a cookie, is the authority. What
    a device should send again later is answered with 425 or 429, or 503 where nothing can be stored
    now; any other refusal is final.
    """
    try:
        delivery = read_delivery(body_of(request))
        signature = deliveries.receive(code=code, delivery=delivery)
    except Refusal as refusal:
        return refused(refusal)
    except UNSTORED:
        logger.exception("A signature could not be stored; the device will send it again.")
        return unstored()
    return JsonResponse(
        {
            "receipt": signature.receipt,
            "address": reverse("receipt", args=[code, signature.receipt]),
            "late": signature.late,
            "in_grace": signature.in_grace,
        }
    )


def body_of(request):
    """What was sent, if it says that it is JSON and is not beyond what the site takes at all.

    Raises Unreadable or TooLarge: a device takes nothing for final that no sentence comes with.
    """
    if request.content_type != "application/json":
        raise Unreadable
    try:
        return request.body
    except RequestDataTooBig as error:
        raise TooLarge from error


def refused(refusal):
    """The sentence for the person, whether they have signed, and when to come again if it helps."""
    signed = isinstance(refusal, AlreadySigned)
    told = {"sentence": refusal.message, "field": refusal.field, "signed": signed}
    answer = JsonResponse(told, status=refusal.status)
    if isinstance(refusal, Locked):
        answer["Retry-After"] = str(60 * refusal.minutes)
    return answer


def unstored():
    """Nobody knows whether it was written: the device has to keep it, and to come again."""
    sentence = "Server sedang tidak dapat menyimpan. Tanda tangan Anda akan dikirim lagi."
    return JsonResponse({"sentence": sentence}, status=503, headers={"Retry-After": RETRY_AFTER})
