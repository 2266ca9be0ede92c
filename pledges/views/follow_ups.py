"""The work list of those who have not signed: who sees to whom, notes, and the second look.

It is for those who follow up: HR, operators and heads. What it says is no record of the ceremony.
"""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out
from netralitas.lib.tables import PER_PAGE, sorted_and_paged

from .. import reports, rules
from ..choices import UNDER_WAY
from ..filters import FollowUpFilter
from ..forms.absences import ExcuseForm
from ..forms.follow_ups import AssignForm, FollowUpForm
from ..models import FollowUp
from ..services import absences, follow_ups
from ..tables import FollowUpTable
from .ceremonies import visible_ceremony
from .participants import changed, visible_participant
from .work_list import back_from, carried, list_address

NOBODY_CHOSEN = "Pilih dahulu peserta di daftar ini."
FORM_METHODS = ["GET", "HEAD", "POST"]


def followed(request, uuid):
    """(the ceremony, its participants whom the user follows up); 403 for who follows up nobody."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_follow_up_any(request.user.rights))
    return ceremony, ceremony.participants.within(request.user.rights.paths(*rules.FOLLOWERS))


def follow_up_list(request, uuid):
    """Who has not signed, what is being done about each, and the figures, which add up."""
    ceremony, mine = followed(request, uuid)
    unsigned = mine.not_signed().select_related("agency", "opd", "follow_up__assignee")
    found = FollowUpFilter(request.GET, queryset=unsigned, user=request.user)
    way_back = carried(request)
    table = FollowUpTable(found.qs, ceremony=ceremony, user=request.user, carried=way_back)
    waiting = FollowUp.objects.awaiting_look(request.user).filter(participant__in=mine)
    context = {
        "ceremony": ceremony,
        "progress": reports.progress_of(mine),
        "waiting": waiting.count(),
        "filter": found,
        "query": request.GET.urlencode(),
        "filtered": any(request.GET.get(name) for name in found.form.fields),
        "table": sorted_and_paged(request, table),
        "may_act": rules.may_invite_any(request.user.rights) and ceremony.state in UNDER_WAY,
    }
    return render(request, "follow_ups/list.html", context)


@require_http_methods(FORM_METHODS)
def follow_up_edit(request, uuid, participant_uuid):
    """Who sees to one participant, whether they will sign late, and a note."""
    ceremony = visible_ceremony(request, uuid)
    participant = visible_participant(request, ceremony, participant_uuid)
    require(rules.may_invite(request.user.rights, participant.keeper))
    back = back_from(request, participant)
    kept = FollowUp.objects.filter(participant=participant).first() or FollowUp()
    data = request.POST if request.method == "POST" else None
    form = FollowUpForm(data, assignable=follow_ups.assignable([participant]), kept=kept)

    def save():
        follow_ups.change(actor=request.user, participant=participant, **form.cleaned_data)

    if form.is_valid() and carried_out(form, save):
        messages.success(request, f"Tindak lanjut {participant.name} disimpan.")
        return redirect(back)
    context = {"ceremony": ceremony, "participant": participant, "form": form, "back": back}
    return render(request, "follow_ups/edit.html", context, status=400 if form.is_bound else 200)


@require_POST
def refusal_look(request, uuid, participant_uuid):
    """The second look at a refusal, by another than who noted it."""
    ceremony = visible_ceremony(request, uuid)
    participant = visible_participant(request, ceremony, participant_uuid)
    require(rules.may_look_at_refusal(request.user.rights, participant.keeper))
    return changed(request, participant, follow_ups.look, "Penolakan dicatat sudah ditelaah.")


# Several at once --------------------------------------------------------------------------------


@require_http_methods(FORM_METHODS)
def follow_up_assign(request, uuid):
    """Let one officer see to all who were chosen in the list."""
    ceremony, chosen = _chosen(request, uuid)
    if not chosen:
        return _nobody_chosen(request, ceremony)
    data = request.POST if request.method == "POST" else None
    form = AssignForm(data, assignable=follow_ups.assignable(chosen))

    def save():
        follow_ups.assign(actor=request.user, participants=chosen, **form.cleaned_data)

    if form.is_valid() and carried_out(form, save):
        done = "ditugaskan" if form.cleaned_data["assignee"] else "tidak ditugaskan lagi"
        messages.success(request, f"{len(chosen)} peserta {done}.")
        return redirect(list_address(request, ceremony))
    return _several(request, ceremony, chosen, form, "Tugaskan")


@require_http_methods(FORM_METHODS)
def follow_up_excuse(request, uuid):
    """Note the same reason for all who were chosen in the list and are still expected."""
    ceremony, chosen = _chosen(request, uuid)
    if not chosen:
        return _nobody_chosen(request, ceremony)
    form = ExcuseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = absences.excuse_all(actor=request.user, participants=chosen, reason=form.reason)
        _tell_excused(request, done, len(chosen) - done)
        return redirect(list_address(request, ceremony))
    return _several(request, ceremony, chosen, form, "Catat berhalangan")


def _tell_excused(request, done, left):
    if done:
        messages.success(request, f"{done} peserta dicatat berhalangan.")
    if left:
        messages.warning(
            request,
            f"{left} peserta tidak diubah: sudah menandatangani, sudah dicatat, atau acaranya "
            "sudah berakhir.",
        )


def _chosen(request, uuid):
    """(the ceremony, those chosen whom the user may invite); at most a page of them."""
    ceremony, _ = followed(request, uuid)
    rights = request.user.rights
    require(rules.may_invite_any(rights))
    given = (request.POST if request.method == "POST" else request.GET).getlist("p")
    uuids = {text for text in given[:PER_PAGE] if _is_uuid(text)}
    mine = ceremony.participants.within(rights.paths(*rules.INVITERS)).not_signed()
    related = ("agency", "opd", "ceremony__organizer")
    return ceremony, list(mine.filter(uuid__in=uuids).select_related(*related))


def _is_uuid(text):
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _nobody_chosen(request, ceremony):
    messages.warning(request, NOBODY_CHOSEN)
    return redirect(list_address(request, ceremony))


def _several(request, ceremony, chosen, form, title):
    context = {
        "ceremony": ceremony,
        "chosen": chosen,
        "form": form,
        "title": title,
        "back": list_address(request, ceremony),
    }
    status = 400 if form.is_bound else 200
    return render(request, "follow_ups/several.html", context, status=status)
