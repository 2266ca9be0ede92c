"""The papers of a ceremony: recap on screen and to take along, attendance list, minutes."""

from datetime import UTC
from io import BytesIO
from itertools import chain

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from netralitas.lib.access import require
from netralitas.lib.files import safe_name
from netralitas.lib.spreadsheets import workbook_response

from .. import reports, rules
from ..choices import PaperKind
from ..documents import standing
from ..documents.attendance import attendance
from ..documents.minutes_context import minutes
from ..documents.recap import recap
from ..documents.recap_workbook import recap_workbook
from ..errors import WrongState
from ..forms.downloads import OpdForm
from ..services import trail
from ..tables import RecapTable
from .ceremonies import visible_ceremony
from .downloads import readable_participants

PDF = "application/pdf"
NO_ROSTER = "Daftar peserta acara ini belum dibekukan, sehingga belum ada yang dapat dicetak."


def now_in_utc():
    """The moment that a paper made now tells of."""
    return timezone.now().astimezone(UTC)


def narrowed(request, participants):
    """Those of the OPD in `?opd=`; 404 for what is no OPD."""
    form = OpdForm(request.GET)
    if not form.is_valid():
        raise Http404
    opd = form.cleaned_data["opd"]
    return participants.filter(opd__uuid=opd) if opd else participants


def printed_participants(request, uuid):
    """(ceremony, those of its participants whom the user may read, the annulled among them), for a
    paper of them.

    404 if there are none, 403 for who may read none; raises WrongState without a frozen roster.
    """
    ceremony = visible_ceremony(request, uuid)
    participants = narrowed(request, readable_participants(request, ceremony))
    if ceremony.frozen_at is None:
        raise WrongState(NO_ROSTER)
    if not participants.invited().exists():
        raise Http404
    return ceremony, participants


@require_safe
def recap_page(request, uuid):
    """How far each OPD is, or with `?opd=` each unit of it; and the ways to every paper."""
    ceremony = visible_ceremony(request, uuid)
    participants = narrowed(request, readable_participants(request, ceremony))
    found = reports.recap_of(participants)
    one = found.opds[0] if len(found.opds) == 1 else None
    rows = one.units if one else [opd.total for opd in found.opds]
    context = {
        "ceremony": ceremony,
        "progress": found.total,
        "notes": [
            sentence
            for _, sentence in (*standing.lead(ceremony), *standing.annulled(found.annulled))
        ],
        "opd": one.total if one else None,
        "narrowing": f"?opd={one.total.uuid}" if one and "opd" in request.GET else "",
        "table": RecapTable(rows, ceremony=None if one else ceremony),
        "warning": standing.warning(ceremony, timezone.now()),
        "may_read_minutes": rules.may_read_minutes(request.user.rights, ceremony.organizer),
    }
    return render(request, "papers/recap.html", context)


@require_safe
def recap_pdf(request, uuid):
    """The recap of those whom the user may read."""
    ceremony, participants = printed_participants(request, uuid)
    found = reports.recap_of(participants)
    content = recap(ceremony, found, now_in_utc())
    _record(request, ceremony, PaperKind.RECAP, found.total.invited)
    return FileResponse(
        BytesIO(content), filename=_name("Rekapitulasi", ceremony), content_type=PDF
    )


@require_safe
def recap_xlsx(request, uuid):
    """The same figures as a workbook."""
    ceremony, participants = printed_participants(request, uuid)
    found = reports.recap_of(participants)
    content = recap_workbook(ceremony, found, now_in_utc())
    _record(request, ceremony, PaperKind.RECAP, found.total.invited)
    return workbook_response(f"Rekapitulasi {ceremony.title}", content)


@require_safe
def attendance_pdf(request, uuid):
    """The attendance list of those whom the user may read, sent while it is drawn."""
    ceremony, everybody = printed_participants(request, uuid)
    participants = everybody.invited()
    count = participants.count()
    pieces = attendance(ceremony, participants, now_in_utc())
    # What hinders the drawing shows at the first page, while it can still be told.
    first = next(pieces)
    _record(request, ceremony, PaperKind.ATTENDANCE, count)
    response = StreamingHttpResponse(chain([first], pieces), content_type=PDF)
    name = _name("Daftar hadir", ceremony)
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response


@require_safe
def minutes_pdf(request, uuid):
    """The minutes of the whole ceremony, with those who have not signed in the annex."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_read_minutes(request.user.rights, ceremony.organizer))
    if ceremony.frozen_at is None:
        raise WrongState(NO_ROSTER)
    now, participants = now_in_utc(), ceremony.participants.invited()
    content = minutes(ceremony, participants, now)
    _record(request, ceremony, PaperKind.MINUTES, participants.not_signed().count())
    return FileResponse(
        BytesIO(content), filename=_name("Berita acara", ceremony), content_type=PDF
    )


def _name(kind, ceremony):
    return f"{safe_name(f'{kind} {ceremony.title}')}.pdf"


def _record(request, ceremony, paper, count):
    """Handing out personal data leaves a trace."""
    data = {"paper": PaperKind(paper).value, "count": count}
    trail.record(request.user, "paper.downloaded", ceremony, data)
