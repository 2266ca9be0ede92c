"""Ceremonies: list, detail, form, and one address for each change of state."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from agencies.querysets import paths_of
from netralitas.lib import qr
from netralitas.lib.access import require
from netralitas.lib.errors import Refusal
from netralitas.lib.forms import carried_out
from netralitas.lib.tables import PER_PAGE

from .. import reports, rules
from ..choices import CeremonyState
from ..documents import standing
from ..documents.entrance import address_of
from ..forms.ceremonies import CeremonyForm, WitnessFormSet, witnesses_from, witnesses_of
from ..forms.waves import WavesForm
from ..models import Campaign, Ceremony, Election, Participant
from ..services import ceremonies, officials, rosters
from . import signing_pages

OPENED = "Penandatanganan dibuka."
OPENED_LATE = "Penandatanganan susulan dibuka."
RELATED = ("organizer", "election", "text", "campaign__lead")
STEPS = [choice for choice in CeremonyState.choices if choice[0] != CeremonyState.CANCELLED]


def visible_ceremony(request, uuid):
    """The ceremony, or 404 for whoever has nothing to do with it."""
    found = Ceremony.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(found, uuid=uuid)


def managed_ceremony(request, uuid):
    """The ceremony for its HR; 403 for others who may see it."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_manage(request.user.rights, ceremony.organizer))
    return ceremony


def ceremony_list(request):
    """The ceremonies that concern the user, each with the progress of the user's own people."""
    found = Ceremony.objects.visible_to(request.user).select_related(*RELATED)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    mine = Participant.objects.visible_to(request.user)
    progress = reports.progress_by_ceremony(mine.filter(ceremony__in=list(page)))
    context = {
        "page": page,
        "rows": [(ceremony, progress.get(ceremony.pk)) for ceremony in page],
        "may_prepare": rules.may_prepare(request.user.rights),
    }
    return render(request, "ceremonies/list.html", context)


def ceremony_detail(request, uuid):
    """What it is, where it stands, what to do next, and how far each OPD is."""
    return _page(request, visible_ceremony(request, uuid))


def _page(request, ceremony, status=200):
    mine = ceremony.participants.visible_to(request.user)
    rights = request.user.rights
    manages = rules.may_manage(rights, ceremony.organizer)
    invites = rules.may_invite_any(rights)
    entrance = entrance_of(ceremony) if invites else ""
    planned = rosters.eligible_by_wave(ceremony) if ceremony.is_draft else {}
    may_invite = invites and ceremony.awaits_signers
    context = {
        "ceremony": ceremony,
        "officials": ceremony.officials.all(),
        "chosen": ceremony.agencies.all(),
        "waves": reports.waves_of(ceremony, paths_of(request.user), planned),
        "progress": reports.progress_of(mine),
        "groups": reports.progress_by_opd(mine),
        "eligible": sum(planned.values()),
        "share": standing.share_in_lead(ceremony),
        "campaign_seen": campaign_seen(request.user, ceremony),
        "may_manage": manages,
        "may_change_officials": manages and ceremony.state in officials.CHANGEABLE,
        "may_schedule": rules.may_schedule(rights, ceremony.organizer),
        "may_run_campaigns": rules.may_run_campaigns(rights),
        "may_read_pacts": rules.may_read_any_pacts(rights),
        "may_invite": may_invite,
        "may_follow_up": rules.may_follow_up_any(rights),
        "locked": mine.locked(timezone.now()).count() if may_invite else 0,
        "may_assist": rules.may_assist_anywhere(rights) and ceremony.awaits_signers,
        "may_show_board": rules.may_show_board(rights, ceremony.organizer),
        "steps": STEPS,
        "entrance": entrance,
        "entrance_qr": qr.data_uri(entrance) if entrance and ceremony.awaits_signers else "",
        "grace_until": ceremony.grace_until(timezone.now()),
        "grace_words": signing_pages.until(begun=True),
        "actions": offered_actions(ceremony) if manages else [],
        "events": history(rights, ceremony),
    }
    return render(request, "ceremonies/detail.html", context, status=status)


