"""Signed pacts for those who keep them: one as PDF, all of an agency as a streamed ZIP."""

from io import BytesIO

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.choices import NumberKind, RoleName
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
LEFT_OUT = "GAGAL.txt"
NIK_SHOWN = 4


def readable_participants(request, ceremony):
    """The participants whose pacts the user may read; 403 for a user who may read none."""
    require(rules.may_read_any_pacts(request.user.rights))
    return ceremony.participants.within(request.user.rights.paths(*READERS))


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
    require(rules.may_read_pacts(request.user.rights, participant.keeper))
    signature = get_object_or_404(Signature.objects.for_pact(), participant=participant)
    content = pacts.hand_out(actor=request.user, signature=signature)
    return FileResponse(
        BytesIO(content),
        filename=pacts.pact_file_name(participant),
        content_type="application/pdf",
    )


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
    signatures = Signature.objects.filter(participant__in=participants).for_pact()
    chunks = stream_zip(_members(signatures.order_by("participant__bare_name")))
    response = StreamingHttpResponse(chunks, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="pakta-{ceremony.code}.zip"'
    return response


def _members(signatures):
    """Name and content of each file in the archive; at the end a list of what is left out."""
    failures = []
    for signature in pacts.one_by_one(signatures):
        name = member_name(signature.participant)
        content, reason = pacts.attempt(pacts.content_of, signature)
        if reason:
            failures.append(f"{name}: {reason}")
        else:
            yield name, content
    if failures:
        yield LEFT_OUT, left_out(failures)


def left_out(failures):
    """The text for whoever files the archive: which pacts are not in it, and why."""
    head = f"{len(failures)} pakta tidak termasuk dalam arsip ini:"
    return "\r\n".join([head, "", *failures, ""]).encode()


def member_name(participant):
    """`OPD/Unit/NAMA - NIP.pdf`; without the unit's folder for those who work in the OPD itself.

    A NIP tells people of one name apart; of a NIK, which opens more than an office's file, only the
    end is given.
    """
    folders = [participant.opd_name]
    if participant.agency_name != participant.opd_name:
        folders.append(participant.agency_name)
    is_nik = participant.number_kind == NumberKind.NIK
    number = f"NIK {participant.number[-NIK_SHOWN:]}" if is_nik else participant.number
    file = f"{participant.bare_name} - {number}"
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
