"""How many mails of a mailing stand where."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from ...choices import ParticipantMailState


@dataclass(frozen=True)
class Figure:
    """How many mails are in one state."""

    state: ParticipantMailState
    count: int

    @property
    def label(self):
        """The state in words."""
        return self.state.label


def by_mailing(mails):
    """{key of the mailing: its `Figure`s in the order of the states}, of the given mails."""
    rows = mails.order_by().values_list("mailing", "state").annotate(count=Count("pk"))
    found = defaultdict(list)
    order = {state: place for place, state in enumerate(ParticipantMailState)}
    for mailing, state, count in sorted(rows, key=lambda row: order[row[1]]):
        found[mailing].append(Figure(ParticipantMailState(state), count))
    return found
