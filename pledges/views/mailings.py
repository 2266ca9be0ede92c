"""Mailings to those who are to sign: planned, looked at before, stopped, and each mail's fate."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netralitas.lib.access import require
from netralitas.lib.errors import Refusal
from netralitas.lib.forms import carried_out
from netralitas.lib.spreadsheets import workbook_response

from .. import rules
from ..choices import MailingState, ParticipantMailState
from ..forms.mailings import LATER, LinkListForm, MailingForm
from ..models import ParticipantMail
from ..services import link_lists
from ..services.mailings import asking, figures, hours, letters, recipients
from ..services.slip_work import participants_of
from .slips import invitable_ceremony

SHOWN = 20
PER_PAGE = 50
PLANNED = "Kiriman dijadwalkan. Penerimanya dicari lagi saat waktunya tiba."


def visible_mailing(request, uuid, mailing_uuid):
    """A mailing that reaches somebody whom the user may invite."""
    ceremony = invitable_ceremony(request, uuid)
    mine = ceremony.mailings.within(request.user.rights.paths(*rules.INVITERS))
    mailing = get_object_or_404(mine.select_related("opd", "asked_by"), uuid=mailing_uuid)
    mailing.ceremony = ceremony
    return mailing


def mails_of(request, mailing):
    """Its mails to those whom the user may invite."""
    people = participants_of(mailing.ceremony, request.user)
    return mailing.mails.filter(participant__in=people)


def may_stop(user, mailing):
    """Whether the user stops it: who asked for it, or who may invite all whom it reaches."""
    reached = mailing.opd or mailing.ceremony.organizer
    return mailing.asked_by_id == user.pk or rules.may_stop_mailing(user.rights, reached)


@require_safe
def mailing_list(request, uuid):
    """The mailings of a ceremony with their figures, and the way to a list of links."""
    return _list(request, invitable_ceremony(request, uuid))


def _list(request, ceremony, status=200):
    paths = request.user.rights.paths(*rules.INVITERS)
    mine = ceremony.mailings.within(paths)
    mailings = list(mine.select_related("opd")[:SHOWN])
    mails = ParticipantMail.objects.filter(
        mailing__in=mailings, participant__in=participants_of(ceremony, request.user)
    )
    counts = figures.by_mailing(mails)
    context = {
        "ceremony": ceremony,
        "invitable": ceremony.awaits_signers,
        "mailings": [(each, counts.get(each.pk, [])) for each in mailings],
        "suggestions": hours.suggestions(ceremony, timezone.now(), mine),
        "links": LinkListForm(ceremony=ceremony, user=request.user),
    }
    return render(request, "mailings/list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mailing_create(request, uuid):
    """The form, filled in after a suggestion (`?saran=`) if one was chosen; POST plans the mailing,
    after its preview was looked at, or with `ubah` shows the form with what it held.
    """
    ceremony = invitable_ceremony(request, uuid)
    if request.method != "POST":
        shown = _suggested(ceremony, request.GET.get("saran"))
        return _form(request, MailingForm(initial=shown, ceremony=ceremony, user=request.user))
    form = MailingForm(request.POST, ceremony=ceremony, user=request.user)
    if "ubah" in request.POST:
        return _form(request, form)
    mailing = form.mailing() if form.is_valid() else None
    if mailing and carried_out(form, lambda: asking.ask(actor=request.user, mailing=mailing)):
        messages.success(request, PLANNED)
        return redirect("mailing-detail", uuid=ceremony.uuid, mailing_uuid=mailing.uuid)
    return _form(request, form, status=400)


def _suggested(ceremony, slug):
    """What the fields show first for a suggested moment."""
    known = hours.suggestions(ceremony, timezone.now(), ceremony.mailings)
    found = [each for each in known if each.slug == slug]
    if not found:
        return {}
    local = found[0].send_at.astimezone(ZoneInfo(ceremony.time_zone))
    moment = {"when": LATER, "day": local.date(), "clock": local.time()}
    return {"kind": found[0].kind, **moment}


def _form(request, form, status=200):
    context = {"ceremony": form.ceremony, "form": form}
    return render(request, "mailings/form.html", context, status=status)


@require_POST
def mailing_preview(request, uuid):
    """Who would get it now, who would not, and the mail as it will look. It changes nothing."""
    ceremony = invitable_ceremony(request, uuid)
    form = MailingForm(request.POST, ceremony=ceremony, user=request.user)
    if not form.is_valid():
        return _form(request, form, status=400)
    mailing = form.mailing()
    reach = recipients.reach(ceremony, request.user, mailing.opd)
    specimen = next(iter(reach.reached or reach.without), None)
    if specimen is None:
        form.add_error(None, asking.NOBODY)
        return _form(request, form, status=400)
    values = letters.values_for(mailing, specimen)
    context = {
        "ceremony": ceremony,
        "form": form,
        "mailing": mailing,
        "waits": hours.is_quiet(mailing, mailing.send_at),
        "begins_at": hours.begins_at(mailing, mailing.send_at),
        "is_later": form.cleaned_data["when"] == LATER,
        "reach": reach,
        "lately": recipients.served_lately(reach.reached, timezone.now())
        .values("participant")
        .distinct()
        .count(),
        "shown": SHOWN,
        "letter": values,
        "text": letters.text_of(values),
    }
    return render(request, "mailings/preview.html", context)


@require_safe
def mailing_detail(request, uuid, mailing_uuid):
    """Each mail's state with its reason; `?status=` shows those of one state."""
    mailing = visible_mailing(request, uuid, mailing_uuid)
    mails = mails_of(request, mailing)
    chosen = request.GET.get("status", "")
    shown = mails.filter(state=chosen) if chosen in ParticipantMailState.values else mails
    pages = Paginator(shown.select_related("participant"), PER_PAGE)
    without = recipients.reach(mailing.ceremony, request.user, mailing.opd).without
    context = {
        "ceremony": mailing.ceremony,
        "mailing": mailing,
        "counts": figures.by_mailing(mails).get(mailing.pk, []),
        "chosen": chosen,
        "page": pages.get_page(request.GET.get("page")),
        "again": asking.AGAIN if mailing.state != MailingState.CANCELLED else [],
        "may_stop": mailing.is_unfinished and may_stop(request.user, mailing),
        "without": without,
        "waits": _waits(mailing),
    }
    return render(request, "mailings/detail.html", context)


