"""Somebody is added to a frozen roster, taken off it, or put back: each with a reason.

HR of the organiser alone does it: it froze the list, answers for its number, and knows who has come
and gone in the whole government.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.reports import opd_names_of, unit_with_opd
from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..forms.roster_changes import AddForm, ReasonForm, SearchForm
from ..services import roster_changes
from .ceremonies import visible_ceremony
from .participants import to_page, visible_participant

MOST_FOUND = 20
ADDED = "{} ditambahkan ke daftar peserta."
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def participant_add(request, uuid):
    """Find an employee of the government and add them; GET searches, POST adds."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_change_roster(request.user.rights, ceremony.organizer))
    search = SearchForm(request.GET)
    words = search.cleaned_data["q"].strip() if search.is_valid() else ""
    everybody = roster_changes.candidates(ceremony)
    form = AddForm(request.POST or None, employees=everybody)
    added = []

    def add():
        added.append(roster_changes.add(actor=request.user, ceremony=ceremony, **form.cleaned_data))

    if form.is_valid() and carried_out(form, add):
        messages.success(request, ADDED.format(added[0].name))
        return to_page(added[0])
    found = everybody.matching(words) if words else everybody.none()
    found = list(found.select_related("agency").order_by("here", "name", "pk")[: MOST_FOUND + 1])
    opds = opd_names_of(employee.agency for employee in found)
    context = {
        "ceremony": ceremony,
        "search": search,
        "words": words,
        "form": form,
        "chosen": str(form["employee"].value() or ""),
        "found": [(each, unit_with_opd(each.agency, opds)) for each in found[:MOST_FOUND]],
        "more": len(found) > MOST_FOUND,
    }
    return render(request, "rosters/add.html", context, status=400 if form.is_bound else 200)


@require_http_methods(FORM_METHODS)
def participant_depart(request, uuid, participant_uuid):
    """Take somebody who has not signed off the roster."""
    return _change(
        request, uuid, participant_uuid, roster_changes.depart, "rosters/depart.html", "dikeluarkan"
    )


@require_http_methods(FORM_METHODS)
def participant_take_back(request, uuid, participant_uuid):
    """Put somebody who was taken off back on the roster."""
    return _change(
        request,
        uuid,
        participant_uuid,
        roster_changes.take_back,
        "rosters/take_back.html",
        "dikembalikan",
    )


def _change(request, uuid, participant_uuid, act, template, done):
    ceremony = visible_ceremony(request, uuid)
    participant = visible_participant(request, ceremony, participant_uuid)
    require(rules.may_change_roster(request.user.rights, ceremony.organizer))
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def save():
        act(actor=request.user, participant=participant, **form.cleaned_data)

    if form.is_valid() and carried_out(form, save):
        messages.success(request, f"{participant.name} {done}.")
        return redirect("participant-detail", uuid=uuid, participant_uuid=participant.uuid)
    context = {"ceremony": ceremony, "participant": participant, "form": form}
    return render(request, template, context, status=400 if form.is_bound else 200)
