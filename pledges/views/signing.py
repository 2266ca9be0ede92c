"""What an employee sees: the entrance of a ceremony, the signing page, the receipt, the own pact.

All of it is public. The secret of an invitation opens a signing page, and the page's ticket stands
for that invitation afterwards, so that neither a cookie nor a session is needed to sign.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netralitas.lib import tickets
from netralitas.lib.codes import normalise, normalise_ceremony_code
from netralitas.lib.errors import Refusal
from netralitas.lib.files import safe_name

from ..errors import (
    AlreadySigned,
    BadSignature,
    NotOpen,
    RevokedInvitation,
    StalePage,
    UnknownInvitation,
)
from ..forms.signing import EntranceForm, SigningForm
from ..models import Ceremony, Signature
from ..services import invitations, pacts, signing
from . import signing_pages as pages
from .public import unlisted

UNKNOWN_CODE = "Kode acara ini tidak dikenal. Periksa kembali kode di layar atau pada slip Anda."
RELATED = (
    "participant__opd__head",
    "participant__ceremony__election",
    "participant__ceremony__text",
    "participant__ceremony__organizer",
    "invitation",
)
HEADINGS = {
    AlreadySigned: "Sudah ditandatangani",
    NotOpen: "Tanda tangan belum diterima",
    RevokedInvitation: "Undangan sudah dicabut",
    UnknownInvitation: "Tautan tidak dikenal",
}


class HttpResponseSeeOther(HttpResponseRedirect):
    """303: what was posted is done, look there."""

    status_code = 303


# The entrance -----------------------------------------------------------------------------------


@login_not_required
@unlisted
@require_safe
def entrance(request):
    """From a typed ceremony code to its entrance."""
    typed = request.GET.get("kode", "")
    ceremony = announced(typed) if typed else None
    if ceremony:
        return redirect("ceremony-entrance", ceremony.code)
    context = {"typed": typed, "error": UNKNOWN_CODE if typed else ""}
    return render(request, "signing/find.html", context, status=404 if typed else 200)


@login_not_required
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def ceremony_entrance(request, code):
    """Number and PIN of a slip open the signing page, or the receipt of who has signed."""
    ceremony = announced(code)
    if ceremony is None:
        raise Http404
    if not ceremony.is_open:
        return closed_page(request, ceremony)
    if request.method != "POST":
        form = EntranceForm(initial={"number": request.GET.get("nip", "")})
        return entrance_page(request, ceremony, form)
    form = EntranceForm(request.POST)
    if form.is_valid():
        try:
            invitation = invitations.find_by_pin(ceremony=ceremony, **form.cleaned_data)
            return begin(request, invitation)
        except Refusal as refusal:
            form.add_error(refusal.field or None, refusal.message)
    return entrance_page(request, ceremony, form, status=403)


def announced(code):
    """The ceremony of a typed code, unless it is a draft or cancelled; None if there is none."""
    return (
        Ceremony.objects.announced()
        .select_related("election", "text", "organizer")
        .filter(code=normalise_ceremony_code(code) or "")
        .first()
    )


def entrance_page(request, ceremony, form, status=200):
    """The form for number and PIN."""
    context = {"ceremony": pages.ceremony_facts(ceremony), "form": form}
    return render(request, "signing/entrance.html", context, status=status)


def closed_page(request, ceremony):
    """403: not yet open, or closed."""
    context = {"ceremony": pages.ceremony_facts(ceremony), "over": ceremony.opened_at is not None}
    return render(request, "signing/not_open.html", context, status=403)


def begin(request, invitation, pact_url=""):
    """The signing page; the receipt for who has signed. Raises NotOpen for an excused one.

    The receipt offers the PDF at `pact_url`, or by the ticket where there is no such address.
    """
    participant = invitation.participant
    ticket = pages.new_ticket(invitation)
    if pages.has_signed(participant):
        context = pages.receipt_page(participant.signature)
        context |= {"ticket": ticket, "pact_url": pact_url}
        return render(request, "signing/receipt.html", context)
    signing.check_expected(participant)
    return render(request, "signing/sign.html", pages.signing_page(invitation, ticket))


# The personal link ------------------------------------------------------------------------------


@login_not_required
@unlisted
@require_safe
def personal_link(request, token):
    """A personal link opens the signing page, or the receipt of who has signed."""
    try:
        invitation = invitations.find_by_token(token)
        participant = invitation.participant
        if not pages.has_signed(participant) and not participant.ceremony.is_open:
            return closed_page(request, participant.ceremony)
        response = begin(request, invitation, reverse("personal-pact", args=[token]))
    except (UnknownInvitation, RevokedInvitation) as refusal:
        return stopped(request, refusal)
    except NotOpen as refusal:
        return stopped(request, refusal, status=403)
    return response


@login_not_required
@unlisted
@require_safe
def personal_pact(request, token):
    """The signer's own pact as PDF; 404 before signing."""
    return pact_response(invitations.find_by_token(token).participant)


