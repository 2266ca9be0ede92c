"""PIN slips: which sheets there are, and the printing of one."""

from functools import partial

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agencies.choices import RoleName
from agencies.models import Agency
from netralitas.lib.access import require
from netralitas.lib.files import safe_name

from .. import reports
from ..documents.slips import render_slips
from ..forms.downloads import SlipForm
from ..services import invitations, slips
from .ceremonies import visible_ceremony

INVITERS = (RoleName.HR, RoleName.OPERATOR)


def invitable_participants(request, ceremony):
    """The participants whom the user may invite; 403 for a user who may invite nobody."""
    require(request.user.rights.holds_any(*INVITERS))
    paths = request.user.rights.paths(*INVITERS)
    return ceremony.participants.within(paths)


def slip_list(request, uuid):
    """The sheets of each OPD, with how many still need a slip."""
    ceremony = visible_ceremony(request, uuid)
    mine = invitable_participants(request, ceremony)
    printed = reports.slips_by_opd(mine)
    context = {
        "ceremony": ceremony,
        "invitable": ceremony.state in invitations.INVITABLE,
        "sheets": [
            (group, range(1, slips.parts(group.invited) + 1), printed.get(group.uuid, 0))
            for group in sorted(reports.progress_by_opd(mine), key=lambda group: group.name)
        ],
        "per_sheet": slips.PER_SHEET,
    }
    return render(request, "slips/list.html", context)


@never_cache
@require_POST
def slip_print(request, uuid):
    """A sheet with new PINs for the unsigned of one part of an OPD; their old PINs end."""
    ceremony = visible_ceremony(request, uuid)
    mine = invitable_participants(request, ceremony)
    form = SlipForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A sheet is named by OPD and part.")
    opds = Agency.objects.filter(pk__in=mine.order_by().values("opd"))
    opd = get_object_or_404(opds, uuid=form.cleaned_data["opd"])
    sheet = slips.issue_sheet(
        actor=request.user,
        ceremony=ceremony,
        participants=mine.filter(opd=opd),
        part=form.cleaned_data["part"],
        typeset=partial(render_slips, ceremony, opd),
    )
    response = HttpResponse(sheet, content_type="application/pdf")
    name = safe_name(f"Slip PIN {opd.name} {form.cleaned_data['part']}")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    return response
