"""For whoever came before their turn: what their page asks, and the way in without the PIN."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from netralitas.lib.tickets import TURN

from ..errors import BrokenPage, RevokedInvitation
from ..forms.signing import TicketForm
from ..models import Wave
from .entrance import admit, known
from .public import refusals_told, unlisted
from .signing import opened_by


@login_not_required
@unlisted
@require_safe
def turns(request, code):
    """Whether the ceremony is open or over, and the waves that can sign now: nothing of any person.

    Thousands stand there and ask, so it costs two small queries, whoever asks.
    """
    ceremony = known(code)
    if ceremony is None:
        raise Http404
    waves = Wave.objects.open(timezone.now()).filter(ceremony=ceremony)
    return JsonResponse(
        {
            "open": ceremony.is_open,
            "over": not ceremony.awaits_signers,
            "waves": list(waves.values_list("order", flat=True)),
        }
    )


@csrf_exempt
@login_not_required
@unlisted
@require_POST
@refusals_told
def come_again(request, code):
    """The signing page, or the one that says to wait, for who has given number and PIN before.

    Exempt from CSRF because the ticket of the page that said to wait, not a cookie, is the
    authority. That ticket signs nothing: a signature begins with the page that is opened by it.
    """
    form = TicketForm(request.POST)
    if not form.is_valid():
        raise BrokenPage
    invitation, _ = opened_by(form.cleaned_data["ticket"], code, TURN)
    if not invitation.stands:
        raise RevokedInvitation(invitation.channel)
    return admit(request, invitation)
