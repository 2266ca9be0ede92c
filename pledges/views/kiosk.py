"""Signing on an operator's device: a session that shows nothing else until its PIN is given.

`netralitas.kiosk` holds the session to these pages and to those of signing. The list of people is
open to the operator alone: handing the device over locks it, and whoever sees the locked screen is
not the one any more to whom it was handed.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netralitas.lib import kiosk as devices
from netralitas.lib import numbers
from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..errors import NotOpen, WrongState
from ..forms.kiosk import IdentityForm, PinForm, SearchForm, StartForm
from ..models import Ceremony
from ..services import assistance, invitations
from ..services.slip_work import participants_of
from . import signing_pages as pages
from .ceremonies import RELATED, visible_ceremony
from .entrance import admit
from .public import stopped, unlisted

DOCUMENT = "document"
MOST_FOUND = 20
SPENT = (
    "PIN perangkat salah lima kali, sehingga sesi ini diakhiri. Masuk kembali untuk melanjutkan."
)


def on_kiosk(view):
    """A page of a device in kiosk mode: the view gets the ceremony. Others are told (409).

    No browser gets one ahead (503): it might come to be seen when the device is in other hands.
    """

    @wraps(view)
    def answer(request, uuid, **arguments):
        if "prefetch" in request.headers.get("Sec-Purpose", ""):
            return HttpResponse(status=503)
        if not request.kiosk:
            visible_ceremony(request, uuid)
            require(rules.may_assist_anywhere(request.user.rights))
            raise WrongState("Mode bantuan tidak sedang berjalan di perangkat ini.")
        ceremony = Ceremony.objects.select_related(*RELATED).get(uuid=request.kiosk.place)
        return view(request, ceremony, **arguments)

    return unlisted(answer)


def unlocked(view):
    """A page for the operator alone: the locked screen for everybody else."""

    @wraps(view)
    def answer(request, ceremony, **arguments):
        if request.kiosk.is_locked:
            return redirect("kiosk-locked", ceremony.uuid)
        return view(request, ceremony, **arguments)

    return answer


# Beginning, locking, ending ---------------------------------------------------------------------


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_start(request, uuid):
    """Choose a PIN and make this device a kiosk."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_assist_anywhere(request.user.rights))
    form = StartForm(request.POST if request.method == "POST" else None)

    def start():
        assistance.start(actor=request.user, ceremony=ceremony)

    if form.is_valid() and carried_out(form, start):
        devices.start(request.session, ceremony.uuid, form.cleaned_data["pin"])
        return redirect("kiosk-people", ceremony.uuid)
    unsigned = participants_of(ceremony, request.user).unsigned().count()
    context = {"ceremony": ceremony, "form": form, "unsigned": unsigned}
    return render(request, "kiosk/start.html", context, status=400 if form.is_bound else 200)


@on_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_locked(request, ceremony):
    """The locked screen: it ends the hand-over, and the PIN leads to the list."""
    form = PinForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _pin_page(request, ceremony, form, "kiosk/locked.html")
    if not request.kiosk.accepts(form.cleaned_data["pin"]):
        return _wrong_pin(request, ceremony, form, "kiosk/locked.html")
    request.kiosk.unlock()
    _tell_outcome(request)
    return redirect("kiosk-people", ceremony.uuid)


@on_kiosk
@require_POST
def kiosk_lock(request, ceremony):
    """Lock the screen while the operator looks elsewhere."""
    request.kiosk.lock()
    return redirect("kiosk-locked", ceremony.uuid)


@on_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk_leave(request, ceremony):
    """The PIN makes the device an ordinary one again."""
    form = PinForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _pin_page(request, ceremony, form, "kiosk/leave.html")
    if not request.kiosk.accepts(form.cleaned_data["pin"]):
        return _wrong_pin(request, ceremony, form, "kiosk/leave.html")
    assistance.end(actor=request.user, ceremony=ceremony)
    devices.end(request.session)
    messages.success(request, "Mode bantuan diakhiri.")
    return redirect("ceremony-detail", ceremony.uuid)


def _pin_page(request, ceremony, form, template, status=None):
    """Ask for the PIN. Whoever sees this gave the device back, or found it: Back leads nowhere.

    Not so for what a browser asks for by itself, such as an icon, and is led here for.
    """
    if request.method != "HEAD" and request.headers.get("Sec-Fetch-Dest", DOCUMENT) == DOCUMENT:
        request.kiosk.take_back()
    context = {"ceremony": pages.ceremony_facts(ceremony), "form": form}
    return render(request, template, context, status=status or (400 if form.is_bound else 200))


