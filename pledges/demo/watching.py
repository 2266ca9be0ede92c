"""What the demo has beside ceremonies: reports that HR counts, and a text still being written.

In January 2024 Pekanbaru said that no report had come in (the fourth article).
"""

from datetime import date

from ..models import Election, PledgeText
from ..services import report_counts, texts
from .elections import PEMILU_2024
from .governments import DUMAI, PEKANBARU

BRIEFING = date(2024, 1, 28)
PATTERN = "pola-pasangan-calon"


def add_reports_and_draft(government, root, actor):
    """For Pekanbaru that no report came in; for Dumai the same, and a draft from a pattern."""
    if government == PEKANBARU:
        election = Election.objects.get(government=root, name=PEMILU_2024.name)
        begun = election.phases.earliest("starts").starts
        report_counts.begin(actor=actor, election=election, since=begun, checked_on=BRIEFING)
    if government == DUMAI:
        _prepare_coming(root, actor)


def _prepare_coming(root, actor):
    election = Election.objects.filter(government=root).latest("year")
    report_counts.begin(actor=actor, election=election, since=report_counts.today_of(election))
    pattern = PledgeText.objects.get(family=PATTERN)
    texts.new_version(
        actor=actor,
        text=pattern,
        government=root,
        election=election,
        people_word="ASN dan Non-ASN",
    )
