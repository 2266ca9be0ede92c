"""Home: a visitor sees what this is, everybody else what needs doing next."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agencies.models import Agency

from .. import reports
from ..models import Ceremony, Participant
from ..todo import next_steps, own_steps

RECENT = 60
SHOWN = 6
STEPS = 10


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
        "agencies": Agency.objects.filter(roles__user=request.user).distinct(),
        "has_role": bool(request.user.rights.grants),
    }
    return render(request, "home/home.html", context)