def _waits(mailing):
    """Whether only the hour keeps it from being sent."""
    now = timezone.now()
    due = mailing.ceremony.mailings.due(now).filter(pk=mailing.pk)
    return hours.is_quiet(mailing, now) and due.exists()


@require_POST
def mailing_stop(request, uuid, mailing_uuid):
    """What was not sent yet is not sent."""
    mailing = visible_mailing(request, uuid, mailing_uuid)
    require(may_stop(request.user, mailing))
    asking.stop(actor=request.user, mailing=mailing)
    messages.success(request, "Kiriman dibatalkan.")
    return redirect("mailing-detail", uuid=uuid, mailing_uuid=mailing_uuid)


@require_POST
def mail_again(request, uuid, mailing_uuid, mail_uuid):
    """Send one mail that failed, or may have, once more."""
    mailing = visible_mailing(request, uuid, mailing_uuid)
    mails = mails_of(request, mailing).select_related("participant__employee")
    mail = get_object_or_404(mails, uuid=mail_uuid)
    mail.mailing = mailing
    mail.participant.ceremony = mailing.ceremony
    asking.send_again(actor=request.user, mail=mail)
    messages.success(request, "Surel akan dikirim lagi.")
    return redirect("mailing-detail", uuid=uuid, mailing_uuid=mailing_uuid)


@never_cache
@require_POST
def link_sheet(request, uuid):
    """A spreadsheet of new personal links; what is refused is told above the list."""
    ceremony = invitable_ceremony(request, uuid)
    form = LinkListForm(request.POST, ceremony=ceremony, user=request.user)
    if not form.is_valid():
        raise BadRequest("A list of links is named by an OPD, or is of all.")
    try:
        content = link_lists.issue(
            actor=request.user, ceremony=ceremony, opd=form.cleaned_data["opd"]
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return _list(request, ceremony, status=refusal.status)
    return workbook_response(f"Tautan {ceremony.title}", content)
