"""Elections with phases, and reports of breaches as HR records them."""

from datetime import date

from agencies.choices import RoleName
from pledges.choices import PhaseKind, ReportKind, ReportRecipient
from pledges.models import ReportCount, ReportWatch
from pledges.services import report_counts
from tests import factories


def phase_of(election, kind=PhaseKind.KAMPANYE, starts=date(2024, 1, 5), ends=date(2024, 2, 10)):
    """A phase of an election, first and last day included."""
    return election.phases.create(kind=kind, starts=starts, ends=ends)


def report_count(election, recorded_by=None, **fields):
    """Reports about an election, which HR records since 2 January 2024."""
    if not ReportWatch.objects.filter(election=election).exists():
        report_counts.begin(actor=recorded_by, election=election, since=date(2024, 1, 2))
    values = {
        "received_on": date(2024, 1, 15),
        "kind": ReportKind.SOCIAL_MEDIA,
        "forwarded_to": ReportRecipient.BAWASLU,
        "count": 2,
        **fields,
    }
    recorder = recorded_by or factories.user_with_role(RoleName.HR, election.government)
    return report_counts.add(actor=recorder, report=ReportCount(election=election, **values))
