"""The employee's own page: what waits for a signature, and the pacts given already.

Whoever has logged in with the own account is identified by that; the signing page is the same as
behind a link or a slip.
"""

from io import BytesIO

from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from .. import reports
from ..models import Participant, Signature
from ..services import invitations, pacts
from .entrance import admit
from .public import unlisted


@unlisted
@require_safe
def own_page(request):
    """What the employee is to sign and has signed, whatever the agency of that day."""
    context = {
        "employee": request.user.employee,
        "own": reports.own_participations(Participant.objects.of_owner(request.user)),
    }
    return render(request, "own/page.html", context)


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def own_sign(request, uuid):
    """POST opens the pledge by the own account; what it opened stays here to be read and signed."""
    participant = own_participant(request, uuid)
    if request.method == "POST":
        invitations.open_by_account(account=request.user, participant=participant)
        return redirect("own-sign", participant.uuid)
    invitation = invitations.find_by_account(account=request.user, participant=participant)
    if invitation is None:
        return redirect("own-page")
    return admit(request, invitation, reverse("own-pact-file", args=[participant.uuid]))


@unlisted
@require_safe
def own_pact_file(request, uuid):
    """The own pact as PDF, by whichever way it was signed; 404 before signing."""
    participant = own_participant(request, uuid)
    signature = get_object_or_404(Signature.objects.for_pact(), participant=participant)
    return FileResponse(
        BytesIO(pacts.hand_out(actor=request.user, signature=signature)),
        as_attachment=True,
        filename=pacts.pact_file_name(participant),
        content_type="application/pdf",
    )


def own_participant(request, uuid):
    """The user's own place in a ceremony; 404 for anybody else's."""
    mine = Participant.objects.of_owner(request.user).select_related("ceremony__organizer")
    return get_object_or_404(mine, uuid=uuid)
