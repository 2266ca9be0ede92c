"""Elections: list, detail, form."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from agencies.choices import RoleName
from agencies.models import Agency
from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..forms.elections import ElectionForm
from ..models import Ceremony, Election
from ..services import election_phases, elections, report_counts


def election_list(request):
    """The elections of the user's governments, newest first."""
    found = Election.objects.visible_to(request.user).select_related("government")
    context = {
        "elections": found.prefetch_related("phases"),
        "may_prepare": rules.may_prepare(request.user.rights),
    }
    return render(request, "elections/list.html", context)


def election_detail(request, uuid):
    """One election with its phases and the user's ceremonies before it."""
    election = get_object_or_404(Election.objects.visible_to(request.user), uuid=uuid)
    ceremonies = Ceremony.objects.visible_to(request.user).filter(election=election)
    phases = election.phases.all()
    context = {
        "election": election,
        "phases": phases,
        "standing": election_phases.standing_on(phases, report_counts.today_of(election)),
        "ceremonies": ceremonies.select_related("organizer"),
        "may_manage": rules.may_manage(request.user.rights, election.government),
    }
    return render(request, "elections/detail.html", context)


def election_create(request):
    """A new election of the HR officer's government."""
    require(rules.may_prepare(request.user.rights))
    government = Agency.objects.governments_held(request.user, RoleName.HR).first()
    require(government)
    election = Election(government=government)
    return _edit(request, election, "Pemilu baru")


def election_edit(request, uuid):
    """Change an election and its phases."""
    election = get_object_or_404(Election.objects.visible_to(request.user), uuid=uuid)
    require(rules.may_manage(request.user.rights, election.government))
    return _edit(request, election, "Ubah pemilu")


def _edit(request, election, title):
    data = request.POST if request.method == "POST" else None
    form = ElectionForm(data, instance=election, user=request.user)

    def save():
        elections.save_election(actor=request.user, election=form.instance, phases=form.phases())

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, f"{election.name} disimpan.")
        return redirect("election-detail", uuid=election.uuid)
    status = 400 if form.is_bound else 200
    context = {
        "form": form,
        "title": title,
        "election": election,
        "advice": elections.advice(election),
    }
    return render(request, "elections/form.html", context, status=status)
