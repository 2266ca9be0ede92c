"""Packs of pacts: asking for one, how far it is, and fetching it, also in parts."""

from functools import partial

from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from agencies.models import Agency
from netralitas.lib.access import require
from netralitas.lib.ranges import begins, ranged_response

from .. import rules
from ..choices import PackKind
from ..forms.downloads import PackForm
from ..services import packs
from .ceremonies import visible_ceremony
from .downloads import file_name, readable_participants

ENDINGS = {
    PackKind.ARCHIVE: (".zip", "application/zip"),
    PackKind.PRINT: (".pdf", "application/pdf"),
}


def own_pack(request, uuid, pack_uuid):
    """A pack that the user asked for; for anybody else there is none."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_read_any_pacts(request.user.rights))
    mine = ceremony.packs.of_asker(request.user).select_related("opd")
    pack = get_object_or_404(mine, uuid=pack_uuid)
    pack.ceremony = ceremony
    return pack


@require_POST
def pack_ask(request, uuid):
    """Ask for a pack of one OPD, or of all; the worker makes it."""
    ceremony = visible_ceremony(request, uuid)
    mine = readable_participants(request, ceremony)
    form = PackForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A pack is named by OPD and kind.")
    opd = None
    if form.cleaned_data["opd"]:
        opds = Agency.objects.filter(pk__in=mine.order_by().values("opd"))
        opd = get_object_or_404(opds, uuid=form.cleaned_data["opd"])
    pack = packs.ask(actor=request.user, ceremony=ceremony, opd=opd, kind=form.cleaned_data["kind"])
    return redirect("pack", uuid=ceremony.uuid, pack_uuid=pack.uuid)


@require_safe
def pack_detail(request, uuid, pack_uuid):
    """How far a pack is; once it is ready, the way to fetch it."""
    pack = own_pack(request, uuid, pack_uuid)
    context = {
        "ceremony": pack.ceremony,
        "pack": pack,
        "included": pack.total - pack.left_out,
        "available": packs.is_available(pack),
        "with_minutes": not pack.opd
        and rules.may_read_minutes(request.user.rights, pack.ceremony.organizer),
        "until": packs.available_until(pack),
    }
    return render(request, "packs/pack.html", context)


@require_safe
def pack_progress(request, uuid, pack_uuid):
    """The piece of the page that asks again until it is another page: `?state=` is what it is."""
    pack = own_pack(request, uuid, pack_uuid)
    if pack.state != request.GET.get("state") and not pack.is_working:
        return HttpResponseClientRefresh()
    return render(request, "packs/_progress.html", {"ceremony": pack.ceremony, "pack": pack})


@never_cache
@require_safe
def pack_file(request, uuid, pack_uuid):
    """The file of a pack; an interrupted download goes on where it stopped."""
    pack = own_pack(request, uuid, pack_uuid)
    etag = f'"{pack.uuid}"'
    begin = partial(begins, request, etag=etag)
    file = packs.fetch(actor=request.user, pack=pack, begins=begin)
    ending, content_type = ENDINGS[pack.kind]
    name = file_name("Pakta", pack.ceremony, pack.covers)
    return ranged_response(
        request,
        file,
        file.size,
        filename=f"{name}{ending}",
        etag=etag,
        content_type=content_type,
    )