def _wrong_pin(request, ceremony, form, template):
    """The fifth ends the session: whoever holds the device is not its operator."""
    left = request.kiosk.tries_left
    if left:
        form.add_error("pin", f"PIN salah. Sisa percobaan: {left}.")
        return _pin_page(request, ceremony, form, template, status=403)
    assistance.end_by_wrong_pins(actor=request.user, ceremony=ceremony)
    logout(request)
    messages.error(request, SPENT)
    return redirect("account_login")


def _tell_outcome(request):
    """What became of the last signature, once."""
    if request.kiosk.last is None:
        return
    participant = invitations.find_by_id(request.kiosk.last).participant
    request.kiosk.forget()
    if pages.has_signed(participant):
        messages.success(request, f"{participant.name} sudah menandatangani.")
    else:
        messages.warning(
            request,
            f"Tanda tangan {participant.name} belum diterima. Bila tadi tersimpan di perangkat "
            "ini, tanda tangan itu akan terkirim sendiri begitu ada jaringan; harus terkirim "
            f"{pages.until(begun=True)}.",
        )


# People -----------------------------------------------------------------------------------------


@on_kiosk
@require_safe
@unlocked
def kiosk_people(request, ceremony):
    """Those who have not signed, by name; any of them found by name or number."""
    require(rules.may_assist_anywhere(request.user.rights))
    form = SearchForm(request.GET if "q" in request.GET else None)
    expected = participants_of(ceremony, request.user).unsigned()
    found = expected.order_by("bare_name", "pk")
    if form.is_bound:
        found = found.matching(form.cleaned_data["q"]) if form.is_valid() else found.none()
    found = list(found[: MOST_FOUND + 1])
    context = {
        "ceremony": pages.ceremony_facts(ceremony),
        "uuid": ceremony.uuid,
        "form": form,
        "searched": form.is_bound and form.is_valid(),
        "found": found[:MOST_FOUND],
        "more": len(found) > MOST_FOUND,
        "unsigned": expected.count(),
        "is_open": ceremony.is_open,
    }
    return render(request, "kiosk/people.html", context)


@on_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
@unlocked
def kiosk_hand(request, ceremony, participant_uuid):
    """Say how the person's identity was checked, and hand the device over.

    Of somebody from whom no signature is expected it tells who it is, and that.
    """
    mine = participants_of(ceremony, request.user).select_related("wave")
    participant = get_object_or_404(mine, uuid=participant_uuid)
    if not participant.is_pending:
        return _not_expected(request, ceremony, participant)
    form = IdentityForm(request.POST if request.method == "POST" else None)
    opened = []

    def open_page():
        invitation = assistance.open_assisted(
            actor=request.user, participant=participant, **form.cleaned_data
        )
        opened.append(invitation)

    if form.is_valid() and carried_out(form, open_page):
        request.kiosk.hand_over(opened[0].pk)
        return redirect("kiosk-sign", ceremony.uuid, participant.uuid)
    context = {
        "ceremony": pages.ceremony_facts(ceremony),
        "uuid": ceremony.uuid,
        "form": form,
        "participant": participant,
        "printed_number": numbers.printed(participant.number, participant.number_kind),
    }
    return render(request, "kiosk/hand.html", context, status=400 if form.is_bound else 200)


def _not_expected(request, ceremony, participant):
    signed = pages.has_signed(participant)
    noted = f"tercatat {participant.get_state_display().lower()}"
    messages.info(request, f"{participant.name} {'sudah menandatangani' if signed else noted}.")
    return redirect("kiosk-people", ceremony.uuid)


@on_kiosk
@require_safe
def kiosk_sign(request, ceremony, participant_uuid):
    """The signing page of the one person to whom the device was handed, or the receipt."""
    if request.kiosk.handed is None:
        return redirect("kiosk-locked", ceremony.uuid)
    invitation = invitations.find_by_id(request.kiosk.handed)
    if invitation.participant.uuid != participant_uuid:
        return redirect("kiosk-locked", ceremony.uuid)
    try:
        return admit(request, invitation)
    except NotOpen as refusal:
        return stopped(request, refusal, status=403)
