"""How an employee gets in: the entrance of a ceremony with number and PIN, or a personal link.

Both are public. The secret of an invitation opens a signing page, and the page's ticket stands for
that invitation afterwards, so that neither a cookie nor a session is needed to sign.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from netralitas.lib.codes import normalise_ceremony_code
from netralitas.lib.errors import Refusal

from ..choices import CeremonyState
from ..errors import NotOpen, NotYet
from ..forms.signing import EntranceForm
from ..services import frozen, invitations, signing
from . import signing_pages as pages
from .public import refusals_told, stopped, unlisted

UNKNOWN_CODE = "Kode acara ini tidak dikenal. Periksa kembali kode di layar atau pada slip Anda."


# By code, number and PIN ------------------------------------------------------------------------


@login_not_required
@unlisted
@require_safe
def entrance(request):
    """From a typed ceremony code to its entrance."""
    typed = request.GET.get("kode", "")
    ceremony = known(typed) if typed else None
    if ceremony:
        return redirect("ceremony-entrance", ceremony.code)
    context = {"typed": typed, "error": UNKNOWN_CODE if typed else ""}
    return render(request, "signing/find.html", context, status=404 if typed else 200)


@csrf_exempt
@login_not_required
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def ceremony_entrance(request, code):
    """Number and PIN of a slip open the signing page, or the receipt of who has signed.

    Exempt from CSRF because cookies may be blocked here: the secret is in the body, no session is
    changed, and another site that makes a browser post here has no PIN to send.
    """
    ceremony = known(code)
    if ceremony is None:
        raise Http404
    if not pages.takes_pins(ceremony):
        return closed_page(request, ceremony)
    if request.method != "POST":
        return entrance_page(request, ceremony, EntranceForm())
    form = EntranceForm(request.POST)
    if not form.is_valid():
        return entrance_page(request, ceremony, form, status=400)
    try:
        return admit(request, invitations.find_by_pin(ceremony=ceremony, **form.cleaned_data))
    except Refusal as refusal:
        form.add_error(refusal.field or None, refusal.message)
        return entrance_page(request, ceremony, form, status=403)


def known(code):
    """The ceremony of a typed code once its roster is frozen, cancelled or not; else None."""
    return frozen.find(normalise_ceremony_code(code) or "")


def entrance_page(request, ceremony, form, status=200):
    """The form for number and PIN; after closing, only who has signed comes in by it."""
    if not ceremony.is_open:
        return closed_page(request, ceremony, form, 403 if status == 200 else status)
    offline = reverse("offline", args=[ceremony.code])
    context = {
        "ceremony": pages.ceremony_facts(ceremony),
        "form": form,
        "offline": offline,
        "until": pages.until(begun=True),
    }
    return keepable(render(request, "signing/entrance.html", context, status=status))


def closed_page(request, ceremony, form=None, status=403):
    """Not yet open, closed or cancelled; `form` lets in those who have signed.

    It has the device look at the page for slips: before the opening to keep it, as it may be
    opened in the field without network, and afterwards to forget it.
    """
    context = {
        "ceremony": pages.ceremony_facts(ceremony),
        "over": ceremony.opened_at is not None,
        "form": form,
        "offline": reverse("offline", args=[ceremony.code]),
        "until": pages.until(begun=False),
        "grace": pages.grace(ceremony),
    }
    cancelled = ceremony.state == CeremonyState.CANCELLED
    template = "signing/cancelled.html" if cancelled else "signing/not_open.html"
    return render(request, template, context, status=status)


def keepable(response, whose="1"):
    """Let the device keep this page, to open it without network (service-worker.js).

    A page without this mark is never kept, and makes a kept one at its address be forgotten. It
    says `whose` the page is, by an opaque name, so that it can be forgotten once they have signed.
    """
    response["X-Keep"] = str(whose)
    return response


def waiting_page(request, invitation, refusal):
    """The ceremony is open, but the participant's wave is not."""
    participant = invitation.participant
    context = {
        "ceremony": pages.ceremony_facts(participant.ceremony),
        "name": participant.name,
        "message": refusal.message,
        "whose": participant.uuid,
        "wave": participant.wave.order,
        "ticket": pages.turn_ticket(invitation),
    }
    return render(request, "signing/waiting.html", context, status=403)


# By personal link -------------------------------------------------------------------------------


@login_not_required
@unlisted
@require_safe
@refusals_told
def personal_link(request, token):
    """A personal link opens the signing page, or the receipt of who has signed."""
    invitation = invitations.find_by_token(token)
    try:
        return admit(request, invitation, reverse("personal-pact", args=[token]))
    except NotOpen as refusal:
        return stopped(request, refusal, status=403)


def admit(request, invitation, pact_url=""):
    """The signing page; the receipt for who has signed; when the turn comes for who has to wait.

    Raises NotOpen for an excused one.

    The receipt offers the PDF at `pact_url`, or by the ticket where there is no such address, but
    only to the invitation with which the signature was given, and not on an operator's device.
    """
    participant = invitation.participant
    ticket = pages.new_ticket(invitation)
    if pages.has_signed(participant):
        signature = participant.signature
        context = pages.receipt_page(signature)
        if signature.invitation_id == invitation.pk and pages.gives_pact(invitation):
            context |= {"ticket": ticket, "pact_url": pact_url}
        return render(request, "signing/receipt.html", context)
    if not participant.ceremony.is_open:
        return closed_page(request, participant.ceremony)
    signing.check_expected(participant)
    try:
        signing.check_turn(participant)
    except NotYet as refusal:
        return waiting_page(request, invitation, refusal)
    context = pages.signing_page(invitation, ticket)
    return keepable(render(request, "signing/sign.html", context), participant.uuid)
