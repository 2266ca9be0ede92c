"""Home: a visitor sees what this is, everybody else what needs doing next."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Agency
from agencies.querysets import paths_of

from .. import reports
from ..models import Campaign, Ceremony, Participant
from ..services.campaign_figures import drafts_by_campaign, progress_by_campaign
from ..todo import next_steps, own_steps

RECENT = 60
SHOWN = 6
STEPS = 10
CAMPAIGNS = 3


@login_not_required
@require_safe
def home(request):
    """The home page by role; an employee without any has a page of their own."""
    if not request.user.is_authenticated:
        return render(request, "home/landing.html")
    if request.user.employee_id and not request.user.rights.grants:
        return redirect("own-page")
    visible = Ceremony.objects.visible_to(request.user)
    ceremonies = list(visible.select_related("organizer")[:RECENT])
    mine = Participant.objects.visible_to(request.user)
    progress = reports.progress_by_ceremony(mine.filter(ceremony__in=ceremonies))
    rows = [(ceremony, progress.get(ceremony.pk)) for ceremony in ceremonies]
    context = {
        "steps": (own_steps(request.user) + next_steps(request.user, rows))[:STEPS],
        "running": [row for row in rows if row[0].is_open],
        "rows": [row for row in rows if not row[0].is_open][:SHOWN],
        "campaigns": _campaigns(request.user),
        "agencies": Agency.objects.filter(roles__user=request.user).distinct(),
        "has_role": bool(request.user.rights.grants),
    }
    return render(request, "home/home.html", context)


def _campaigns(user):
    """The campaigns that run, each with the progress of the user's own people, and what is still
    missing in it.
    """
    visible = Campaign.objects.visible_to(user).filter(deadline__gte=timezone.localdate())
    found = list(visible.order_by("deadline", "pk")[:CAMPAIGNS])
    progress = progress_by_campaign(found, paths_of(user)) if found else {}
    drafts = drafts_by_campaign(found, paths_of(user)) if found else {}
    return [
        (campaign, progress.get(campaign.pk), drafts.get(campaign.pk, "")) for campaign in found
    ]
