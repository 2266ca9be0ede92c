"""PIN slips: which sheets can be asked for, how far one is, and handing it out."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from agencies.models import Agency
from netralitas.lib.access import require
from netralitas.lib.errors import Refusal
from netralitas.lib.files import safe_name

from .. import reports, rules
from ..choices import SlipOrder, SlipScope
from ..forms.downloads import SlipForm
from ..services import slips
from ..services.slip_work import participants_of
from .ceremonies import visible_ceremony

SHOWN = 10


def invitable_ceremony(request, uuid):
    """The ceremony for those who may invite somebody; 403 for others who may see it."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_invite_any(request.user.rights))
    return ceremony


def own_batch(request, uuid, batch_uuid):
    """A sheet that the user asked for; for anybody else there is none."""
    ceremony = invitable_ceremony(request, uuid)
    mine = ceremony.slip_batches.of_asker(request.user).select_related("opd")
    batch = get_object_or_404(mine, uuid=batch_uuid)
    batch.ceremony = ceremony
    return batch


@require_safe
def slip_list(request, uuid):
    """The OPD for which sheets can be asked, who still needs a slip, and the user's own sheets."""
    return _list(request, invitable_ceremony(request, uuid))


def _list(request, ceremony, status=200):
    mine = participants_of(ceremony, request.user)
    holders = reports.slips_by_opd(mine)
    groups = sorted(reports.progress_by_opd(mine), key=lambda group: group.name)
    context = {
        "ceremony": ceremony,
        "invitable": ceremony.awaits_signers,
        "groups": [(group, holders.get(group.uuid, 0)) for group in groups],
        "pending": sum(group.pending for group in groups),
        "held": sum(holders.values()),
        "scopes": SlipScope.choices,
        "orders": SlipOrder.choices,
        "batches": ceremony.slip_batches.of_asker(request.user).select_related("opd")[:SHOWN],
    }
    return render(request, "slips/list.html", context, status=status)


@require_POST
def slip_ask(request, uuid):
    """Ask for a sheet of one OPD, or of all; the worker makes it. What is refused is told above."""
    ceremony = invitable_ceremony(request, uuid)
    form = SlipForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A sheet is named by OPD, scope and order.")
    asked = form.cleaned_data
    if asked["opd"]:
        mine = participants_of(ceremony, request.user)
        opds = Agency.objects.filter(pk__in=mine.order_by().values("opd"))
        asked["opd"] = get_object_or_404(opds, uuid=asked["opd"])
    try:
        batch = slips.ask(actor=request.user, ceremony=ceremony, **asked)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return _list(request, ceremony, status=refusal.status)
    return redirect("slip-batch", uuid=ceremony.uuid, batch_uuid=batch.uuid)


@require_safe
def slip_batch(request, uuid, batch_uuid):
    """How far a sheet is; once it is ready, the way to take it."""
    batch = own_batch(request, uuid, batch_uuid)
    context = {
        "ceremony": batch.ceremony,
        "batch": batch,
        "available": slips.is_available(batch),
        "until": slips.available_until(batch),
        "replaced": slips.count_replaced(batch, request.user),
    }
    return render(request, "slips/batch.html", context)


@require_safe
def slip_progress(request, uuid, batch_uuid):
    """The piece of the page that asks again until it is another page: `?state=` is what it is."""
    batch = own_batch(request, uuid, batch_uuid)
    if batch.state != request.GET.get("state") and not batch.is_working:
        return HttpResponseClientRefresh()
    context = {"ceremony": batch.ceremony, "batch": batch}
    return render(request, "slips/_progress.html", context)


@never_cache
@require_POST
def slip_take(request, uuid, batch_uuid):
    """The PDF of a sheet: its PINs hold from now on, those of older slips end."""
    batch = own_batch(request, uuid, batch_uuid)
    return sheet_of(batch, slips.take(actor=request.user, batch=batch))


def sheet_of(whose, content):
    """The PDF of the slips of `whose`, to be saved."""
    response = HttpResponse(content, content_type="application/pdf")
    name = safe_name(f"Slip PIN {whose}")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    return response
