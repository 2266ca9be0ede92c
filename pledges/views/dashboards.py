"""Dashboards: how far a ceremony and a campaign have come, for everybody with a role in them.

Each sees the figures of their own agencies. Nothing here names anybody: lists of people are
elsewhere, and say so to the rules.
"""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.querysets import below, paths_of
from netralitas.lib.tables import sort

from .. import rules
from ..choices import ParticipantState
from ..documents import standing
from ..documents.dashboard_charts import Target, end_of, timeline
from ..services import dashboard_figures, report_counts
from ..services.campaign_figures import drafts_by_campaign
from ..tables import GroupTable, OpdGroupTable
from .campaigns import visible_campaign
from .ceremonies import campaign_seen, visible_ceremony


@require_safe
def ceremony_dashboard(request, uuid):
    """A ceremony by OPD, over time, by kind, golongan and wave."""
    ceremony = visible_ceremony(request, uuid)
    figures = dashboard_figures.figures_of_ceremony(ceremony, paths_of(request.user))
    people = reverse("participant-list", args=[ceremony.uuid])
    waiting = {opd.uuid: _waiting(people, opd.uuid) for opd in figures.opds}
    context = {
        "ceremony": ceremony,
        "warning": standing.warning(ceremony, timezone.now()) if ceremony.frozen_at else "",
        "notes": (*standing.lead(ceremony), *_reports(ceremony.election)),
        "people": f"{people}?state={ParticipantState.PENDING}",
        "may_read_recap": rules.may_read_any_pacts(request.user.rights),
        "campaign_seen": campaign_seen(request.user, ceremony),
        **_drawn(request, figures, waiting, target_of_ceremony(ceremony)),
    }
    return render(request, "dashboards/ceremony.html", context)


@require_safe
def campaign_dashboard(request, uuid):
    """The same over all ceremonies of a campaign."""
    campaign = visible_campaign(request, uuid)
    paths = paths_of(request.user)
    figures = dashboard_figures.figures_of_campaign(campaign, paths)
    context = {
        "campaign": campaign,
        "notes": (*_drafts(campaign, paths), *_reports(campaign.election)),
        **_drawn(request, figures, _lists(campaign, figures, paths), target_of_campaign(campaign)),
    }
    return render(request, "dashboards/campaign.html", context)


def target_of_ceremony(ceremony):
    """From the opening to its campaign's last day, or to the closing."""
    zone = ceremony.time_zone
    ends = end_of(ceremony.campaign.deadline, zone) if ceremony.campaign else ceremony.closed_at
    return _target(ceremony.opened_at or ceremony.starts_at, ends, zone)


def target_of_campaign(campaign):
    """From the first opening of any of its ceremonies, unless cancelled, to its last day."""
    zone = campaign.time_zone
    opened = campaign.ceremonies.held().exclude(opened_at=None).order_by("opened_at")
    first = opened.values_list("opened_at", flat=True).first()
    return _target(first or campaign.created_at, end_of(campaign.deadline, zone), zone)


def _target(begins, ends, zone):
    """Without an end where that lies before the beginning: nothing can be expected of it."""
    return Target(begins, ends if ends and ends > begins else None, zone)


def _drawn(request, figures, waiting, target):
    table = OpdGroupTable(figures.opds, waiting=waiting)
    table.request = request
    sort(request, table)
    now = timezone.now()
    return {
        "figures": figures,
        "total": GroupTable([figures.total]),
        "annulled": standing.annulled(figures.annulled),
        "table": table,
        "sides": [
            (title, icon, GroupTable(groups))
            for title, icon, groups in (
                ("Jenis pegawai", "person-badge", figures.kinds),
                ("Golongan", "layers", figures.grades),
                ("Gelombang", "list-ol", figures.waves if len(figures.waves) > 1 else ()),
            )
            if groups
        ],
        "timeline": timeline(figures, target, now),
        "zone": target.zone,
        "now": now,
    }


def _waiting(people, opd):
    return f"{people}?state={ParticipantState.PENDING}&opd={opd}"


def _lists(campaign, figures, paths):
    """Where those of each OPD are who have not signed: in its own ceremony, else in the lead."""
    lead = campaign.lead
    found = {}
    if lead is not None:
        people = reverse("participant-list", args=[lead.uuid])
        found = {opd.uuid: _waiting(people, opd.uuid) for opd in figures.opds}
    own = campaign.ceremonies.held().exclude(frozen_at=None)
    own = own.filter(below(paths, "organizer__path"), leads=None)
    for opd, uuid in own.values_list("organizer__uuid", "uuid"):
        found[opd] = _waiting(reverse("participant-list", args=[uuid]), opd)
    return found


def _drafts(campaign, paths):
    """What is said of ceremonies whose people are in no figure yet, as label and value."""
    told = drafts_by_campaign([campaign], paths)
    return (("Konsep", told[campaign.pk]),) if told else ()


def _reports(election):
    """How many breaches were reported, if anybody records that."""
    received = report_counts.received(election)
    return (("Laporan", received.sentence),) if received else ()