def entrance_of(ceremony):
    """The public address of the entrance, or "" where it leads nobody on."""
    leads_on = ceremony.frozen_at and ceremony.state != CeremonyState.CANCELLED
    return address_of(ceremony) if leads_on else ""


def campaign_seen(user, ceremony):
    """Whether there is a campaign of the ceremony that the user may look at."""
    key = ceremony.campaign_id
    return key is not None and Campaign.objects.visible_to(user).filter(pk=key).exists()


def history(rights, ceremony):
    """What was done to the ceremony, for those who may read it."""
    may_read = rules.may_read_history(rights, ceremony.organizer)
    return reports.history_of(ceremony) if may_read else []


def offered_actions(ceremony):
    """The names of the state changes that are possible now, the usual next one first."""
    targets = ceremonies.TRANSITIONS[ceremony.state]
    return [state for state in CeremonyState.values if state in targets]


def ceremony_create(request):
    """A new draft, before the election of `?pemilu=` if one is named."""
    require(rules.may_prepare(request.user.rights))
    asked = request.GET.get("pemilu", "")
    elections = Election.objects.visible_to(request.user)
    named = next((each for each in elections if str(each.uuid) == asked), None) if asked else None
    return _edit(request, Ceremony(election=named), "Acara baru")


def ceremony_edit(request, uuid):
    """Change a draft; a frozen ceremony answers 409."""
    ceremony = managed_ceremony(request, uuid)
    if not ceremony.is_draft:
        raise ceremonies.WrongState(ceremonies.FROZEN)
    return _edit(request, ceremony, "Ubah acara")


def _edit(request, ceremony, title):
    data = request.POST if request.method == "POST" else None
    form = CeremonyForm(data, instance=ceremony, user=request.user)
    stored = witnesses_of(ceremony) if data is None else None
    witnesses = WitnessFormSet(data, prefix="saksi", initial=stored)
    waves = WavesForm(data, ceremony=ceremony)

    def save():
        ceremonies.save_draft(
            actor=request.user,
            ceremony=form.instance,
            agencies=list(form.cleaned_data["agencies"]),
            officials=form.officials() + witnesses_from(witnesses),
            waves=waves.rows(form.instance),
        )

    valid = [part.is_valid() for part in (form, witnesses, waves)]
    if request.method == "POST" and all(valid) and carried_out(form, save):
        messages.success(request, "Konsep acara disimpan.")
        return redirect("ceremony-detail", uuid=ceremony.uuid)
    context = {
        "form": form,
        "witnesses": witnesses,
        "waves": waves,
        "title": title,
        "ceremony": ceremony,
    }
    return render(request, "ceremonies/form.html", context, status=400 if form.is_bound else 200)


@require_POST
def ceremony_open(request, uuid):
    """Let people sign, or sign late."""
    late = visible_ceremony(request, uuid).is_late
    return change(request, uuid, ceremonies.open_signing, OPENED_LATE if late else OPENED)


@require_POST
def ceremony_close(request, uuid):
    """End signing."""
    return change(request, uuid, ceremonies.close_signing, "Penandatanganan ditutup.")


@require_POST
def ceremony_archive(request, uuid):
    """Put a closed ceremony away."""
    return change(request, uuid, ceremonies.archive, "Acara diarsipkan.")


def change(request, uuid, act, sentence):
    """Do it and say so; what is refused is told on the ceremony's page as it is now (409)."""
    ceremony = managed_ceremony(request, uuid)
    try:
        act(actor=request.user, ceremony=ceremony)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return _page(request, visible_ceremony(request, uuid), status=refusal.status)
    messages.success(request, sentence)
    return redirect("ceremony-detail", uuid=ceremony.uuid)
