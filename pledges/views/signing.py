"""What an employee sends and gets: the signature, the receipt, the own pact. All public."""

from io import BytesIO

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from netralitas.lib import tickets
from netralitas.lib.codes import normalise, normalise_ceremony_code

from ..errors import (
    AlreadySigned,
    BadSignature,
    BrokenPage,
    NotOpen,
    RevokedInvitation,
    StalePage,
)
from ..forms.signing import SigningForm, TicketForm
from ..models import Signature
from ..services import invitations, pacts, signing
from . import signing_pages as pages
from .public import refusals_told, stopped, unlisted


class HttpResponseSeeOther(HttpResponseRedirect):
    """303: what was posted is done, look there."""

    status_code = 303


# Signing ----------------------------------------------------------------------------------------


@csrf_exempt
@login_not_required
@unlisted
@require_POST
@refusals_told
def sign(request, code):
    """Take a signature; 303 to its receipt.

    Exempt from CSRF and login because the page's signed ticket, not a cookie, is the authority:
    a blocked cookie or an expired session cannot lose a signature, and another site that makes a
    browser post here has no ticket to send.
    """
    ticket = request.POST.get("ticket", "")
    invitation, begun_at = opened_by(ticket, code)
    form = SigningForm(request.POST, points=len(invitation.participant.ceremony.text.points))
    complete = form.is_valid()
    submission = form.submission(begun_at)
    if complete:
        try:
            signature = signing.sign(invitation=invitation, submission=submission)
            return HttpResponseSeeOther(reverse("receipt", args=[code, signature.receipt]))
        except BadSignature:
            pass  # every fault is named below, not only the first
        except (AlreadySigned, NotOpen, RevokedInvitation) as refusal:
            return stopped(request, refusal, invitation.participant.ceremony)
    add_faults(form, signing.faults(invitation.participant, submission))
    context = pages.signing_page(invitation, ticket, submission, form)
    return render(request, "signing/sign.html", context, status=400)


def opened_by(text, code, purpose=tickets.INVITATION):
    """(the invitation a ticket was made for, when the page was made).

    Raises StalePage; 404 for another ceremony's.
    """
    try:
        ticket = tickets.read(text, purpose, max_age=None)
    except tickets.TicketError as error:
        raise StalePage from error
    invitation = invitations.find_by_id(ticket.subject)
    if invitation.participant.ceremony.code != code:
        raise Http404
    if ticket.is_old:
        raise StalePage(invitation.channel)
    return invitation, ticket.begun_at


def add_faults(form, faults):
    """Put each fault next to its field, unless the form has spoken about it."""
    for fault in faults:
        if fault.field not in form.errors:
            form.add_error(fault.field or None, fault.message)


# The receipt and the pact -----------------------------------------------------------------------


@login_not_required
@unlisted
@require_safe
def receipt(request, code, receipt):
    """The receipt of a signature, as good as the code on it: no whole number, no PDF."""
    signature = signing.find_by_receipt(normalise(receipt) or "")
    if not signature or signature.participant.ceremony.code != normalise_ceremony_code(code):
        raise Http404
    if request.method == "HEAD":  # a device asks whether there is network to go there
        return HttpResponse()
    return render(request, "signing/receipt.html", pages.receipt_page(signature))


@login_not_required
@unlisted
@require_safe
@refusals_told
def personal_pact(request, token):
    """The signer's own pact as PDF; 404 before signing."""
    return pact_response(invitations.find_by_token(token))


@csrf_exempt
@login_not_required
@unlisted
@require_POST
@refusals_told
def own_pact(request, code):
    """The same for who came by slip: the ticket, not a cookie, is the authority."""
    form = TicketForm(request.POST)
    if not form.is_valid():
        raise BrokenPage
    invitation, _ = opened_by(form.cleaned_data["ticket"], code)
    if invitation.revoked_at:
        raise RevokedInvitation(invitation.channel)
    return pact_response(invitation)


def pact_response(invitation):
    """The pact signed with this very invitation, as a download; 404 for any other, and for one of
    an operator's device.

    Whoever issues a second invitation must not read by it what was signed with the first. The
    pact is made now if the worker has not come to it.
    """
    if not pages.gives_pact(invitation):
        raise Http404
    signature = get_object_or_404(Signature.objects.for_pact(), invitation=invitation)
    return FileResponse(
        BytesIO(pacts.hand_out(actor=None, signature=signature)),
        as_attachment=True,
        filename=pacts.pact_file_name(signature.participant),
        content_type="application/pdf",
    )
