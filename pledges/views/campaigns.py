"""Campaigns: list, detail, form, and the act that makes what the OPD still lack."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agencies.querysets import paths_of
from netralitas.lib.access import require
from netralitas.lib.forms import carried_out
from netralitas.lib.tables import PER_PAGE

from .. import rules
from ..choices import CeremonyState
from ..forms.campaigns import CampaignForm, MissingOpdsForm
from ..models import Campaign, Ceremony
from ..services import campaign_figures, campaigns

RELATED = ("government", "election", "text", "lead")
SAVED = "Rangkaian acara disimpan."
NOTHING_MISSING = "Semua OPD yang dipilih sudah mempunyai acara."


def visible_campaign(request, uuid):
    """The campaign, or 404 for whoever has no role in its government."""
    found = Campaign.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(found, uuid=uuid)


def managed_campaign(request, uuid):
    """The campaign for its HR; 403 for others who may see it."""
    campaign = visible_campaign(request, uuid)
    require(rules.may_manage(request.user.rights, campaign.government))
    return campaign


@require_safe
def campaign_list(request):
    """The campaigns of the user's governments, each with the progress of the user's own people."""
    found = Campaign.objects.visible_to(request.user).select_related(*RELATED)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    progress = campaign_figures.progress_by_campaign(list(page), paths_of(request.user))
    context = {
        "page": page,
        "rows": [(campaign, progress.get(campaign.pk)) for campaign in page],
        "may_create": rules.may_run_campaigns(request.user.rights),
    }
    return render(request, "campaigns/list.html", context)


@require_safe
def campaign_detail(request, uuid):
    """Which ceremonies it has, whether their dates are set, and how far each OPD has come."""
    return _page(request, visible_campaign(request, uuid))


def _page(request, campaign, form=None, status=200):
    standing = campaign_figures.standing_of(campaign, paths_of(request.user))
    manages = rules.may_manage(request.user.rights, campaign.government)
    if manages and form is None and standing.missing:
        form = MissingOpdsForm(campaign=campaign, missing=standing.missing)
    context = {
        "campaign": campaign,
        "lead": campaign.lead,
        "lead_seen": Ceremony.objects.visible_to(request.user).filter(leads=campaign).exists(),
        "standing": standing,
        "cancelled": Ceremony.objects.visible_to(request.user)
        .filter(campaign=campaign, state=CeremonyState.CANCELLED)
        .select_related("organizer"),
        "operated": campaign_figures.operated(standing),
        "drafts": campaign_figures.drafts_by_campaign([campaign], paths_of(request.user)).get(
            campaign.pk, ""
        ),
        "left_out": campaign_figures.left_out(campaign, paths_of(request.user)),
        "form": form if manages else None,
        "may_manage": manages,
    }
    return render(request, "campaigns/detail.html", context, status=status)


def campaign_create(request):
    """A new campaign with its ceremonies; `?acara=` names the ceremony that leads it."""
    require(rules.may_run_campaigns(request.user.rights))
    lead = None
    if "acara" in request.GET and request.method != "POST":
        lead = _lead(request)
    return _edit(request, Campaign(), "Rangkaian baru", lead)


def _lead(request):
    """The ceremony that is asked to lead, if it is one the user sees and no campaign has it."""
    visible = Ceremony.objects.visible_to(request.user).held().filter(campaign=None)
    try:
        return visible.filter(uuid=request.GET["acara"]).first()
    except ValidationError:
        return None


def campaign_edit(request, uuid):
    """Change a campaign; what its proposed ceremonies take over from it follows."""
    return _edit(request, managed_campaign(request, uuid), "Ubah rangkaian")


def _edit(request, campaign, title, lead=None):
    data = request.POST if request.method == "POST" else None
    form = CampaignForm(data, instance=campaign, user=request.user, lead=lead)
    made = []

    def save():
        made.extend(
            campaigns.save_campaign(
                actor=request.user,
                campaign=form.instance,
                lead=form.cleaned_data["lead"],
                opds=form.opds_wanted(),
            )
        )

    if form.is_valid() and carried_out(form, save):
        messages.success(request, f"{SAVED} {_told(made)}".strip())
        return redirect("campaign-detail", uuid=campaign.uuid)
    context = {"form": form, "title": title, "campaign": campaign}
    return render(request, "campaigns/form.html", context, status=400 if form.is_bound else 200)


def _told(made):
    return f"{len(made)} acara OPD dibuat sebagai konsep." if made else ""


@require_POST
def campaign_ceremonies(request, uuid):
    """Make a ceremony for each chosen OPD that has none; doing it again adds none."""
    campaign = managed_campaign(request, uuid)
    standing = campaign_figures.standing_of(campaign, paths_of(request.user))
    form = MissingOpdsForm(request.POST, campaign=campaign, missing=standing.missing)
    made = []

    def make():
        opds = list(form.cleaned_data["opds"])
        made.extend(campaigns.make_ceremonies(actor=request.user, campaign=campaign, opds=opds))

    if not form.is_valid() or not carried_out(form, make):
        return _page(request, campaign, form, status=400)
    messages.success(request, _told(made) or NOTHING_MISSING)
    return redirect("campaign-detail", uuid=campaign.uuid)