@csrf_exempt
@login_not_required
@unlisted
@require_POST
def own_pact(request, code):
    """The same for who came by slip: the ticket, not a cookie, is the authority."""
    invitation = invitation_of(request.POST.get("ticket", ""), code)
    if invitation.revoked_at:
        raise RevokedInvitation(invitation.channel)
    return pact_response(invitation.participant)


def pact_response(participant):
    """The participant's pact as a download, made now if the worker has not come to it."""
    signature = get_object_or_404(
        Signature.objects.select_related(*RELATED), participant=participant
    )
    name = f"Pakta Integritas - {safe_name(participant.name)}.pdf"
    return FileResponse(
        pacts.issue(signature).file.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/pdf",
    )


# Signing ----------------------------------------------------------------------------------------


@csrf_exempt
@login_not_required
@unlisted
@require_POST
def sign(request, code):
    """Take a signature; 303 to its receipt.

    Exempt from CSRF and login because the page's signed ticket, not a cookie, is the authority:
    a blocked cookie or an expired session cannot lose a signature, and another site that makes a
    browser post here has no ticket to send.
    """
    ticket = request.POST.get("ticket", "")
    invitation = invitation_of(ticket, code)
    form = SigningForm(request.POST, points=len(invitation.participant.ceremony.text.points))
    complete = form.is_valid()
    submission = form.submission()
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


def invitation_of(ticket, code):
    """The invitation a ticket was made for. Raises StalePage; 404 for another ceremony's."""
    try:
        invitation = invitations.find_by_id(tickets.read(ticket).subject)
    except tickets.TicketError as error:
        raise StalePage from error
    if invitation.participant.ceremony.code != code:
        raise Http404
    return invitation


def add_faults(form, faults):
    """Put each fault next to its field, unless the form has spoken about it."""
    for fault in faults:
        if fault.field not in form.errors:
            form.add_error(fault.field or None, fault.message)


def stopped(request, refusal, ceremony=None, status=None):
    """The page for whoever cannot sign, with the reason and where to go from there."""
    context = {
        "heading": HEADINGS[type(refusal)],
        "message": refusal.message,
        "ceremony": pages.ceremony_facts(ceremony) if ceremony else None,
    }
    return render(request, "signing/stopped.html", context, status=status or refusal.status)


# The receipt ------------------------------------------------------------------------------------


@login_not_required
@unlisted
@require_safe
def receipt(request, code, receipt):
    """The receipt of a signature, as good as the code on it: no whole number, no PDF."""
    signature = get_object_or_404(
        Signature.objects.select_related(*RELATED),
        receipt=normalise(receipt) or "",
        participant__ceremony__code=normalise_ceremony_code(code) or "",
    )
    return render(request, "signing/receipt.html", pages.receipt_page(signature))
