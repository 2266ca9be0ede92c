"""Signed pacts for those who keep them: one as PDF, all of an agency as a streamed ZIP."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from netralitas.lib import dates
from netralitas.lib.access import require
from netralitas.lib.files import safe_name, stream_zip

from .. import reports, rules
from ..documents.pact_context import Common
from ..forms.downloads import OpdForm
from ..models import Pact, PactFailure, Signature
from ..services import pact_queue, pacts, trail
from ..services.pack_contents import LEFT_OUT, left_out, member_name, reach_of
from .ceremonies import visible_ceremony
from .participants import visible_participant

# How many of the pacts that could not be made are named; the others are counted.
NAMED = 10
# How many of the user's own packs are listed.
SHOWN = 6
LONGEST_ARCHIVE_NAME = 50


def readable_participants(request, ceremony):
    """The participants whose pacts the user may read; 403 for a user who may read none."""
    require(rules.may_read_any_pacts(request.user.rights))
    return ceremony.participants.within(request.user.rights.paths(*rules.READERS))


@require_safe
def download_list(request, uuid):
    """What can be downloaded of this ceremony, by OPD."""
    ceremony = visible_ceremony(request, uuid)
    mine = readable_participants(request, ceremony)
    ready = Pact.objects.filter(signature__participant__in=mine.signed()).count()
    failures = PactFailure.objects.of(mine)
    groups = list(failures.by_reason())
    rights, organizer = request.user.rights, ceremony.organizer
    named = failures.waiting().select_related("signature__participant")[:NAMED]
    context = {
        "ceremony": ceremony,
        "progress": reports.progress_of(mine),
        "groups": sorted(
            (group for group in reports.progress_by_opd(mine) if group.signed),
            key=lambda group: group.name,
        ),
        "ready": ready,
        "packs": ceremony.packs.of_asker(request.user).select_related("opd")[:SHOWN],
        "failures": groups,
        "failed": [failure.signature.participant for failure in named],
        "more": max(0, sum(group["count"] for group in groups) - NAMED),
        "may_retry": rules.may_retry_pacts(rights, organizer),
        "is_whole": reach_of(ceremony, mine)[1],
        "may_read_minutes": rules.may_read_minutes(rights, organizer),
    }
    return render(request, "downloads/list.html", context)


@require_POST
def pact_retry(request, uuid):
    """Have the worker try again what could not be made; the cause is said to be mended."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_retry_pacts(request.user.rights, ceremony.organizer))
    failures = PactFailure.objects.of(readable_participants(request, ceremony))
    pact_queue.try_again(actor=request.user, ceremony=ceremony, failures=failures)
    messages.success(request, "Pakta yang tertunda dicoba lagi dalam satu menit.")
    return redirect("download-list", uuid=ceremony.uuid)


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
    opds = list(participants.order_by().values_list("opd_name", flat=True).distinct()[:2])
    count = participants.count()
    if not count:
        raise Http404
    _record(request, ceremony, count)
    signatures = Signature.objects.filter(participant__in=participants).for_pact()
    chunks = stream_zip(_members(signatures.order_by("participant__bare_name")))
    response = StreamingHttpResponse(chunks, content_type="application/zip")
    name = file_name("PDF pakta", ceremony, opds[0] if len(opds) == 1 else "")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.zip")
    return response


def file_name(kind, ceremony, whose):
    """The name of a file that holds folders: short, for Windows takes 260 characters for the path
    of a file in them."""
    day = dates.local_day(ceremony.starts_at, ceremony.time_zone)
    return safe_name(f"{kind} {day:%Y-%m-%d} {ceremony.code} {whose}", LONGEST_ARCHIVE_NAME)


def _members(signatures):
    """Name and content of each file in the archive; at the end a list of what is left out."""
    failures, common = [], Common()
    for signature in pacts.one_by_one(signatures):
        name = member_name(signature.participant)
        content, reason = pacts.attempt(pacts.content_of, signature, common)
        if reason:
            failures.append(f"{name}: {reason}")
        else:
            yield name, content
    if failures:
        yield LEFT_OUT, left_out(failures)


def _record(request, ceremony, count):
    """Handing out personal data leaves a trace."""
    trail.record(request.user, "pact.downloaded", ceremony, {"count": count})
