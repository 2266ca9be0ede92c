"""Signed pacts for those who keep them: one as PDF, all of an agency as a streamed ZIP."""

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.choices import RoleName
from agencies.querysets import below
from agencies.services import events
from netralitas.lib.access import require
from netralitas.lib.files import safe_name, stream_zip

from .. import reports, rules
from ..forms.downloads import OpdForm
from ..models import Pact, Signature
from ..services import pacts
from .ceremonies import visible_ceremony
from .participants import visible_participant

READERS = (RoleName.HR, RoleName.HEAD, RoleName.AUDITOR)
RELATED = (
    "participant__opd__head",
    "participant__ceremony__election",
    "participant__ceremony__text",
    "participant__ceremony__organizer",
    "invitation",
)


def readable_participants(request, ceremony):
    """The participants whose pacts the user may read; 403 for a user who may read none."""
    require(rules.may_read_any_pacts(request.user.rights))
    paths = request.user.rights.paths(*READERS)
    return ceremony.participants.filter(below(paths, "agency__path"))


@require_safe
def download_list(request, uuid):
    """What can be downloaded of this ceremony, by OPD."""
    ceremony = visible_ceremony(request, uuid)
    mine = readable_participants(request, ceremony)
    ready = Pact.objects.filter(signature__participant__in=mine).count()
    context = {
        "ceremony": ceremony,
        "progress": reports.progress_of(mine),
        "groups": sorted(
            (group for group in reports.progress_by_opd(mine) if group.signed),
            key=lambda group: group.name,
        ),
        "ready": ready,
    }
    return render(request, "downloads/list.html", context)


@require_safe
def pact_pdf(request, uuid, participant_uuid):
    """The pact of one participant, made now if the worker has not come to it."""
    ceremony = visible_ceremony(request, uuid)
    participant = visible_participant(request, ceremony, participant_uuid)
    require(rules.may_read_pacts(request.user.rights, participant.agency))
    signatures = Signature.objects.select_related(*RELATED)
    signature = get_object_or_404(signatures, participant=participant)
    pact = pacts.issue(signature)
    _record(request, ceremony, 1)
    name = f"Pakta Integritas - {safe_name(participant.name)}.pdf"
    return FileResponse(pact.file.open("rb"), filename=name, content_type="application/pdf")


@require_safe
def pact_zip(request, uuid):
    """All pacts the user may read (of one OPD with `?opd=`), in folders by unit, streamed."""
    ceremony = visible_ceremony(request, uuid)
    participants = readable_participants(request, ceremony).signed()
    form = OpdForm(request.GET)
    if not form.is_valid():
        raise Http404
    if form.cleaned_data["opd"]:
        participants = participants.filter(opd__uuid=form.cleaned_data["opd"])
    count = participants.count()
    if not count:
        raise Http404
    _record(request, ceremony, count)
    signatures = Signature.objects.filter(participant__in=participants).select_related(
        *RELATED, "pact"
    )
    chunks = stream_zip(_members(signatures.order_by("participant__bare_name")))
    response = StreamingHttpResponse(chunks, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="pakta-{ceremony.code}.zip"'
    return response


def _members(signatures):
    """Name and content of each file in the archive."""
    for signature in pacts.one_by_one(signatures):
        pact = pacts.issue(signature)
        with pact.file.open("rb") as file:
            yield member_name(signature.participant), file.read()


def member_name(participant):
    """`OPD/Unit/NAMA - NIP.pdf`; without the unit's folder for those who work in the OPD itself."""
    folders = [participant.opd_name]
    if participant.agency_name != participant.opd_name:
        folders.append(participant.agency_name)
    file = f"{participant.bare_name} - {participant.number}"
    return "/".join(safe_name(part) for part in [*folders, file]) + ".pdf"


def _record(request, ceremony, count):
    """Handing out personal data leaves a trace."""
    events.record(
        actor=request.user,
        act="pact.downloaded",
        obj=ceremony,
        government=ceremony.organizer.government,
        data={"count": count},
    )
