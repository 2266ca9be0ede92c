"""How far a campaign has come, by OPD; everybody counts once, wherever in it they sign.

All of it is summed from the database's own counts (`Tally`), so that it costs the same however many
take part. Of a cancelled ceremony only what was signed there counts: the others sign elsewhere.
"""

from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Count, Exists, OuterRef, Q, Sum

from agencies.choices import RoleName
from agencies.models import Agency, Role
from agencies.querysets import below

from ..choices import CeremonyState
from ..models import Ceremony, Participant, Tally
from ..reports import COUNTED, Progress

DRAFTS = "{} acara masih konsep: pesertanya belum termasuk angka ini."


@dataclass(frozen=True)
class OpdStanding:
    """An OPD in a campaign: its own ceremony, if it has one, and how far its people have come.

    `of_lead` are those of them who take part in the campaign's lead; they are in `progress`, too.
    """

    opd: object
    ceremony: object
    progress: Progress
    of_lead: Progress


@dataclass(frozen=True)
class LeftOut:
    """So `many` of an OPD had a place in a cancelled ceremony and have none now; where the OPD has
    a ceremony, it is frozen, and they can be added to it.
    """

    opd: object
    many: int
    ceremony: object


@dataclass(frozen=True)
class CampaignStanding:
    """All in all; the OPD that hold a ceremony, the least complete first; and the others.

    `elsewhere` are OPD without a ceremony whose people take part in one of the campaign, `missing`
    all OPD without one, and `unscheduled` how many ceremonies have no date yet.
    """

    total: Progress
    opds: list
    elsewhere: list
    missing: list
    unscheduled: int


def standing_of(campaign, paths):
    """The `CampaignStanding` for whoever has a role on `paths`, in three queries.

    A role on a unit alone counts nobody: those counts know no units.
    """
    found = campaign.ceremonies.held().exclude(pk=campaign.lead_id)
    ceremonies = {each.organizer_id: each for each in found.filter(below(paths, "organizer__path"))}
    rows = _rows(campaign, paths)
    counted = {row["opd_id"] for row in rows}
    # An OPD that was merged stands below its successor, and keeps its participants.
    shown = Q(depth__lte=2) | Q(pk__in=counted | ceremonies.keys())
    agencies = list(Agency.objects.filter(below(paths)).filter(shown))
    standings = [
        _opd(opd, ceremonies.get(opd.pk), rows, campaign.lead_id)
        for opd in agencies
        if opd.pk in counted or opd.pk in ceremonies
    ]
    standings.sort(key=_least_complete)
    leading = campaign.lead.organizer_id if campaign.lead else None
    return CampaignStanding(
        total=_summed("", rows),
        opds=[each for each in standings if each.ceremony],
        elsewhere=[each for each in standings if not each.ceremony],
        missing=[
            opd
            for opd in sorted(agencies, key=attrgetter("name"))
            if opd.depth == 2
            and opd.retired_at is None
            and opd.pk not in ceremonies
            and opd.pk != leading
        ],
        unscheduled=sum(each.is_proposed for each in ceremonies.values()),
    )


def _least_complete(standing):
    """Where nobody of the own ceremony is counted yet comes first, then the least complete."""
    ceremony = standing.ceremony
    frozen = ceremony is None or ceremony.frozen_at is not None
    return (frozen, standing.progress.percent, standing.opd.name)


def left_out(campaign, paths):
    """A `LeftOut` for each OPD with people whom nothing of the campaign takes in any more.

    What is still a draft takes in whom it should when it is frozen; so does a lead for all.
    """
    if campaign.lead and campaign.lead.is_draft:
        return []
    counted = Participant.objects.invited().filter(campaign=campaign, employee=OuterRef("employee"))
    lost = Participant.objects.not_signed().filter(
        below(paths, "opd__path"),
        ~Exists(counted),
        ceremony__campaign=campaign,
        ceremony__state=CeremonyState.CANCELLED,
        employee__active=True,
    )
    people = dict(lost.order_by().values_list("opd").annotate(Count("employee", distinct=True)))
    own = campaign.ceremonies.held().exclude(pk=campaign.lead_id).filter(organizer__in=people)
    ceremonies = {each.organizer_id: each for each in own}
    return [
        LeftOut(opd, people[opd.pk], ceremonies.get(opd.pk))
        for opd in Agency.objects.filter(pk__in=people).order_by("name")
        if opd.pk not in ceremonies or not ceremonies[opd.pk].is_draft
    ]


def progress_by_campaign(campaigns, paths):
    """{campaign's key: progress of those within `paths`} in one query."""
    rows = _counted(Tally.objects.filter(ceremony__campaign__in=campaigns), paths)
    found = {}
    for row in rows:
        found.setdefault(row["ceremony__campaign_id"], []).append(row)
    return {key: _summed("", each) for key, each in found.items()}


def drafts_by_campaign(campaigns, paths):
    """{campaign's key: what is said of the ceremonies within `paths` that are drafts} in one query:
    nobody of them is in any figure yet. A campaign without such ceremonies is left out.
    """
    drafts = Ceremony.objects.filter(campaign__in=campaigns, state=CeremonyState.DRAFT)
    within = drafts.filter(below(paths, "organizer__path")).order_by().values_list("campaign")
    return {key: DRAFTS.format(count) for key, count in within.annotate(n=Count("pk"))}


def operated(standing):
    """The keys of the OPD of a standing in which somebody can log in as its operator, in one query:
    where nobody can, BKPSDM sets the date.
    """
    opds = [each.opd for each in standing.opds]
    roles = Role.objects.filter(role=RoleName.OPERATOR, agency__in=opds, user__is_active=True)
    return set(roles.order_by().values_list("agency", flat=True))


def share_in_lead(ceremony):
    """How many of the organiser's people take part in the lead of the ceremony's campaign.

    None where there is no such lead, it is the lead itself, or it is neither frozen nor held.
    """
    lead = ceremony.campaign.lead if ceremony.campaign else None
    if lead is None or lead == ceremony or lead.frozen_at is None or lead.is_cancelled:
        return None
    mine = Tally.objects.filter(ceremony=lead, opd=ceremony.organizer_id)
    sums = mine.aggregate(**{column: Sum(column, default=0) for column in COUNTED})
    return Progress(name=lead.title, **sums)


def _rows(campaign, paths):
    return _counted(Tally.objects.filter(ceremony__campaign=campaign), paths)


def _counted(tallies, paths):
    columns = ("ceremony__campaign_id", "ceremony_id", "ceremony__state", "opd_id")
    grouped = tallies.filter(below(paths, "opd__path")).order_by().values(*columns)
    rows = grouped.annotate(**{f"{column}_sum": Sum(column) for column in COUNTED})
    return [_counting(row) for row in rows]


def _counting(row):
    """The row with what counts of it: of a cancelled ceremony those who have signed."""
    counts = {column: row[f"{column}_sum"] for column in COUNTED}
    if row["ceremony__state"] == CeremonyState.CANCELLED:
        counts |= {"invited": counts["signed"], "excused": 0, "refused": 0}
    return {**row, **counts}


def _opd(opd, ceremony, rows, lead_key):
    mine = [row for row in rows if row["opd_id"] == opd.pk]
    of_lead = [row for row in mine if row["ceremony_id"] == lead_key]
    return OpdStanding(
        opd=opd,
        ceremony=ceremony,
        progress=_summed(opd.name, mine, opd.uuid),
        of_lead=_summed("", of_lead),
    )


def _summed(name, rows, uuid=None):
    counts = {column: sum(row[column] for row in rows) for column in COUNTED}
    return Progress(name=name, uuid=uuid, **counts)
