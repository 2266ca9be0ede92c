"""Guidance on neutrality: for everybody, and its versions for HR."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agencies.choices import RoleName
from agencies.models import Agency
from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..choices import BreachLevel, Moment
from ..errors import WrongState
from ..forms.guidance import GuidanceForm
from ..models import Election, Guidance
from ..services import election_phases, guidance, report_counts

LEVELS = {**dict(BreachLevel.choices), "": "Menurut hasil pemeriksaan"}
TONES = {BreachLevel.SEDANG: "wait", BreachLevel.BERAT: "bad", BreachLevel.PIDANA: "bad"}


@login_not_required
@require_safe
def national(request):
    """What holds everywhere; and the way to the page of each government that has elections."""
    governments = Agency.objects.governments().filter(elections__isnull=False).distinct()
    context = {
        **told(Guidance.objects.in_force()),
        "governments": governments.order_by("name"),
        "may_prepare": may_prepare(request),
    }
    return render(request, "guidance/page.html", context)


@login_not_required
@require_safe
def of_government(request, slug):
    """What holds for a government, where its election stands today, and the reports received.

    Of several elections the one that matters today, or that of `?pemilu=`.
    """
    government = get_object_or_404(Agency.objects.governments(), slug=slug)
    elections = Election.objects.filter(government=government).prefetch_related("phases")
    elections = list(elections.select_related("government"))
    election = chosen(elections, request.GET.get("pemilu"))
    context = {
        **told(Guidance.objects.in_force(government), election),
        "government": government,
        "elections": [each for each in elections if each != election],
        "may_prepare": may_prepare(request),
    }
    return render(request, "guidance/page.html", context)


def guidance_list(request):
    """The versions of the user's governments, and the national one that holds without them."""
    found = Guidance.objects.visible_to(request.user).select_related("government")
    context = {
        "versions": found.order_by(F("government__name").asc(nulls_first=True), "-version"),
        "governments": Agency.objects.governments_around(request.user),
        "may_begin": may_prepare(request) and not found.drafts().exists(),
    }
    return render(request, "guidance/list.html", context)


def guidance_detail(request, uuid):
    """One version as everybody would read it, with what may be done to it."""
    version = visible_version(request, uuid)
    own = version.government and rules.may_manage(request.user.rights, version.government)
    context = {
        **told(version),
        "version": version,
        "may_change": own and not version.is_published,
        "read": guidance.digest_of(version.content),
    }
    return render(request, "guidance/detail.html", context)


@require_POST
def guidance_begin(request):
    """A draft of the next version."""
    require(rules.may_prepare(request.user.rights))
    government = Agency.objects.governments_held(request.user, RoleName.HR).first()
    require(government)
    draft = guidance.begin_draft(actor=request.user, government=government)
    messages.success(request, "Konsep panduan dibuat dari panduan yang berlaku sekarang.")
    return redirect("guidance-edit", uuid=draft.uuid)


def guidance_edit(request, uuid):
    """Change a draft; a published version answers 409."""
    version = own_version(request, uuid)
    if version.is_published:
        raise WrongState(guidance.PUBLISHED)
    data = request.POST if request.method == "POST" else None
    form = GuidanceForm(data, content=version.content)

    def save():
        guidance.save_draft(actor=request.user, guidance=version, content=form.content())

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, "Konsep panduan disimpan. Periksa pratinjaunya di bawah.")
        return redirect("guidance-detail", uuid=version.uuid)
    context = {"form": form, "version": version}
    return render(request, "guidance/form.html", context, status=400 if form.is_bound else 200)


@require_POST
def guidance_publish(request, uuid):
    """Let everybody read a draft from now on."""
    version = own_version(request, uuid)
    read = request.POST.get("read", "")
    guidance.publish(actor=request.user, guidance=version, read=read)
    messages.success(request, "Panduan diterbitkan.")
    return redirect("guidance-detail", uuid=version.uuid)


def may_prepare(request):
    """Whether the user makes versions; a visitor does not."""
    return request.user.is_authenticated and rules.may_prepare(request.user.rights)


def visible_version(request, uuid):
    """A version the user may see; 404 otherwise."""
    found = Guidance.objects.visible_to(request.user).select_related("government")
    return get_object_or_404(found, uuid=uuid)


def own_version(request, uuid):
    """A version of a government whose HR the user is; 403 for insiders who are not."""
    version = visible_version(request, uuid)
    require(version.government and rules.may_manage(request.user.rights, version.government))
    return version


def chosen(elections, asked):
    """The election asked for by its UUID, else the one that matters today; None of none."""
    if asked:
        found = next((each for each in elections if str(each.uuid) == asked), None)
        if found is None:
            raise Http404
        return found
    if not elections:
        return None
    return election_phases.nearest(elections, report_counts.today_of(elections[0]))


def told(version, election=None):
    """The context of the body of the page: its parts, and where the election stands today."""
    today = election and report_counts.today_of(election)
    standing = election and election_phases.standing_on(election.phases.all(), today)
    now = standing.moment if standing else None
    moments = version.content["moments"]
    return {
        "content": version.content,
        "forbidden": [
            {**row, "label": LEVELS[row["level"]], "tone": TONES.get(row["level"], "calm")}
            for row in version.content["forbidden"]
        ],
        "in_force": version,
        "election": election,
        "standing": standing,
        "today": today,
        "now": {"label": Moment(now).label, "sentences": moments[now]} if now else None,
        "moments": [(Moment(m).label, moments[m], m == now) for m in Moment.values],
        "reports": report_counts.received(election) if election else None,
    }
